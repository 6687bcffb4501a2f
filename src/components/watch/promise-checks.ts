import { defineCheck } from "../../model/check.ts";
import { fail, type Outcome, pass, undeclared, unknown } from "../../model/outcome.ts";
import type { Promises } from "../../model/promise.ts";
import type { WatchSeen } from "../../model/watch-seen.ts";
import { ways } from "../../model/ways.ts";
import { burnsOf, watching } from "./facts.ts";

const BOOK = "https://sre.google/workbook/alerting-on-slos/";
/** What was seen longer ago says nothing of now. */
const RECENT_MS = 600_000;

export const availabilityMet = defineCheck({
  id: "slo.availability.met",
  title: "The application answers as much of the time as was promised",
  consequence: "Users find it gone more often than they were told to expect.",
  severity: "blocker",
  phase: "production",
  freshFor: "1h",
  gates: "none",
  asks: ways(`
    99.9% uptime | uptime > 99.9% | availability target of 99.9% met | uptime SLA met | stable uptime
    uptime < 99% | 99.95% availability | availability above 99.9% | uptime 99.9% | availability 99.9 %
    Availability 99.9% | Uptime target met | Availability > 99.5% | availability SLO met
    service availability target reached | availability SLA kept
    uptime objective reached | uptime SLO | availability SLA | 99.9% availability
    three nines | SLA 99.95% met
  `),
  source: BOOK,
  needs: { seen: watching },
  run: ({ seen }) => judge("availability", seen),
});

export const errorsMet = defineCheck({
  id: "slo.errors.met",
  title: "No more requests fail than was promised",
  consequence: "Orders, payments and messages are lost for more users than anybody agreed to.",
  severity: "blocker",
  phase: "production",
  freshFor: "1h",
  gates: "none",
  asks: ways(`
    error rate below 1% | error rate < 0.1% | error rates monitored | monitor error rates
    error rate stabilized | error rate > 5% | API errors > 1%
    error rate acceptable | check error rates | error rate > 2% | error rate below 0.5 % | error rate
    5xx ratio below 0.5 % | 5xx errors | 5xx rate | review error rates | monitor 5xx errors
    HTTP 500 rate | watch the error rate | error percentage | no error spikes | error rate normal
    errors below 1 % | failed requests < 1% | Error rate within limits | error rate within acceptable range
    error rate > 5% over 5 minutes | 5xx errors monitored | fewer than 1 in 1000 requests fail
    HTTP 500s within the SLO
    error SLO met | failed requests below 1 % | 5xx below threshold | few failing requests
    request success rate above 99% | success rate 99.9 % | share of failed requests | 5xx share
    requests that fail below 0.1 % | error budget burn | 5xx < 0.1 % | HTTP 5xx below 1 %
    error rate stays within limits | 5xx responses below 0.1 percent | 5xx responses
    percent of failed requests | requests fail rarely | alert on error rate
    alerts on a high error rate | error rates under 1 % | error rate target
    alert on error rate and latency
  `),
  source: BOOK,
  needs: { seen: watching },
  run: ({ seen }) => judge("errors", seen),
});

export const latencyMet = defineCheck({
  id: "slo.latency.met",
  title: "Requests are answered as fast as was promised",
  consequence: "Users leave before the page is there.",
  severity: "blocker",
  phase: "production",
  freshFor: "1h",
  gates: "none",
  asks: ways(`
    API response time < 500ms | response time below 500 ms | p95 latency < 500ms
    response time (p50, p95, p99) | response times acceptable | monitor response times
    average response time | API latency monitored | response time > 1s
    API request < 500 ms | latency p95 above 800 ms | p99 latency under 300ms | p95 below 300 ms
    response time p95 < 200ms | latency under 200 ms | API latency < 200 ms | average response time < 300 ms
    response time below 1 s | TTFB < 600 ms | slow responses | API response times
    pages answer within 500 ms | Response times normal | Latency within SLO | performance degradation > 2s
    API latency p95 below target | latency targets met | test API response times
    response times within acceptable limits | response time within SLA | check response times
    API responses are fast < 500ms | API endpoints respond within 200ms | endpoints respond in < 300ms
    p95 < 500ms | API responses under 1 second | performance acceptable, p95 < 500ms
    99th percentile below one second | response times meet the SLO
    requests served within 500 ms at the 95th percentile | 95th percentile | 99th percentile
    latency SLO met | latency objective | p95 within target | p99 | median response time
    API answers < 200 ms | response times within the promise | p95 response time | latency budget
    median response time below 100ms
    99 % of requests within one second | 95 % of API requests finish under 400 ms
    requests finish under 500 ms | alert on high latency | alerts on response time
    response time under 3 s | alert on error rate and latency
  `),
  source: BOOK,
  needs: { seen: watching },
  run: ({ seen }) => judge("latency", seen),
});

function judge(promise: "availability" | "errors" | "latency", seen: WatchSeen): Outcome {
  if (!isPromised(promise, seen.promises)) return undeclared(`nothing is promised of ${promise}`);
  const burns = burnsOf(seen, promise).filter(({ at }) => seen.at - at <= RECENT_MS);
  const measured = { series: burns.length, rate: Math.max(0, ...burns.map(({ value = 0 }) => value)) };
  const spent = burns.filter(({ state }) => state === "down");
  if (spent.length > 0) {
    return fail(`${promise} is not what was promised`, {
      expected: "a budget that lasts as long as it has to",
      found: spent.map(({ monitor, detail }) => `${monitor.slice("promise/".length)}: ${detail}`).join("; "),
      fix: "gonogo incidents shows what broke it, gonogo rollback takes the release back",
      findings: spent.map(({ monitor }) => monitor),
      measured,
    });
  }
  const known = burns.filter(({ state }) => state === "up");
  if (known.length > 0) return pass(known.map(({ detail }) => detail)[0] ?? "", measured);
  const why = burns[0]?.detail ?? "nobody has watched in the last 10 minutes: gonogo serve";
  return unknown(why, watching.id);
}

function isPromised(promise: "availability" | "errors" | "latency", promises: Promises): boolean {
  if (promise === "latency") return Object.values(promises.latency).some((limit) => limit !== undefined);
  return promises[promise] !== undefined || (promises.over ?? []).some(({ of }) => of === promise);
}

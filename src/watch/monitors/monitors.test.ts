import { expect, it } from "vitest";
import { stripe } from "../../components/stripe/stripe.ts";
import { web } from "../../components/web/web.ts";
import type { Environment, Launch } from "../../model/launch.ts";
import { monitorsOf } from "./monitors.ts";

const RAW_BODY = "webhook.signature.raw-body";

function monitorOf(check: string, every?: ReadonlyMap<string, "10s">) {
  const payments = { name: "payments", kind: stripe.definition, options: {} };
  const launch = { components: [payments], watch: { probes: [], heartbeats: [], every } };
  const environment = { name: "staging", allows: ["read", "active"] };
  const { rounds } = monitorsOf(launch as unknown as Launch, environment as unknown as Environment);
  const round = rounds.find(({ checks }) => checks.some(({ monitor }) => monitor.check === check));
  const monitor = round?.checks.find((each) => each.monitor.check === check)?.monitor;
  return { everyMs: round?.everyMs, every: monitor?.every, failures: monitor?.confirm.failures };
}

it("asks a check at its own pace, or at the declared one with the confirmation that fits it", () => {
  expect(monitorOf(RAW_BODY)).toEqual({ everyMs: 300_000, every: "5m", failures: 1 });
  const paces = new Map([[RAW_BODY, "10s" as const]]);
  expect(monitorOf(RAW_BODY, paces)).toEqual({ everyMs: 10_000, every: "10s", failures: 2 });
});

it("marks a check of severity info as shown only", () => {
  const app = { name: "app", kind: web.definition, options: web.definition.options.parse({ start: "x" }) };
  const launch = { components: [app] } as unknown as Launch;
  const environment = { name: "p", stage: "production", allows: ["read"] } as unknown as Environment;
  const checks = monitorsOf(launch, environment).rounds.flatMap((round) => round.checks);
  const shown = checks.filter(({ monitor }) => monitor.shownOnly).map(({ check }) => check);
  expect(shown.map(({ id }) => id)).toContain("http.header.permissions-policy");
  expect(new Set(shown.map(({ severity }) => severity))).toEqual(new Set(["info"]));
});

it("wakes nobody in staging for manners that are due in production", () => {
  const monitored = (stage: Environment["stage"]) => {
    const app = { name: "app", kind: web.definition, options: web.definition.options.parse({ start: "x" }) };
    const launch = { components: [app] } as unknown as Launch;
    const environment = { name: stage, stage, allows: ["read"] } as unknown as Environment;
    return monitorsOf(launch, environment).rounds.flatMap(({ checks }) =>
      checks.map(({ check }) => check.id),
    );
  };
  expect(monitored("production")).toEqual(expect.arrayContaining(["security.txt", "http.header.hsts"]));
  expect(monitored("staging")).toContain("http.header.hsts");
  expect(monitored("staging")).not.toContain("security.txt");
});

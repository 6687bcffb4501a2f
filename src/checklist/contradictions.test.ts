import { describe, expect, it } from "vitest";
import type { Component, Launch } from "../model/launch.ts";
import { heldAgainst } from "./line-figures.ts";
import { parseChecklist } from "./markdown/parse.ts";

const component = (name: string, kind: string, options: unknown): Component =>
  ({ name, kind: { kind, checks: [] }, options }) as unknown as Component;

const LAUNCH = {
  alerts: { thresholds: [] },
  promises: { availability: 0.999, latency: { p95Ms: 1_000 }, errors: 0.01, rollbackMs: 900_000 },
  components: [
    component("calls", "rtc", { lifetime: "1h" }),
    component("payments", "stripe", { webhook: "/stripe/hooks", events: ["checkout.session.completed"] }),
    component("db", "postgres", { backup: { every: "1d", keep: "7d" }, pool: { maxPerInstance: 10 } }),
    component("cache", "redis", { persistence: "aof" }),
    component("tick", "schedule", { every: "60s" }),
    component("digest", "schedule", { cron: "30 */2 * * *" }),
    component("host", "host", { alertAbove: { disk: "80%", memory: "90%", cpu: "200%" } }),
    component("api", "web", {
      health: "/health",
      ready: "/ready",
      limits: { body: "1MB" },
      pages: { api: [] },
    }),
  ],
  variables: [{ name: "PORT", is: { type: "port" }, default: "3000" }],
  environments: [{ name: "staging", target: { kind: "local", options: { port: 8443 } } }],
} as unknown as Launch;

function against(markdown: string): string[] {
  return heldAgainst(LAUNCH, parseChecklist(markdown).items).flatMap(({ line, contradictions = [] }) =>
    contradictions.map(({ says, declares, where }) => `${line}: ${says} / ${declares} / ${where}`),
  );
}

describe("what a list says otherwise than the declaration", () => {
  it.each<[line: string, told: string]>([
    ["Response times < 500ms", "< 500ms / 1s / promises.latency.p95"],
    ["Datenbank-Pool (max. 5 pro Instanz)", "max. 5 pro Instanz / 10 / components.db.pool.maxPerInstance"],
    ["Connection pool size: 5", "Connection pool size: 5 / 10 / components.db.pool.maxPerInstance"],
    ["JSON body limit (10kb)", "10kb / 1MB / components.api.limits.body"],
    ["Median answer 80ms, p95 250ms", "250ms / 1s / promises.latency.p95"],
    ["99.95% uptime", "99.95% / 99.9% / promises.availability"],
    ["Error rate < 0.1%", "< 0.1% / 1% / promises.errors"],
    ["Rollback within 5 minutes", "5 minutes / 15m / promises.rollback"],
    ["RTC token TTL = 1200 seconds", "1200 seconds / 1h / components.calls.lifetime"],
    [
      "Stripe webhook at `/stripe/webhook/`",
      "/stripe/webhook/ / /stripe/hooks / components.payments.webhook",
    ],
    ["`invoice.paid` arrives", "invoice.paid / checkout.session.completed / components.payments.events"],
    ["Backups every 6 hours", "6 hours / 1d / components.db.backup.every"],
    ["Backups kept for 30 days", "30 days / 7d / components.db.backup.keep"],
    ["Redis persistence (RDB)", "RDB / aof / components.cache.persistence"],
    ["`tick` every 30s", "30s / 60s / components.tick.every"],
    // One of the others runs so, and is not the one that is named.
    ["`tick` every 2 hours", "2 hours / 60s / components.tick.every"],
    [
      "Cleanup job runs every 15 minutes <!-- gonogo: cron.ran -->",
      "15 minutes / 60s, 2h / components.tick.every, components.digest.cron",
    ],
    ["`/api/health` answers", "/api/health / /health, /ready / components.api.health, components.api.ready"],
    ["Upload limit 10MB", "10MB / 1MB / components.api.limits.body"],
    ["`PORT=8000` set", "PORT=8000 / 3000 / variables.PORT.default"],
    [
      "App listens on port 8000",
      "port 8000 / 3000, 8443 / variables.PORT.default, environments.staging.target.port",
    ],
  ])("%s", (line, told) => {
    expect(against(`- [ ] ${line}\n`)).toEqual([`1: ${told}`]);
  });

  it.each([
    "Response times < 2s",
    "99.5% uptime",
    "Error rate >5%",
    "Alertas por correo si la tasa de errores supera el 0,5 %",
    "Alarm, wenn die Fehlerquote 0,5 % übersteigt",
    "エラー率が0.5%を超えたらアラート",
    "PagerDuty: error rate 0.5% over 5 min",
    "Page on-call if p95 goes beyond 300ms",
    "Median response 100ms",
    "Rollback within an hour",
    "JWT access token expires after 15 minutes",
    "GitHub webhook at `/github/webhook/`",
    "`checkout.session.completed` arrives",
    "Backups weekly, kept 3 days",
    "`sweep` every 30s",
    "Job digest runs every 2 hours <!-- gonogo: cron.ran -->",
    "Cleanup job runs every 2 hours <!-- gonogo: cron.ran -->",
    "Cleanup job runs every minute <!-- gonogo: cron.ran -->",
    "`/ready` and `/health/` answer",
    "Firewall (ports 80, 443, 22)",
    "Redis port 6379 — not exposed",
    "Port 9999 is closed",
    "Token TTL = 60 minutes for calls",
    "Port 25 open (SMTP)",
    "PostgreSQL answers on port 5432",
  ])("nothing in: %s", (line) => {
    expect(against(`- [ ] ${line}\n`)).toEqual([]);
  });

  it("holds no port against the declaration where a list names those of several programs", () => {
    expect(against("- [ ] Frontend listens on port 8000\n- [ ] API listens on port 5000\n")).toEqual([]);
    expect(against("- [ ] App listens on port 8000\n- [ ] PostgreSQL on port 5432\n")).toHaveLength(1);
  });

  it("compares when the list wants people alerted with when they are", () => {
    const alert = (words: string, check: string): string[] =>
      against(`## Alerts\n- [ ] ${words} <!-- gonogo: host.${check}.headroom -->\n`);
    expect(alert("Memory usage > 80%", "memory")).toEqual([
      "2: > 80% / 90% / components.host.alertAbove.memory",
    ]);
    expect(alert("CPU above 80%", "cpu")).toEqual(["2: 80% / 200% / components.host.alertAbove.cpu"]);
    expect(alert("Disk space < 25%", "disk")).toEqual(["2: < 25% / 20% / components.host.alertAbove.disk"]);
    expect(alert("Disk space < 10%", "disk")).toEqual([]);
    expect(alert("Memory > 95%", "memory")).toEqual([]);
    expect(
      against("## Performance\n- [ ] Memory usage < 70% <!-- gonogo: host.memory.headroom -->\n"),
    ).toEqual([]);
  });

  it("tells what a list wants people alerted of, or a release sent back for, and nothing declares", () => {
    const alert = "- [ ] Error rate > 2% <!-- gonogo: slo.errors.met -->\n";
    expect(against(`## Alerts\n${alert}- [ ] p95 > 3s <!-- gonogo: slo.latency.met -->\n`)).toEqual([
      "2: > 2% / nothing / alerts.thresholds",
      "3: > 3s / nothing / alerts.thresholds",
    ]);
    expect(against(`## Rollback triggers\n${alert}`)).toEqual(["2: > 2% / nothing / deploy.rollbackOn"]);
    expect(against(`## Performance\n${alert}`)).toEqual([]);
    const slow = "- [ ] p95 > 3s <!-- gonogo: slo.latency.met -->\n";
    const query = "- [ ] Queries slower than 3s <!-- gonogo: postgres.query.slow -->\n";
    expect(against(`## Rollback triggers\n${slow}${query}`)).toEqual([
      "2: > 3s / nothing / deploy.rollbackOn",
    ]);
  });

  it("compares of which requests a time is from which people are alerted, or a release goes back", () => {
    const launch = {
      ...LAUNCH,
      alerts: { thresholds: [{ of: "p95", aboveMs: 3_000 }] },
      deploy: { rollbackOn: [{ on: "p95", aboveMs: 3_000 }] },
    } as unknown as Launch;
    const told = (heading: string, words: string) =>
      heldAgainst(
        launch,
        parseChecklist(`## ${heading}\n- [ ] ${words} <!-- gonogo: slo.latency.met -->\n`).items,
      )
        .flatMap(({ contradictions = [] }) => contradictions)
        .map(({ says, declares }) => `${says} / ${declares}`);
    expect(told("Rollback triggers", "p99 > 3s")).toEqual(["p99 > 3s / p95 3s"]);
    expect(told("Rollback triggers", "Median latency > 3s")).toEqual(["p50 > 3s / p95 3s"]);
    expect(told("Rollback triggers", "p95 > 3s")).toEqual([]);
    expect(told("Rollback triggers", "Latency > 3s")).toEqual([]);
    expect(told("Rollback triggers", "p95 > 2s")).toEqual(["> 2s / 3s"]);
    // Half of all requests take no longer than the slowest twentieth, the slowest hundredth does.
    expect(told("Alerts", "p99 > 3s")).toEqual(["p99 > 3s / p95 3s"]);
    expect(told("Alerts", "Median latency > 3s")).toEqual([]);
  });

  it("holds a job that it can compare nothing with against nothing, and not against another", () => {
    const components = [
      component("tick", "schedule", { every: "60s" }),
      component("rollup", "schedule", { cron: "*/15 9-17 * * *" }),
    ];
    const told = (line: string) =>
      heldAgainst(
        { ...LAUNCH, components },
        parseChecklist(`- [ ] ${line} <!-- gonogo: cron.ran -->\n`).items,
      )
        .flatMap(({ contradictions = [] }) => contradictions)
        .map(({ declares }) => declares);
    expect(told("Job rollup runs every 25 minutes")).toEqual([]);
    expect(told("Job tick runs every 25 minutes")).toEqual(["60s"]);
    expect(told("Some job runs every 25 minutes")).toEqual([]);
  });

  it("compares how often a job runs that is named, also where no number says it", () => {
    const components = [
      component("cleanup", "schedule", { cron: "30 3 * * *" }),
      component("tick", "schedule", { every: "60s" }),
      component("report", "schedule", { cron: "0 6 * * 1" }),
      component("invoices", "schedule", { cron: "0 6 1 * *" }),
      component("shifts", "schedule", { cron: "0 9 * * 1-5" }),
    ];
    const told = (line: string) =>
      heldAgainst({ ...LAUNCH, components }, parseChecklist(`- [ ] ${line}\n`).items)
        .flatMap(({ contradictions = [] }) => contradictions)
        .map(({ says, declares }) => `${says} / ${declares}`);
    expect(told("The `cleanup` job runs hourly")).toEqual(["hourly / 24h"]);
    expect(told("Hourly: cleanup")).toEqual(["hourly / 24h"]);
    expect(told("tick läuft stündlich")).toEqual(["stündlich / 60s"]);
    expect(told("El trabajo cleanup se ejecuta cada hora")).toEqual(["cada hora / 24h"]);
    expect(told("report job runs daily")).toEqual(["daily / 7d"]);
    expect(told("invoices job runs weekly")).toEqual(["weekly / 30d"]);
    expect(told("report job runs every 2 days")).toEqual(["2 days / 7d"]);
    for (const kept of [
      "cleanup runs nightly",
      "Cronjob cleanup läuft täglich",
      "tick runs every minute",
      "report job runs weekly",
      "invoices job runs monthly",
      "shifts job runs daily",
      "cleanup job runs twice daily",
      "Logs of the cleanup job are read weekly",
      "Hourly backups, nightly cleanup job",
      "Cleanup of the desks in the office by somebody, weekly",
      "Some job runs hourly",
      "cleanup job runs hourly <!-- gonogo: sign-off (every=1d) -->",
    ])
      expect(told(kept)).toEqual([]);
  });

  it("believes the parameters of a comment over the words", () => {
    expect(against("- [ ] Response times < 500ms <!-- gonogo: sign-off (p95=1s) -->\n")).toEqual([]);
    expect(against("- [ ] Quick <!-- gonogo: sign-off (p95=100ms) -->\n")).toEqual([
      "1: 100ms / 1s / promises.latency.p95",
    ]);
  });

  it("holds a promise against the mildest of the success metrics, not against aims beyond it", () => {
    const metrics = (first: string) => `## Success criteria\n- [ ] ${first} uptime\n- [ ] 99.99% uptime\n`;
    expect(against(metrics("99.9%"))).toEqual([]);
    expect(against(metrics("99.95%"))).toEqual(["2: 99.95% / 99.9% / promises.availability"]);
  });
});

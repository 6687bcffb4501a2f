import { describe, expect, it } from "vitest";
import { readingOf } from "../../../test/fixtures/watched.ts";
import type { Alert } from "../../model/alert.ts";
import type { RollbackTrigger } from "../../model/rollback-trigger.ts";
import { createDowntime } from "./downtime.ts";
import { type GuardView, setOff } from "./set-off.ts";

const HOUR = 3_600_000;
const LIVE = 1_000_000;

function alertOf(component: string, given: Partial<Alert> = {}): { alert: Alert; incident: string } {
  const alert: Alert = {
    monitor: `${component}/x`,
    component,
    check: undefined,
    title: "",
    consequence: "",
    severity: "P1",
    firstFailureAt: LIVE + 60_000,
    confirmedAt: LIVE + 90_000,
    resolvedAt: undefined,
    detail: "refused",
    release: "r2",
    changes: 1,
    ...given,
  };
  return { alert, incident: "i4" };
}

const traffic = (requests: number, failed: number) => ({
  release: "r2",
  requests,
  failed,
  p50Ms: 1,
  p95Ms: 1,
  p99Ms: 1,
});

const view = (triggers: readonly RollbackTrigger[], given: Partial<GuardView> = {}): GuardView => ({
  triggers,
  liveSince: LIVE,
  firing: [],
  traffic: { now: undefined, old: undefined },
  downMs: () => 0,
  ...given,
});

/** As teams write them down: the triggers of SoulSeer's own rollback plan. */
const SEEDS: readonly (readonly [words: string, trigger: RollbackTrigger, happens: Partial<GuardView>])[] = [
  [
    "Authentication broken (users can't login)",
    { on: "component", component: "accounts" },
    { firing: [alertOf("accounts")] },
  ],
  [
    "Payments not processing (Stripe errors)",
    { on: "component", component: "payments" },
    { firing: [alertOf("payments", { severity: "P0" })] },
  ],
  [
    "Celery jobs failing (billing not charging)",
    { on: "check", check: "worker.roundtrip", component: "billing" },
    { firing: [alertOf("billing", { check: "worker.roundtrip", severity: "P2" })] },
  ],
  ["Database connection lost", { on: "component", component: "db" }, { firing: [alertOf("db")] }],
  [
    "Uptime <99% (2+ hours downtime)",
    { on: "availability", below: 0.99, overMs: 2 * HOUR },
    { downMs: () => 72_001 },
  ],
  [
    "Error rate >5%",
    { on: "errors", above: 0.05 },
    { traffic: { now: traffic(100, 6), old: traffic(100, 1) } },
  ],
  [
    "Response time p95 >2s",
    { on: "p95", aboveMs: 2_000 },
    { traffic: { now: { ...traffic(100, 0), p95Ms: 2_100 }, old: traffic(100, 0) } },
  ],
];

describe.each(SEEDS)("%s", (_, trigger, happens) => {
  it("sends the release back when it happens, and not before", () => {
    expect(setOff(view([trigger], happens))).toBeDefined();
    expect(setOff(view([trigger]))).toBeUndefined();
    expect(setOff(view([], happens))).toBeUndefined();
  });
});

it("does not send a release back for what was wrong before it, of somebody else, or not grave", () => {
  const trigger: RollbackTrigger = { on: "component", component: "db" };
  for (const each of [
    alertOf("db", { firstFailureAt: LIVE - 1 }),
    alertOf("cache"),
    alertOf("db", { severity: "P2" }),
  ]) {
    expect(setOff(view([trigger], { firing: [each] }))).toBeUndefined();
  }
});

it("names the incident that tells of it", () => {
  const found = setOff(view([{ on: "component", component: "db" }], { firing: [alertOf("db")] }));
  expect(found).toEqual({ reason: "db/x: refused", incident: "i4", firstFailureAt: LIVE + 60_000 });
});

describe("downtime", () => {
  const at = (seconds: number, state: "up" | "down" | "unknown", monitor = "api/up") =>
    readingOf(monitor, state, seconds * 1_000);

  it("lasts from a failing probe to the next, of whichever monitor saw most of it", () => {
    const downtime = createDowntime(new Set(["api/up", "site/up"]));
    downtime.add([at(0, "up"), at(20, "down"), at(40, "down"), at(60, "up"), at(80, "up")]);
    downtime.add([
      at(0, "down", "site/up"),
      at(10, "up", "site/up"),
      at(0, "down", "db/up"),
      at(99, "up", "db/up"),
    ]);
    expect(downtime.within(2 * HOUR, 80_000)).toBe(40_000);
    expect(downtime.within(30_000, 80_000)).toBe(10_000);
    downtime.restart();
    expect(downtime.within(2 * HOUR, 80_000)).toBe(0);
  });

  it("is not what nobody saw: a watcher that was away, or could not tell", () => {
    const downtime = createDowntime(new Set(["api/up"]));
    downtime.add([at(0, "down"), at(10, "unknown"), at(3_600, "up")]);
    expect(downtime.within(2 * HOUR, HOUR)).toBe(120_000);
  });
});

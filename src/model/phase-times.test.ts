import { describe, expect, it } from "vitest";
import type { Evidence } from "./evidence.ts";
import type { Item } from "./item.ts";
import { pass } from "./outcome.ts";
import type { Phase } from "./phase.ts";
import { phaseName } from "./phase-times.ts";
import type { SignOff } from "./sign-off.ts";
import { type ItemVerdict, judge } from "./verdict.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LAUNCH = Date.UTC(2026, 11, 1, 9);

const item = (phase: Phase, given: Partial<Item> = {}): Item => ({
  id: "looked-at",
  text: "Looked at",
  phase,
  line: 1,
  path: [],
  claimed: false,
  answeredBy: { by: "person" },
  ...given,
});
const checked = (phase: Phase): Item =>
  item(phase, { answeredBy: { by: "checks", checks: [{ check: "web.health" }] } });

function judged(
  only: Item,
  given: { at: number; signedAt?: number[]; seenAt?: number; stage?: "staging"; launchAt?: undefined },
): ItemVerdict {
  const common = { environment: "production", item: only.id, evidence: "seen", until: LAUNCH + 400 * DAY };
  const signOffs = (given.signedAt ?? []).map((at): SignOff => ({ ...common, by: "Ada", at }));
  const evidence: Evidence[] =
    given.seenAt === undefined
      ? []
      : [
          {
            environment: "production",
            component: "api",
            check: "web.health",
            outcome: pass("fine"),
            observedAt: given.seenAt,
            freshUntil: LAUNCH + 400 * DAY,
            release: undefined,
            configuration: "c1",
            facts: [],
          },
        ];
  const [verdict] = judge({
    items: [only],
    evidence: evidence.map((each) => ({ ...each, severity: "blocker" as const })),
    signOffs,
    waivers: [],
    environment: {
      name: "production",
      stage: given.stage ?? "production",
      launchAt: "launchAt" in given ? undefined : LAUNCH,
    },
    now: { at: given.at, release: undefined, configuration: "c1" },
  }).items;
  if (!verdict) throw new Error("no verdict");
  return verdict;
}

describe("a line of a phase around the launch", () => {
  it.each<[Phase, number, string]>([
    ["launch-24h", -DAY, "T-24h"],
    ["launch-6h", -6 * HOUR, "T-6h"],
    ["launch", 0, "launch"],
    ["launch+1h", HOUR, "T+1h"],
    ["launch+24h", DAY, "T+24h"],
    ["day-1", DAY, "day 1"],
    ["day-7", 7 * DAY, "day 7"],
    ["day-30", 30 * DAY, "day 30"],
    ["daily", DAY, "daily"],
    ["weekly", 7 * DAY, "weekly"],
    ["monthly", 30 * DAY, "monthly"],
  ])("%s comes due on time, not a millisecond earlier", (phase, offset, name) => {
    const early = judged(item(phase), { at: LAUNCH + offset - 1 });
    expect(early).toMatchObject({ state: "not due", blocks: false, dueAt: LAUNCH + offset });
    expect(early.reason).toContain(`due in phase ${name}, from 202`);
    expect(judged(item(phase), { at: LAUNCH + offset })).toMatchObject({ state: "unsigned", blocks: true });
    expect(phaseName(phase)).toBe(name);
  });

  it("never comes due before production, or while nobody said when the launch is", () => {
    const late = { at: LAUNCH + 90 * DAY };
    expect(judged(item("day-7"), { ...late, stage: "staging" })).toMatchObject({ state: "not due" });
    expect(judged(item("day-7"), { ...late, launchAt: undefined })).toMatchObject({
      state: "not due",
      reason: "due in phase day-7; somebody signs it",
      dueAt: undefined,
    });
  });

  it("may be answered early before the launch, but not for a time that has not come", () => {
    const at = LAUNCH + 2 * HOUR;
    expect(judged(item("launch-24h"), { at, signedAt: [LAUNCH - 3 * DAY] }).state).toBe("go");
    expect(judged(item("launch+1h"), { at, signedAt: [LAUNCH] })).toMatchObject({
      state: "unsigned",
      reason: "Ada signed on 2026-12-01, before it was due",
    });
    expect(judged(item("launch+1h"), { at, signedAt: [LAUNCH, LAUNCH + HOUR] }).state).toBe("go");
    expect(judged(checked("launch+1h"), { at, seenAt: LAUNCH + HOUR - 1 })).toMatchObject({
      state: "stale",
      blocks: true,
    });
    expect(judged(checked("launch+1h"), { at, seenAt: LAUNCH + HOUR }).state).toBe("go");
  });

  it("comes due again when it recurs", () => {
    const signed = LAUNCH + 5 * DAY;
    const weekly = (at: number) => judged(item("weekly"), { at, signedAt: [LAUNCH - DAY, signed] });
    expect(weekly(LAUNCH + 8 * DAY)).toMatchObject({ state: "go", dueAt: signed + 7 * DAY });
    expect(weekly(signed + 7 * DAY)).toMatchObject({ state: "go" });
    expect(weekly(signed + 7 * DAY + 1)).toMatchObject({
      state: "unsigned",
      reason: "due again: Ada signed on 2026-12-06",
    });
    const daily = (at: number) => judged(checked("daily"), { at, seenAt: signed });
    expect(daily(signed + DAY)).toMatchObject({ state: "go", dueAt: signed + DAY });
    expect(daily(signed + DAY + 1)).toMatchObject({
      state: "stale",
      reason: "due again: seen on 2026-12-06 09:00 UTC",
    });
  });
});

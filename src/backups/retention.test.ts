import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Retention } from "../model/backup-policy.ts";
import { chooseKept, type Kept } from "./retention.ts";

const HOUR_MS = 3_600_000;
const NONE: Retention = { last: 1, hourly: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0 };
const kept = (at: number, change: Partial<Kept> = {}): Kept => ({
  id: `b${at}`,
  takenAt: at,
  isGood: true,
  isProven: true,
  ...change,
});
const at = (text: string): number => Date.parse(text);

/** An hourly backup and a prune after each, for three years: what stands on the shelf at the end. */
function simulate(
  retention: Retention,
  from: string,
  hours: number,
  each: (shelf: readonly Kept[]) => void,
): Kept[] {
  let shelf: Kept[] = [];
  for (let hour = 0; hour < hours; hour++) {
    shelf.push(kept(at(from) + hour * HOUR_MS));
    const staying = chooseKept(shelf, retention);
    shelf = shelf.filter(({ id }) => staying.has(id));
    each(shelf);
  }
  return shelf;
}

describe("three years of hourly backups", () => {
  it("leave exactly the declared set, and never none", () => {
    const retention: Retention = { last: 3, hourly: 24, daily: 7, weekly: 4, monthly: 12, yearly: 3 };
    let most = 0;
    let newest = at("2024-01-01T00:00Z");
    const shelf = simulate(retention, "2024-01-01T00:00Z", 3 * 365 * 24 + 24, (now) => {
      most = Math.max(most, now.length);
      expect(now.at(-1)?.takenAt).toBe(newest);
      newest += HOUR_MS;
    });
    const times = shelf.map(({ takenAt }) => new Date(takenAt).toISOString().slice(0, 13));
    const end = at("2026-12-31T23:00Z");
    const hour = (time: number): string => new Date(time).toISOString().slice(0, 13);
    const expected = new Set([
      ...Array.from({ length: 24 }, (_, back) => hour(end - back * HOUR_MS)),
      ...Array.from({ length: 7 }, (_, back) => hour(end - back * 24 * HOUR_MS)),
      // Sundays at 23 h; the week that has begun is kept by its newest.
      ...["2026-12-27T23", "2026-12-20T23", "2026-12-13T23"],
      ...Array.from({ length: 12 }, (_, month) => hour(Date.UTC(2026, month + 1, 1) - HOUR_MS)),
      ...["2024-12-31T23", "2025-12-31T23"],
    ]);
    expect(times.toSorted()).toEqual([...expected].toSorted());
    expect(most).toBeLessThanOrEqual(24 + 7 + 4 + 12 + 3);
  });
});

describe("retention", () => {
  const retention = fc.record({
    last: fc.integer({ min: 1, max: 5 }),
    hourly: fc.integer({ min: 0, max: 30 }),
    daily: fc.integer({ min: 0, max: 10 }),
    weekly: fc.integer({ min: 0, max: 5 }),
    monthly: fc.integer({ min: 0, max: 14 }),
    yearly: fc.integer({ min: 0, max: 4 }),
  });
  const shelf = fc.uniqueArray(
    fc.record({
      takenAt: fc.integer({ min: 0, max: at("2030-01-01") }),
      isGood: fc.boolean(),
      isProven: fc.boolean(),
    }),
    { selector: ({ takenAt }) => takenAt, maxLength: 60 },
  );

  it("never removes the newest good or the newest proven backup, and pruning twice is pruning once", () => {
    fc.assert(
      fc.property(shelf, retention, (given, policy) => {
        const all = given.map((each) => kept(each.takenAt, each));
        const staying = chooseKept(all, policy);
        const newest = (list: readonly Kept[]) => list.toSorted((a, b) => b.takenAt - a.takenAt)[0];
        const good = newest(all.filter(({ isGood }) => isGood));
        const proven = newest(all.filter(({ isGood, isProven }) => isGood && isProven));
        if (good) expect(staying.has(good.id)).toBe(true);
        if (proven) expect(staying.has(proven.id)).toBe(true);
        if (!good) expect(staying.size).toBe(all.length);
        const left = all.filter(({ id }) => staying.has(id));
        if (proven?.id === good?.id)
          expect([...chooseKept(left, policy).keys()].toSorted()).toEqual([...staying.keys()].toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it("gives the place of a bad backup to the good one before it", () => {
    const all = [kept(at("2026-01-01")), kept(at("2026-01-02")), kept(at("2026-01-03"), { isGood: false })];
    expect([...chooseKept(all, NONE).keys()]).toEqual([`b${at("2026-01-02")}`]);
  });

  it("keeps the newest proven one though newer ones were never proven", () => {
    const all = [
      kept(at("2026-01-01")),
      kept(at("2026-01-02"), { isProven: false }),
      kept(at("2026-01-03"), { isProven: false }),
    ];
    expect(chooseKept(all, NONE)).toEqual(
      new Map([
        [`b${at("2026-01-03")}`, ["last"]],
        [`b${at("2026-01-01")}`, ["the newest proven one"]],
      ]),
    );
  });
});

import { expect, test } from "vitest";
import { type Burn, type BurnWindows, burnOf, FAST, leftOf, SLOW, suddenWindows } from "./burn.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { type Objective, objectivesOf } from "./objectives.ts";
import { thresholdObjective, thresholdReading } from "./thresholds.ts";
import { percentileOf, slowerThan } from "./traffic-watch.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 21, 8);

const [availability, errors, latency] = objectivesOf({
  availability: 0.999,
  errors: 0.001,
  latency: { p95Ms: 500 },
  rollbackMs: 900_000,
}) as [Objective, Objective, Objective];

/** Three questions a minute for so long, of which those within the given last minutes failed. */
function asked(forMs: number, failedMinutes: number, until = NOW): Ledger {
  const ledger = createLedger();
  for (let at = until - forMs; at < until; at += 20_000) {
    ledger.add(at, { total: 1, bad: at >= until - failedMinutes * MINUTE ? 1 : 0 });
  }
  return ledger;
}

const fast = (ledger: Ledger, now = NOW): Burn["state"] =>
  burnOf(availability, { ledger, now, windows: FAST }).state;

test("what lists promise becomes what is counted", () => {
  expect([availability, errors, latency].map(({ id, title, mayBeBad }) => [id, title, mayBeBad])).toEqual([
    ["availability", "It answers 99.9 % of the time, over 30 d", 0.001],
    ["errors", "At most 0.1 % of requests fail, over 30 d", 0.001],
    ["latency.p95", "95 % of requests are answered within 500 ms", 0.05],
  ]);
  const several = objectivesOf({
    availability: 0.9995,
    errors: undefined,
    latency: {},
    rollbackMs: undefined,
    over: [
      { of: "availability", share: 0.999, windowMs: 7 * DAY },
      { of: "availability", share: 0.9995, windowMs: 30 * DAY },
    ],
  });
  expect(several.map(({ id, mayBeBad }) => [id, mayBeBad])).toEqual([
    ["availability.7d", 0.001],
    ["availability.30d", 0.0005],
  ]);
});

test("a full outage is told within two minutes, one lost answer never", () => {
  expect(fast(asked(DAY, 0))).toBe("up");
  expect(fast(asked(DAY, 0.3))).toBe("up");
  // 14.4 times a budget of 0.1 % in an hour is 52 s of outage; three answers have to be bad at all.
  expect(fast(asked(DAY, 1))).toBe("down");
  expect(burnOf(availability, { ledger: asked(DAY, 1), now: NOW, windows: FAST }).detail).toMatch(
    /3 of 18\d bad in 1 h: the budget goes \d+ times too fast, \d+ times in the last 5 min/,
  );
});

test("soon after the outage it is over for the fast windows, and the budget says what it cost", () => {
  const ledger = asked(DAY, 10);
  for (let minute = 0; minute < 40; minute++) ledger.add(NOW + minute * MINUTE, { total: 3, bad: 0 });
  expect(fast(ledger, NOW + 4 * MINUTE)).toBe("down");
  expect(fast(ledger, NOW + 38 * MINUTE)).toBe("up");
  const slow = (now: number) => burnOf(availability, { ledger, now, windows: SLOW }).state;
  expect([slow(NOW), slow(NOW + 38 * MINUTE)]).toEqual(["down", "up"]);
  const { total, bad, left, told } = leftOf(availability, ledger, NOW + 40 * MINUTE);
  expect({ total, bad }).toEqual({ total: 3 * 24 * 60 + 120, bad: 30 });
  // 30 of 4,440 where one in a thousand may be: 6.8 times what there was.
  expect(left).toBeCloseTo(1 - 30 / (4_440 * 0.001), 5);
  expect(told).toMatch(/^6\.8 times the budget of 30 d is spent$/);
});

test("a slow leak is told by the slow windows only", () => {
  const ledger = createLedger();
  for (let at = NOW - 4 * DAY; at < NOW; at += MINUTE) {
    ledger.add(at, { total: 1_000, bad: 2 });
  }
  const burn = (windows: typeof FAST) => burnOf(errors, { ledger, now: NOW, windows });
  expect(burn(FAST)).toMatchObject({ state: "up" });
  expect(burn(SLOW)).toMatchObject({ state: "down" });
  expect(burn(SLOW).rate).toBeCloseTo(2, 3);
});

test("a sudden slowness is told within two minutes although its budget would last for most of an hour", () => {
  const windows = [...FAST, suddenWindows(latency)];
  const ledger = createLedger();
  for (let at = NOW - HOUR; at < NOW; at += 10_000) ledger.add(at, { total: 3, bad: 0 });
  const state = (now: number, chosen: readonly BurnWindows[] = windows) =>
    burnOf(latency, { ledger, now, windows: chosen }).state;
  const slowFrom = (from: number, minutes: number): void => {
    for (let at = from; at < from + minutes * MINUTE; at += 10_000) ledger.add(at, { total: 3, bad: 3 });
  };
  slowFrom(NOW, 2);
  expect(state(NOW + 2 * MINUTE, FAST)).toBe("up");
  expect(state(NOW + 2 * MINUTE)).toBe("down");
  for (let at = NOW + 2 * MINUTE; at < NOW + 5 * MINUTE; at += 10_000) ledger.add(at, { total: 3, bad: 0 });
  expect(state(NOW + 5 * MINUTE)).toBe("up");
});

test("a watch that has just begun takes what it did not see as well kept: slow windows wait, an outage is told", () => {
  const young = (objective: Objective, bad: (minute: number) => boolean, windows: readonly BurnWindows[]) => {
    const ledger = createLedger();
    for (let minute = 0; minute < 30; minute++)
      ledger.add(NOW + minute * MINUTE, { total: 100, bad: bad(minute) ? 100 : 0 });
    return burnOf(objective, { ledger, now: NOW + 30 * MINUTE, windows });
  };
  // Two slow minutes of the first thirty are 6.7 %, but what they spend of the budget of a month is next to nothing.
  const slowness = (minute: number) => minute === 10 || minute === 11;
  expect(young(latency, slowness, SLOW)).toMatchObject({ state: "up" });
  expect(young(latency, slowness, [...FAST, suddenWindows(latency)])).toMatchObject({ state: "up" });
  expect(young(latency, (minute) => minute > 26, [...FAST, suddenWindows(latency)]).state).toBe("down");
  expect(young(availability, (minute) => minute > 27, FAST).state).toBe("down");
  // Eight minutes without an answer are a tenth of a month's budget however young the watch is.
  expect(young(availability, (minute) => minute > 21, SLOW).state).toBe("down");
});

test("too few requests say nothing about a rate; no requests break no promise; no questions are no answer", () => {
  const night = createLedger();
  night.add(NOW - 2 * MINUTE, { total: 4, bad: 4 });
  expect(burnOf(errors, { ledger: night, now: NOW, windows: FAST }).state).toBe("up");
  const empty = { ledger: createLedger(), now: NOW, windows: FAST };
  expect(burnOf(errors, empty)).toMatchObject({ state: "up", detail: "no requests" });
  expect(burnOf(availability, empty)).toMatchObject({ state: "unknown" });
});

test("windows longer than three days are summed from hours, and old ones do not come back", () => {
  const ledger = createLedger();
  ledger.addHour(NOW - 20 * DAY, { total: 500, bad: 5 });
  ledger.addHour(NOW - 80 * DAY, { total: 900, bad: 9 });
  ledger.add(NOW - 2 * HOUR, { total: 100, bad: 1 });
  expect(ledger.within(30 * DAY, NOW)).toEqual({ total: 600, bad: 6 });
  expect(ledger.within(90 * DAY, NOW)).toEqual({ total: 1_500, bad: 15 });
  expect(ledger.within(DAY, NOW)).toEqual({ total: 100, bad: 1 });
  expect(ledger.within(30 * DAY, NOW + 300 * DAY)).toEqual({ total: 0, bad: 0 });
  ledger.add(NOW + 300 * DAY, { total: 1, bad: 0 });
  expect(ledger.within(90 * DAY, NOW + 300 * DAY)).toEqual({ total: 1, bad: 0 });
});

test("percentiles and counts come out of classes of latencies", () => {
  const span = {
    latencies: [
      [10, 90],
      [400, 5],
      [900, 5],
    ] as const,
  };
  expect(percentileOf(span, 0.5)).toBe(10);
  expect(percentileOf(span, 0.95)).toBe(400);
  expect(percentileOf(span, 0.99)).toBe(900);
  expect(percentileOf({ latencies: [] }, 0.5)).toBeUndefined();
  expect(slowerThan(span, 500)).toBe(5);
});

test("a threshold is passed while more than its share of the requests of its time is bad, and soon no more", () => {
  const objective = thresholdObjective({ of: "errors", above: 0.05, overMs: 5 * MINUTE });
  expect([objective.id, objective.title]).toEqual([
    "errors.5percent.5min",
    "At most 5 % of requests fail, over 5 min",
  ]);
  const ledger = createLedger();
  const minute = (at: number, bad: number) => ledger.add(at, { total: 100, bad });
  for (let at = NOW - HOUR; at < NOW; at += MINUTE) minute(at, 4);
  expect(thresholdReading(objective, ledger, NOW)).toMatchObject({
    state: "up",
    detail: expect.stringMatching(/^\d+ of \d+ requests failed in 5 min: 4 %, at most 5 %$/),
  });
  for (let at = NOW; at < NOW + 5 * MINUTE; at += MINUTE) minute(at, 8);
  const passed = thresholdReading(objective, ledger, NOW + 5 * MINUTE - 1);
  expect(passed).toMatchObject({ state: "down", detail: expect.stringContaining("at most 5 %") });
  for (let at = NOW + 5 * MINUTE; at < NOW + 8 * MINUTE; at += MINUTE) minute(at, 0);
  expect(thresholdReading(objective, ledger, NOW + 8 * MINUTE - 1).state).toBe("up");
});

test("what differs at all is a monitor of its own", () => {
  const thresholds = [
    thresholdObjective({ of: "errors", above: 0.05, overMs: 5 * MINUTE }),
    thresholdObjective({ of: "errors", above: 0.05000000001, overMs: 5 * MINUTE }),
    thresholdObjective({ of: "errors", above: 0.05, overMs: 300_000.001 }),
    thresholdObjective({ of: "errors", above: 0.05, overMs: 90_000 }),
  ];
  const over = [HOUR, 80 * MINUTE, 7 * DAY, 7 * DAY + HOUR];
  const promised = objectivesOf({
    availability: 0.999,
    errors: undefined,
    latency: {},
    rollbackMs: undefined,
    over: over.map((windowMs) => ({ of: "availability", share: 0.999, windowMs })),
  });
  expect(new Set(thresholds.map(({ id }) => id)).size).toBe(4);
  expect(promised.map(({ id }) => id)).toEqual([
    "availability.1h",
    "availability.4800000ms",
    "availability.7d",
    "availability.608400000ms",
  ]);
});

test("a percentile is above its threshold once more than the rest of the requests are slower", () => {
  const objective = thresholdObjective({ of: "p95", aboveMs: 2_000, overMs: 10 * MINUTE });
  expect(objective).toMatchObject({
    id: "p95.2000ms.10min",
    counts: { of: "slower", thanMs: 2_000 },
    mayBeBad: 0.05,
  });
  const after = (slow: number) => {
    const ledger = createLedger();
    for (let at = NOW - HOUR; at < NOW; at += MINUTE) ledger.add(at, { total: 100, bad: slow });
    return thresholdReading(objective, ledger, NOW - 1);
  };
  expect(after(5).state).toBe("up");
  expect(after(6)).toMatchObject({
    state: "down",
    detail: expect.stringContaining("slower than 2.0 s in 10 min"),
  });
});

test("nobody is told for a threshold of a handful of requests, or of none", () => {
  const objective = thresholdObjective({ of: "errors", above: 0.01, overMs: 5 * MINUTE });
  const ledger = createLedger();
  expect(thresholdReading(objective, ledger, NOW)).toMatchObject({ state: "up", detail: "no requests" });
  ledger.add(NOW - HOUR, { total: 1, bad: 0 });
  ledger.add(NOW - MINUTE, { total: 4, bad: 4 });
  expect(thresholdReading(objective, ledger, NOW).state).toBe("up");
});

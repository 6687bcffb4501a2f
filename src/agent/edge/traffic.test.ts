import { expect, test } from "vitest";
import { createTrafficLog } from "./traffic.ts";

const START = 1_760_000_000_000;

test("percentiles are within five per cent of the true ones", () => {
  const log = createTrafficLog();
  for (let ms = 1; ms <= 1_000; ms++) log.record({ at: START + ms, tookMs: ms, failed: false });
  const { requests, p50Ms, p95Ms, p99Ms } = log.since(START, START + 2_000);
  expect(requests).toBe(1_000);
  for (const [found, truth] of [
    [p50Ms, 500],
    [p95Ms, 950],
    [p99Ms, 990],
  ] as const) {
    expect(Math.abs((found ?? 0) - truth) / truth).toBeLessThan(0.05);
  }
});

test("it counts from the second asked for and forgets after 15 minutes", () => {
  const log = createTrafficLog();
  for (let second = 0; second < 1_000; second++) {
    log.record({ at: START + second * 1_000, tookMs: 10, failed: second % 10 === 0 });
  }
  const now = START + 999_000;
  expect(log.since(now - 99_000, now)).toMatchObject({ requests: 100, failed: 10 });
  expect(log.since(0, now)).toMatchObject({ requests: 900, failed: 90 });
  expect(log.since(0, now + 900_000).requests).toBe(0);
});

test("without requests there are no percentiles, and who left early has no latency", () => {
  const log = createTrafficLog();
  expect(log.since(0, START)).toEqual({
    requests: 0,
    failed: 0,
    p50Ms: undefined,
    p95Ms: undefined,
    p99Ms: undefined,
  });
  log.record({ at: START, tookMs: undefined, failed: false });
  expect(log.since(START, START)).toMatchObject({ requests: 1, p50Ms: undefined });
});

test("what is far too fast or too slow still counts", () => {
  const log = createTrafficLog();
  log.record({ at: START, tookMs: 0, failed: false });
  log.record({ at: START, tookMs: 3_600_000, failed: false });
  const { p50Ms = 0, p99Ms = 0 } = log.since(START, START);
  expect(p50Ms).toBeLessThan(0.2);
  expect(p99Ms).toBeGreaterThan(90_000);
});

test("spans beside each other count every request once, whatever their length", () => {
  const log = createTrafficLog();
  for (let ms = 0; ms < 60_000; ms += 10)
    log.record({ at: START + ms, tookMs: ms < 30_000 ? 4 : 400, failed: ms < 100 });
  const spans = [0, 7_000, 29_000, 30_000, 60_000].map((ms) => START + ms);
  const parts = spans.slice(1).map((until, index) => log.span(spans[index] ?? 0, until));
  expect(parts.map(({ requests }) => requests)).toEqual([700, 2_200, 100, 3_000]);
  expect(parts.map(({ failed }) => failed)).toEqual([10, 0, 0, 0]);
  expect(
    parts.flatMap(({ latencies }) => latencies.map(([ms, count]) => [Math.round(ms / 4), count])),
  ).toEqual([
    [1, 700],
    [1, 2_200],
    [1, 100],
    [Math.round((log.since(START + 30_000, START + 60_000).p50Ms ?? 0) / 4), 3_000],
  ]);
});

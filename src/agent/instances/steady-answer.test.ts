import { expect, it } from "vitest";
import type { HealthAnswer } from "./health-probe.ts";
import { steadyAnswer, steadyLimitMs } from "./steady-answer.ts";

const probe = (at: number, status: number | undefined, path = "/up"): HealthAnswer => ({
  url: `http://127.0.0.1:4000${path}`,
  at,
  tookMs: 1,
  status,
  body: "",
  location: undefined,
  error: status === undefined ? "connection refused" : undefined,
});

it.each([404, 401, 302])("counts from the first %d on, as long as nothing else is answered", (status) => {
  const answer = steadyAnswer();
  for (const at of [1_000, 3_000, 9_000]) answer.see(probe(at, status));
  expect(answer.heldMs()).toBe(8_000);
  answer.see(probe(10_000, 503));
  expect(answer.heldMs()).toBe(0);
  answer.see(probe(11_000, status));
  answer.see(probe(12_000, status));
  expect(answer.heldMs()).toBe(1_000);
  answer.see(probe(13_000, status, "/health"));
  expect(answer.heldMs()).toBe(0);
});

it.each([undefined, 500, 503, 200])("leaves whoever answers %s its whole time", (status) => {
  const answer = steadyAnswer();
  for (const at of [1_000, 3_000, 90_000]) answer.see(probe(at, status));
  expect(answer.heldMs()).toBe(0);
});

it("is a quarter of the time to start, and never under five seconds", () => {
  expect([60_000, 300_000, 1_500].map(steadyLimitMs)).toEqual([15_000, 75_000, 5_000]);
});

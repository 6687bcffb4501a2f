import { expect, test } from "vitest";
import type { Answer } from "../../assess/ask.ts";
import { findingFingerprint } from "../../model/finding.ts";
import { fail, pass } from "../../model/outcome.ts";
import type { Waiver } from "../../model/sign-off.ts";
import { acceptedIn } from "./check-round.ts";

const NOW = { environment: "staging", at: Date.UTC(2026, 10, 21) };

function answer(outcome: Answer["outcome"]): Parameters<typeof acceptedIn>[0] {
  return { subject: { component: "db" }, check: { id: "postgres.index.foreign-key" }, outcome } as Parameters<
    typeof acceptedIn
  >[0];
}

function waiver(name: string, given: Partial<Waiver> = {}): Waiver {
  const finding = findingFingerprint("db", "postgres.index.foreign-key", name);
  const { at } = NOW;
  return {
    environment: "staging",
    finding,
    by: "ada",
    at: at - 1,
    until: at + 86_400_000,
    reason: "small table",
    ...given,
  };
}

const failing = answer(
  fail("2 keys have no index", {
    expected: "an index",
    found: "none",
    fix: "create one",
    findings: ["a.b", "c.d"],
  }),
);

test("what a person accepted is no news while the waiver stands, for every finding of it", () => {
  expect(acceptedIn(failing, [waiver("a.b"), waiver("c.d")], NOW)).toEqual({
    state: "up",
    detail: "accepted by ada until 2026-11-22: 2 keys have no index",
  });
  expect(acceptedIn(failing, [waiver("a.b")], NOW)).toBeUndefined();
  expect(acceptedIn(failing, [waiver("a.b"), waiver("c.d", { until: NOW.at })], NOW)).toBeUndefined();
  expect(
    acceptedIn(failing, [waiver("a.b"), waiver("c.d", { environment: "production" })], NOW),
  ).toBeUndefined();
  expect(acceptedIn(answer(pass("fine")), [waiver("a.b")], NOW)).toBeUndefined();
});

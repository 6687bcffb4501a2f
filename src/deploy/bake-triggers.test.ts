import { describe, expect, it } from "vitest";
import { subjectFor } from "../../test/fixtures/subject.ts";
import type { AnyCheck } from "../model/check.ts";
import type { Outcome } from "../model/outcome.ts";
import type { RollbackTrigger } from "../model/rollback-trigger.ts";
import { answerTrigger, trafficTrigger } from "./bake-triggers.ts";

const traffic = (requests: number, failed: number) => ({
  release: "r2",
  requests,
  failed,
  p50Ms: 1,
  p95Ms: 1,
  p99Ms: 1,
});
const errors: RollbackTrigger[] = [{ on: "errors", above: 0.05 }];

describe("more than 5 % of errors", () => {
  it.each([
    ["six of a hundred", traffic(100, 6), undefined, true],
    ["five of a hundred", traffic(100, 5), undefined, false],
    ["all of the few there were", traffic(19, 19), undefined, false],
    ["no more than twice what the old release had", traffic(100, 12), traffic(1_000, 60), false],
    ["far more than the old release had", traffic(100, 13), traffic(1_000, 60), true],
    ["an old release nobody asked", traffic(100, 6), traffic(3, 3), true],
  ])("%s", (_, now, old, goesBack) => {
    expect(trafficTrigger(errors, { now, old }) !== undefined).toBe(goesBack);
  });
  it("asks nothing of nobody's requests, and nothing where nothing is declared", () => {
    expect(trafficTrigger(errors, { now: undefined, old: undefined })).toBeUndefined();
    expect(trafficTrigger([], { now: traffic(100, 100), old: undefined })).toBeUndefined();
  });
});

describe("a p95 above a second", () => {
  const p95: RollbackTrigger[] = [{ on: "p95", aboveMs: 1_000 }];
  const slow = (requests: number, p95Ms: number | undefined) => ({ ...traffic(requests, 0), p95Ms });
  it.each([
    ["is that", slow(50, 1_001), undefined, "p95 is 1001 ms; more than 1.0 s rolls back"],
    ["is not a second", slow(50, 1_000), undefined, undefined],
    ["is told by fifty requests, not by fewer", slow(49, 9_000), undefined, undefined],
    ["is not told by none", slow(50, undefined), undefined, undefined],
    ["was hardly below it before", slow(50, 1_150), slow(1_000, 990), undefined],
    [
      "was far below it before",
      slow(50, 1_200),
      slow(1_000, 990),
      "p95 is 1200 ms; more than 1.0 s rolls back",
    ],
  ])("%s", (_, now, old, told) => {
    expect(trafficTrigger(p95, { now, old })).toBe(told);
  });
  it("is no matter of another percentile, and one of several triggers", () => {
    const now = { ...slow(50, 2_000), p99Ms: 400 };
    expect(trafficTrigger([{ on: "p99", aboveMs: 1_000 }], { now, old: undefined })).toBeUndefined();
    expect(trafficTrigger([...errors, ...p95], { now, old: undefined })).toContain("p95 is 2000 ms");
  });
});

describe("a failing check", () => {
  const answer = (component: string, id: string, status: Outcome["status"], severity = "blocker") =>
    ({
      subject: subjectFor({ component, options: {} }),
      check: { id, severity } as AnyCheck,
      outcome: { status, summary: "refused" },
      facts: [],
    }) as unknown as Parameters<typeof answerTrigger>[1][number];
  const triggers: RollbackTrigger[] = [
    { on: "check", check: "worker.tick", component: "billing" },
    { on: "component", component: "db" },
  ];

  it.each([
    ["that is named", answer("billing", "worker.tick", "fail"), "billing: worker.tick fails: refused"],
    ["of another component", answer("mails", "worker.tick", "fail"), undefined],
    ["that could not be told", answer("billing", "worker.tick", "unknown"), undefined],
    ["that blocks, of the component", answer("db", "postgres.up", "fail"), "db: postgres.up fails: refused"],
    ["that only warns, of the component", answer("db", "postgres.x", "fail", "warning"), undefined],
  ])("%s", (_, given, expected) => {
    expect(answerTrigger(triggers, [given])).toBe(expected);
  });
});

import { describe, expect, it } from "vitest";
import type { Target, Traffic } from "../model/target.ts";
import { openDoors } from "../system/doors.ts";
import { bake, probeBreach, trafficBreach } from "./bake.ts";
import type { Prober } from "./prober.ts";

const probe = (failure: string | undefined) => ({
  at: 0,
  path: "/health",
  tookMs: 1,
  release: "r2",
  failure,
});
const traffic = (given: Partial<Traffic>): Traffic => ({
  release: "r2",
  requests: 1_000,
  failed: 0,
  p50Ms: 5,
  p95Ms: 20,
  p99Ms: 40,
  ...given,
});
const promises = { availability: undefined, errors: 0.01, latency: { p95Ms: 100 }, rollbackMs: undefined };

describe("probeBreach", () => {
  it("forgives two failed probes among the newest", () => {
    expect(probeBreach([probe("x"), probe("x"), ...Array(8).fill(probe(undefined))])).toBeUndefined();
  });
  it("takes three as a breach and quotes the first", () => {
    expect(probeBreach([probe("/pay answered 500"), probe("b"), probe("c")])).toContain("/pay answered 500");
  });
  it("looks at the newest only", () => {
    expect(
      probeBreach([...Array(5).fill(probe("old")), ...Array(10).fill(probe(undefined))]),
    ).toBeUndefined();
  });
});

describe("trafficBreach", () => {
  it("says nothing of fewer than twenty requests", () => {
    expect(
      trafficBreach({ now: traffic({ requests: 19, failed: 19 }), old: undefined, promises }),
    ).toBeUndefined();
  });
  it("holds the error rate against the promise", () => {
    expect(trafficBreach({ now: traffic({ failed: 11 }), old: undefined, promises })).toContain(
      "promised at most 1.0 %",
    );
    expect(trafficBreach({ now: traffic({ failed: 10 }), old: undefined, promises })).toBeUndefined();
  });
  it("does not blame the new release for errors the old one had as often", () => {
    const old = traffic({ release: "r1", failed: 40 });
    expect(trafficBreach({ now: traffic({ failed: 50 }), old, promises })).toBeUndefined();
    expect(trafficBreach({ now: traffic({ failed: 90 }), old, promises })).toContain("9.0 %");
  });
  it("holds p95 against the promise and the old release", () => {
    expect(trafficBreach({ now: traffic({ p95Ms: 101 }), old: undefined, promises })).toContain(
      "p95 is 101 ms",
    );
    const slowBefore = traffic({ release: "r1", p95Ms: 99 });
    expect(trafficBreach({ now: traffic({ p95Ms: 101 }), old: slowBefore, promises })).toBeUndefined();
  });
  it("promises nothing, breaches nothing", () => {
    const none = { availability: undefined, errors: undefined, latency: {}, rollbackMs: undefined };
    expect(
      trafficBreach({ now: traffic({ failed: 999, p95Ms: 9_999 }), old: undefined, promises: none }),
    ).toBeUndefined();
  });
});

describe("a bake", () => {
  it.each([
    ["no data", [], "nothing was asked of the new release"],
    ["good", [probe(undefined)], "1 probe, none failed for long"],
    ["bad", [probe("500"), probe("500"), probe("500")], "3 of the newest 3 probes failed: 500"],
  ] as const)(
    "is %s by what could be asked, and nothing asked is neither good nor bad",
    async (state, probes, reason) => {
      await using doors = openDoors();
      const target = { traffic: async () => [], status: async () => ({ instances: [] }) };
      const seen = await bake({
        doors,
        target: target as unknown as Target,
        prober: { since: () => probes } as unknown as Prober,
        release: "r2",
        before: "r1",
        promises,
        triggers: [],
        bakeMs: 1,
        signal: new AbortController().signal,
      });
      expect(seen).toMatchObject({ state, reason });
    },
  );
});

import { expect, it } from "vitest";
import { monitorOf } from "../../test/fixtures/watched.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { defineCheck } from "../model/check.ts";
import { notApplicable } from "../model/outcome.ts";
import type { Release } from "../model/release.ts";
import type { TargetStatus } from "../model/target.ts";
import { openDoors } from "../system/doors.ts";
import { createAsking } from "./asking.ts";
import type { CheckRound, ProbeMonitor } from "./monitors/monitors.ts";
import type { OwnHealth } from "./own-health.ts";
import type { Surroundings, SurroundingsKeeper } from "./surroundings.ts";
import { createTroubled } from "./troubled.ts";

const ADDRESS = { url: "http://127.0.0.1:1" } as Surroundings["address"];
const PROBE = { monitor: { id: "probe/front" }, probe: { type: "http", at: "/", accept: "2xx" } };
const R1 = { id: "r1" } as Release;
const LAUNCH = { name: "shop", directory: "/", components: [{ name: "db", kind: { kind: "postgres" } }] };
const STORE = { people: { waivers: async () => [] } };

function asking(
  around: Partial<Surroundings>,
  isTroubled = (_: string) => false,
  isStopped: SurroundingsKeeper["isStopped"] = async () => false,
) {
  const doors = openDoors();
  const surroundings = {
    status: { live: undefined } as TargetStatus,
    address: ADDRESS,
    missing: undefined,
    stopped: undefined,
    release: undefined,
    variables: { declared: [], values: new Map() },
    otherEnvironments: [],
    ...around,
  };
  return createAsking({
    scene: { doors, target: {}, launch: LAUNCH, environment: {}, store: STORE } as unknown as DeployScene,
    http: {
      get: async () => ({ status: 503, tookMs: 1, release: undefined }),
      [Symbol.asyncDispose]: async () => undefined,
    },
    health: { cutOff: async () => undefined, trouble: () => undefined } as unknown as OwnHealth,
    surroundings: {
      now: async () => surroundings,
      isStopped,
      stopped: async () => undefined,
      last: surroundings,
    },
    evidence: { keep: async () => undefined } as never,
    isTroubled,
    signal: new AbortController().signal,
  });
}

it("says nothing of an edge that never had a release, though the agent of a first deploy that failed answers 503", async () => {
  const first = asking({});
  expect(await first.probe(PROBE as unknown as ProbeMonitor)).toEqual([]);
  expect(await first.round({ checks: [] } as unknown as CheckRound)).toEqual([]);
});

it("asks what answers users, and what should", async () => {
  const live = asking({ status: { live: "r1" } as TargetStatus, release: R1 });
  expect(await live.probe(PROBE as unknown as ProbeMonitor)).toMatchObject([
    { state: "down", detail: "/ answered 503", release: "r1" },
  ]);
  const lost = asking({ address: undefined, missing: R1 });
  expect(await lost.probe(PROBE as unknown as ProbeMonitor)).toMatchObject([
    { state: "down", detail: expect.stringContaining("r1 should run and nothing does") },
  ]);
});

it("asks nothing of what somebody stopped, and takes for an outage nothing that failed as it was stopped", async () => {
  const stopped = { at: 1, by: "ada@laptop" };
  const gone = asking({ address: undefined, missing: R1, stopped });
  expect(await gone.probe(PROBE as unknown as ProbeMonitor)).toEqual([]);
  const ending = asking({ status: { live: "r1" } as TargetStatus, release: R1 }, undefined, async () => true);
  expect(await ending.probe(PROBE as unknown as ProbeMonitor)).toEqual([]);
});

it("says of what failed that it no longer applies, once, so that its alert ends", async () => {
  const check = defineCheck({
    id: "test.gone",
    title: "Nothing is wrong",
    consequence: "None.",
    severity: "info",
    phase: "staging",
    freshFor: "1h",
    asks: [],
    needs: {},
    run: () => notApplicable("nothing of the kind is declared any more"),
  });
  const monitor = monitorOf("db/test.gone", { component: "db" });
  const troubled = createTroubled([{ monitor: "db/test.gone", state: "down" }]);
  const live = asking({ status: { live: "r1" } as TargetStatus, release: R1 }, troubled.isTroubled);
  const round = { component: "db", everyMs: 1_000, checks: [{ monitor, check }] };
  const told = await live.round(round);
  expect(told).toMatchObject([
    {
      monitor: "db/test.gone",
      state: "up",
      detail: "does not apply: nothing of the kind is declared any more",
    },
  ]);
  troubled.take(told);
  expect(await live.round(round)).toEqual([]);
});

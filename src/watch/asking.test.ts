import { expect, it } from "vitest";
import type { DeployScene } from "../deploy/scene.ts";
import type { Release } from "../model/release.ts";
import type { TargetStatus } from "../model/target.ts";
import { openDoors } from "../system/doors.ts";
import { createAsking } from "./asking.ts";
import type { CheckRound, ProbeMonitor } from "./monitors/monitors.ts";
import type { OwnHealth } from "./own-health.ts";
import type { Surroundings } from "./surroundings.ts";

const ADDRESS = { url: "http://127.0.0.1:1" } as Surroundings["address"];
const PROBE = { monitor: { id: "probe/front" }, probe: { type: "http", at: "/", accept: "2xx" } };
const R1 = { id: "r1" } as Release;

function asking(around: Partial<Surroundings>) {
  const doors = openDoors();
  const surroundings = {
    status: { live: undefined } as TargetStatus,
    address: ADDRESS,
    missing: undefined,
    release: undefined,
    variables: { declared: [], values: new Map() },
    otherEnvironments: [],
    ...around,
  };
  return createAsking({
    scene: { doors, target: {} } as unknown as DeployScene,
    http: {
      get: async () => ({ status: 503, tookMs: 1, release: undefined }),
      [Symbol.asyncDispose]: async () => undefined,
    },
    health: { cutOff: async () => undefined, trouble: () => undefined } as unknown as OwnHealth,
    surroundings: { now: async () => surroundings, last: surroundings },
    evidence: { keep: async () => undefined } as never,
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

import { expect, it } from "vitest";
import type { DeployScene } from "../deploy/scene.ts";
import type { Deploy } from "../model/deploy.ts";
import type { Stop } from "../store/stop-store.ts";
import { keepStops } from "./stopped.ts";

const STOP: Stop = { at: 1_000_000, by: "ada@laptop" };
const done = (at: number): Partial<Deploy> => ({
  ...{ state: "done", release: "r1", from: undefined, reason: undefined },
  ...{ startedAt: at - 5_000, finishedAt: at },
});

function stops(given: { stop?: Stop; deploys: Partial<Deploy>[]; now: number }) {
  const kept = { stop: given.stop, isAway: false };
  const store = {
    stops: {
      last: async () => {
        if (kept.isAway) throw new Error("the store is away");
        return kept.stop;
      },
      restore: async (_: string, before: Stop | undefined) => {
        kept.stop = before;
      },
    },
    deploys: { list: async () => given.deploys },
  };
  const doors = { clock: { now: () => given.now } };
  const scene = { store, doors, environment: { name: "staging" } } as unknown as DeployScene;
  return { kept, stopped: keepStops(scene) };
}

it("tells a release that was stopped from one whose agent was killed", async () => {
  const gone = { live: undefined };
  const stopped = stops({ stop: STOP, deploys: [done(900_000)], now: 9_000_000 });
  expect(await stopped.stopped(gone)).toEqual(STOP);
  const killed = stops({ stop: STOP, deploys: [done(1_100_000), done(900_000)], now: 9_000_000 });
  expect(await killed.stopped(gone)).toBeUndefined();
  expect(await stops({ deploys: [done(900_000)], now: 9_000_000 }).stopped(gone)).toBeUndefined();
});

it("knows of a stop while it goes on, and no more once something is deployed", async () => {
  const live = { live: "r1" };
  const going = stops({ stop: STOP, deploys: [done(900_000)], now: STOP.at + 30_000 });
  expect(await going.stopped(live)).toEqual(STOP);
  const again = stops({ stop: STOP, deploys: [done(1_010_000)], now: STOP.at + 30_000 });
  expect(await again.stopped(live)).toBeUndefined();
});

it("forgets a stop whose command was killed before anything ended: what is lost later was not stopped", async () => {
  const { kept, stopped } = stops({ stop: STOP, deploys: [done(900_000)], now: STOP.at + 150_000 });
  expect(await stopped({ live: "r1" })).toBeUndefined();
  expect(kept.stop).toBeUndefined();
});

it("goes on with what it knew while the store is away", async () => {
  const { kept, stopped } = stops({ stop: STOP, deploys: [done(900_000)], now: 9_000_000 });
  await stopped({ live: undefined });
  kept.isAway = true;
  expect(await stopped({ live: undefined })).toEqual(STOP);
});

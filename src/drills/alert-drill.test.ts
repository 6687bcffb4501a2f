import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestChannel, testChannel } from "../../test/fixtures/channels.ts";
import { launchOf } from "../../test/fixtures/check-record.ts";
import { openRealStore, storeFile } from "../../test/fixtures/store-file.ts";
import { policyOf } from "../../test/fixtures/watched.ts";
import type { DeployScene } from "../deploy/scene.ts";
import type { Doors } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import type { Store } from "../store/store.ts";
import { openDoors } from "../system/doors.ts";
import { alertDrill } from "./alert-drill.ts";
import type { DrillContext } from "./drill.ts";

let place: ReturnType<typeof storeFile>;
let store: Store;
let doors: Doors & AsyncDisposable;
beforeEach(async () => {
  place = storeFile();
  store = await openRealStore(place.file);
  doors = openDoors();
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

async function held(
  channels: readonly TestChannel[],
  given: { acknowledgeWithinMs?: number; wait?: boolean } = {},
) {
  const { acknowledgeWithinMs = 30_000, wait = true } = given;
  const launch = launchOf({}, { alerts: policyOf({ channels, acknowledgeWithinMs }) });
  const scene = {
    launch,
    environment: { name: "production" },
    store,
    doors,
    readVariables: async () => ({ declared: [], values: new Map() }),
  } as unknown as DeployScene;
  await store.drills.begin({ environment: "production", name: "alert", by: "ada", mark: {} });
  const notes: string[] = [];
  const outcome = alertDrill.hold({
    scene,
    by: "ada",
    wait,
    signal: AbortSignal.timeout(60_000),
    note: (text: string) => notes.push(text),
  } as unknown as DrillContext);
  return { outcome: await outcome, notes };
}

it("passes once a person acknowledges what came through every channel", async () => {
  const [a, b] = [testChannel("a"), testChannel("b")];
  const holding = held([a, b]);
  await expect.poll(() => b.taken.length, { timeout: 20_000 }).toBe(1);
  const mark = { acknowledgedBy: "bo", acknowledgedAt: doors.clock.now() };
  await store.drills.mark("production", "drill 1", mark);
  const { outcome } = await holding;
  expect(outcome).toMatchObject({ status: "pass", measured: { channels: 2, lost: 0, by: "bo" } });
  expect(a.taken[0]).toMatchObject({ kind: "drill", key: b.taken[0]?.key });
  expect(a.taken[0]?.facts).toContainEqual(["acknowledge", "gonogo incidents ack drill-1 --env production"]);
});

it("fails with the channel's name and its own words when one does not take it", async () => {
  const [good, bad] = [testChannel("good"), testChannel("bad")];
  bad.next.push(() => Promise.reject(new OutsideError("403: no such channel", { status: 403 })));
  const { outcome } = await held([good, bad]);
  expect(outcome).toMatchObject({ status: "fail", found: "bad: 403: no such channel", findings: ["bad"] });
});

it("fails when nobody acknowledges in time, and only warns when nobody was waited for", async () => {
  const late = await held([testChannel("a")], { acknowledgeWithinMs: 300 });
  expect(late.outcome).toMatchObject({
    status: "fail",
    summary: expect.stringContaining("nobody acknowledged"),
  });
  const unasked = await held([testChannel("a")], { wait: false });
  expect(unasked.outcome).toMatchObject({ status: "warn" });
});

it("has nothing to be held on where no channel is declared", async () => {
  const scene = { launch: launchOf({}) } as unknown as DeployScene;
  expect(await alertDrill.unfit(scene)).toContain("no channel is declared");
});

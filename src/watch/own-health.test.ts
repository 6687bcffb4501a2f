import { expect, test } from "vitest";
import { serve } from "../../test/fixtures/http-servers.ts";
import type { Clock, Doors } from "../model/doors.ts";
import { openDoors } from "../system/doors.ts";
import { createOwnHealth, isOwnTrouble } from "./own-health.ts";

let nowMs = 0;
const clock: Clock = { now: () => nowMs, monotonicMs: () => nowMs, delay: async () => undefined };
const doors: Doors = { ...openDoors(), clock };

test("it is cut off only when none of the references can be reached, and says so as long as that is so", async () => {
  await using other = await serve((_, response) => response.end());
  const dead = { host: "127.0.0.1", port: 1 };
  const alive = { host: "127.0.0.1", port: other.port };
  expect(await createOwnHealth(doors, []).cutOff()).toBeUndefined();
  expect(await createOwnHealth(doors, [dead, alive]).cutOff()).toBeUndefined();
  const offline = createOwnHealth(doors, [dead]);
  expect(await offline.cutOff()).toMatch("the watcher's own network is gone: 127.0.0.1:1");
  expect(offline.illness(0)).toMatchObject({ kind: "offline" });
});

test("what was asked while this process stood still is not believed, what is asked afterwards is", () => {
  const health = createOwnHealth(doors, []);
  nowMs = 10_000;
  health.stoodStill(300);
  expect(health.trouble(9_000)).toBeUndefined();
  health.stoodStill(3_200);
  expect(health.trouble(9_000)).toBe("the watcher itself stood still for 3.2 s");
  expect(health.trouble(10_001)).toBeUndefined();
  expect(health.illness(100)).toBeUndefined();
  expect(health.illness(6_000)).toEqual({ kind: "late", detail: "the watcher asks 6 s late" });
});

test("a store that cannot be written makes every failure doubtful at once, and is told when it lasts", () => {
  const health = createOwnHealth(doors, []);
  nowMs = 50_000;
  health.storeFails("no space left on the disk for the store");
  expect(health.trouble(50_000)).toMatch("no space left");
  expect(health.illness(0)).toBeUndefined();
  nowMs = 61_000;
  health.storeFails("no space left on the disk for the store");
  expect(health.illness(0)).toMatchObject({ kind: "store" });
  health.storeFails(undefined);
  expect(health.trouble(50_000)).toBeUndefined();
  expect(health.illness(0)).toBeUndefined();
});

test("what this machine has run out of is not the fault of whoever was asked", () => {
  expect(isOwnTrouble("127.0.0.1:80: connect EMFILE 127.0.0.1:80 - Local (undefined:undefined)")).toBe(true);
  expect(isOwnTrouble("app.example cannot be reached: no route to its network")).toBe(true);
  expect(isOwnTrouble("app.example refused the connection")).toBe(false);
  expect(isOwnTrouble("/health answered 503")).toBe(false);
});

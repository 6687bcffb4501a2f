import { expect, it } from "vitest";
import type { Release } from "../model/release.ts";
import { openDoors } from "../system/doors.ts";
import { isHeld, ownMark } from "./holder.ts";

it("is held while the very process goes on that began it, not one that got its number later", async () => {
  await using doors = openDoors();
  const mark = ownMark({ id: "r1" } as Release);
  expect(await isHeld(mark, doors)).toBe(true);
  expect(await isHeld({ ...mark, startedTicks: "00000000:1" }, doors)).toBe(false);
  expect(await isHeld({ live: "r1" }, doors)).toBe(false);
});

it("goes by the number alone where an older version kept no more", async () => {
  await using doors = openDoors();
  expect(await isHeld({ holder: process.ppid, live: "r1" }, doors)).toBe(true);
  expect(await isHeld({ holder: 999_999_999, live: "r1" }, doors)).toBe(false);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { openDoors } from "../../system/doors.ts";
import { inTurn } from "./turn.ts";

const directory = mkdtempSync(path.join(tmpdir(), "gonogo-test-turn-"));
const doors = openDoors();
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});
const turn = path.join(directory, "turn");
const waiting = (waitMs: number) => ({ doors, signal: new AbortController().signal, waitMs });

it("does the work of one at a time, and says to whom it was too long", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const first = inTurn(turn, waiting(0), () => {
    begin();
    return promise;
  });
  await begun;
  expect(await inTurn(turn, waiting(0), async () => "second")).toBeUndefined();
  const third = inTurn(turn, waiting(10_000), async () => "third");
  resolve("first");
  expect([await first, await third]).toEqual(["first", "third"]);
});

it("takes over from a process that was killed before it wrote whose turn it is", async () => {
  mkdirSync(turn);
  expect(await inTurn(turn, waiting(0), async () => "done")).toBe("done");
});

it("is had by one at a time, also where many find the turn of one that is gone", async () => {
  for (let round = 0; round < 3; round++) {
    mkdirSync(turn);
    writeFileSync(path.join(turn, "pid"), "999999999\n");
    let atWork = 0;
    const seen = await Promise.all(
      Array.from({ length: 24 }, () =>
        inTurn(turn, waiting(30_000), async () => {
          atWork += 1;
          await new Promise((resolve) => setTimeout(resolve, 20));
          const all = atWork;
          atWork -= 1;
          return all;
        }),
      ),
    );
    expect(seen).toEqual(Array.from({ length: 24 }, () => 1));
  }
});

it("takes over from a process that is gone, and is over when the work fails", async () => {
  mkdirSync(turn);
  writeFileSync(path.join(turn, "pid"), "999999999\n");
  await expect(inTurn(turn, waiting(0), () => Promise.reject(new Error("full")))).rejects.toThrow("full");
  expect(await inTurn(turn, waiting(0), async () => "again")).toBe("again");
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { openDoors } from "../system/doors.ts";
import { openLeaseBook } from "./lease-book.ts";
import { openStateFolder } from "./state-folder.ts";

it("tries again to settle what could not be settled before it gives the next lease", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "gonogo-lease-"));
  await using doors = openDoors();
  try {
    const ends: string[] = [];
    let isFull = true;
    const book = await openLeaseBook({
      clock: doors.clock,
      state: openStateFolder(directory, expect.unreachable),
      tell: () => undefined,
      async onEnd() {
        ends.push(isFull ? "no space left" : "settled");
        if (isFull) throw new Error("no space left");
      },
    });
    const ada = { token: "a", owner: "ada", purpose: "deploy d1" };
    const eve = { token: "e", owner: "eve", purpose: "deploy d2" };
    await book.acquire(ada);
    await expect(book.release("a")).rejects.toThrow("no space left");
    await expect(book.acquire(eve)).rejects.toThrow("no space left");
    expect(book.holder()).toBeUndefined();

    isFull = false;
    await book.acquire(eve);
    expect(book.holder()).toMatchObject({ owner: "eve" });
    await book.release("e");
    expect(ends.slice(0, 2)).toEqual(["no space left", "no space left"]);
    expect(ends.filter((each) => each === "settled")).toHaveLength(2);
    await book.close("ada");
  } finally {
    await rm(directory, { recursive: true });
  }
});

it("settles by itself when there is room again, and says once why it could not", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "gonogo-lease-"));
  await using doors = openDoors();
  try {
    const settled = Promise.withResolvers<void>();
    const said: string[] = [];
    let tries = 0;
    const book = await openLeaseBook({
      clock: doors.clock,
      state: openStateFolder(directory, expect.unreachable),
      tell: (message) => said.push(message),
      async onEnd() {
        tries += 1;
        if (tries < 4) throw new Error("no space left");
        settled.resolve();
      },
    });
    await book.acquire({ token: "a", owner: "ada", purpose: "drill 1" });
    await expect(book.release("a")).rejects.toThrow("no space left");
    // The clock's delays keep no program alive.
    const alive = setInterval(() => undefined, 1_000);
    await settled.promise.finally(() => clearInterval(alive));
    expect(said.filter((each) => each.startsWith("settling failed"))).toEqual([
      "settling failed: no space left",
    ]);
    await book.close("ada");
    expect(tries).toBe(4);
  } finally {
    await rm(directory, { recursive: true });
  }
});

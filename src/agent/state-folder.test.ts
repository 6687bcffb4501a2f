import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { mountSmallDisk } from "../../test/fixtures/small-disk.ts";
import { OutsideError } from "../model/errors.ts";
import { openStateFolder } from "./state-folder.ts";

async function withFolder(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), "gonogo-state-"));
  await work(directory).finally(() => rm(directory, { recursive: true }));
}

test("an entry comes back as it was written last, and only its owner may read it", () =>
  withFolder(async (directory) => {
    const state = openStateFolder(directory, expect.unreachable);
    await Promise.all([1, 2, 3].map((value) => state.write("releases/r1", { value })));
    expect(await state.read("releases/r1")).toEqual({ value: 3 });
    expect((await stat(path.join(directory, "releases/r1.json"))).mode & 0o777).toBe(0o600);
    expect(await readdir(path.join(directory, "releases"))).toEqual(["r1.json"]);
    void state.write("releases/r1", { value: 4 });
    await state.remove("releases/r1");
    expect(await state.read("releases/r1")).toBeUndefined();
  }));

test.each(["", "{", "null", '"text"', "\0\0"])(
  "an entry that holds %j is set aside, the others are read",
  (text) =>
    withFolder(async (directory) => {
      const told: string[] = [];
      const state = openStateFolder(directory, (message) => told.push(message));
      await state.write("releases/r1", { id: "r1" });
      await state.write("releases/r2", { id: "r2" });
      const bad = path.join(directory, "releases/r1.json");
      await writeFile(bad, text);
      expect([...(await state.list("releases"))]).toEqual([["r2", { id: "r2" }]]);
      expect(told).toEqual([expect.stringContaining(bad)]);
      expect(await readFile(`${bad}.unreadable`, "utf8")).toBe(text);
    }),
);

test("a full disk leaves the entry as it was and is named", async () => {
  using disk = mountSmallDisk(1);
  const state = openStateFolder(disk.directory, expect.unreachable);
  await state.write("pointer", { live: "r1" });
  disk.fill();
  const refused = await state
    .write("pointer", { live: "r2", why: "x".repeat(10_000) })
    .catch((thrown: unknown) => thrown);
  expect(refused).toBeInstanceOf(OutsideError);
  expect(String(refused)).toMatch(/cannot write .*pointer\.json: ENOSPC/);
  expect(await state.read("pointer")).toEqual({ live: "r1" });
  disk.free();
  await state.write("pointer", { live: "r3" });
  expect(await readdir(disk.directory)).toEqual(["pointer.json"]);
});

import { chown, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFiles } from "./files.ts";

const files = openFiles();
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gonogo-test-files-"));
});
afterAll(() => rm(directory, { recursive: true }));

test("what was written is read back, with its mode, and no temporary file stays", async () => {
  const path = join(directory, "a.txt");
  await files.write(path, "text");
  await files.write(path, "länger", { mode: 0o600 });
  expect(await files.read(path)).toBe("länger");
  expect((await files.stat(path))?.mode).toBe(0o600);
  expect(await readdir(directory)).toEqual(["a.txt"]);
});

// Nobody else than root may give a file away.
test.runIf(process.getuid?.() === 0)("what root writes again stays whose it was", async () => {
  const path = join(directory, "theirs.txt");
  await files.write(path, "text");
  await chown(path, 1000, 1001);
  await files.write(path, "other");
  expect(await stat(path)).toMatchObject({ uid: 1000, gid: 1001 });
  await files.remove(path);
});

test("what is written into a folder that is not there names the folder, and how to make it", async () => {
  const folder = join(directory, "nowhere");
  await expect(files.write(join(folder, "a.txt"), "text")).rejects.toMatchObject({
    message: expect.stringContaining(`${folder} does not exist`),
    fix: `mkdir -p ${folder}`,
  });
});

test("a failed write leaves the old text and no temporary file", async () => {
  await files.makeDirectory(join(directory, "taken", "inside"));
  await expect(files.write(join(directory, "taken"), "text")).rejects.toMatchObject({ name: "UserError" });
  expect((await stat(join(directory, "taken"))).isDirectory()).toBe(true);
  expect((await files.list(directory)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("what is missing is undefined or empty, not an error", async () => {
  const missing = join(directory, "missing", "deeper");
  expect(await files.read(missing)).toBeUndefined();
  expect(await files.stat(missing)).toBeUndefined();
  expect(await files.list(missing)).toEqual([]);
  await files.remove(missing);
});

test("too large, a directory, an impossible place: the path is named", async () => {
  const path = join(directory, "large");
  await files.write(path, "x".repeat(100));
  await expect(files.read(path, { maxBytes: 99 })).rejects.toThrow(`${path} is larger than 99 B`);
  expect(await files.read(path, { maxBytes: 100 })).toHaveLength(100);
  await expect(files.read(directory)).rejects.toThrow("is a directory");
  await expect(files.write(join(path, "below"), "")).rejects.toThrow("not a directory");
  await expect(files.read("/proc/kallsyms", { maxBytes: 10 })).rejects.toThrow("is larger than 10 B");
  // It never ends, and says that it is empty.
  await expect(files.read("/dev/zero", { maxBytes: 1_000_000 })).rejects.toThrow("is larger than");
});

test("free space is a number of bytes", async () => {
  expect(await files.freeBytes(directory)).toBeGreaterThan(4_096);
});

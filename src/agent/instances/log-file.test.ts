import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lastLines, rotateLog, sizeOf } from "./log-file.ts";

let log: string;
beforeEach(async () => {
  log = path.join(await mkdtemp(path.join(tmpdir(), "gonogo-log-")), "api.0.log");
});
afterEach(() => rm(path.dirname(log), { recursive: true }));

test("rotation keeps the end, twice, and whoever writes goes on in the same file", async () => {
  await writeFile(log, "one\ntwo\n");
  await rotateLog(log, 4);
  expect(await readFile(`${log}.1`, "utf8")).toBe("two\n");
  expect(await sizeOf(log)).toBe(0);
  await appendFile(log, "three\n");
  await rotateLog(log, 100);
  await appendFile(log, "four\n");
  await rotateLog(log, 100);
  expect(await readFile(`${log}.1`, "utf8")).toBe("four\n");
  expect(await readFile(`${log}.2`, "utf8")).toBe("three\n");
});

test("the last lines reach into the rotated file, also without a line break at the end", async () => {
  expect(await lastLines(log, 5)).toEqual([]);
  await writeFile(`${log}.1`, "a\nb\n");
  await writeFile(log, "c\nd");
  expect(await lastLines(log, 3)).toEqual(["b", "c", "d"]);
  expect(await lastLines(log, 1)).toEqual(["d"]);
  expect(await lastLines(log, 50)).toEqual(["a", "b", "c", "d"]);
});

test("of a file without line breaks only the end is read", async () => {
  await writeFile(log, `${"x".repeat(1_000_000)}end`);
  const [line] = await lastLines(log, 10, 1_000);
  expect(line).toHaveLength(1_000);
  expect(line?.endsWith("end")).toBe(true);
});

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { ReleaseOnWire } from "./protocol.ts";
import { openReleaseShelf } from "./release-shelf.ts";
import { openStateFolder } from "./state-folder.ts";

const RELEASE: ReleaseOnWire = {
  id: "r2",
  commit: "c",
  directory: "/nowhere",
  processes: [],
  variables: { GREETING: "hello" },
};

async function given() {
  const directory = mkdtempSync(path.join(tmpdir(), "gonogo-shelf-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const shelf = await openReleaseShelf(openStateFolder(directory, () => undefined));
  await shelf.put(RELEASE, 1);
  await shelf.change("r2", { phase: "failed" });
  const log = path.join(directory, "logs/r2/api.0.log");
  mkdirSync(path.dirname(log), { recursive: true });
  writeFileSync(log, "what the first one said\n");
  return { shelf, log };
}

test("a release put under a name that is being forgotten stays, without what the earlier one said", async () => {
  const { shelf, log } = await given();
  const forgotten = shelf.forget("r2", { words: true });
  const record = await shelf.put(RELEASE, 2);
  expect(existsSync(log)).toBe(false);
  await forgotten;
  expect(shelf.get("r2")).toEqual(record);
  expect(await shelf.load("r2")).toMatchObject({ variables: RELEASE.variables });
});

test("one that was put before it could be forgotten stays when what is up is not to be", async () => {
  const { shelf, log } = await given();
  const put = shelf.put(RELEASE, 2);
  await shelf.forget("r2", { words: true, unless: ({ phase }) => phase === "starting" });
  expect(shelf.get("r2")).toEqual(await put);
  expect(existsSync(log)).toBe(false);
});

test("one that is put while it is being forgotten keeps its code", async () => {
  const base = mkdtempSync(path.join(tmpdir(), "gonogo-shelf-"));
  onTestFinished(() => rmSync(base, { recursive: true }));
  const code = path.join(base, "releases/r2/code");
  for (const each of ["agent", "releases/r2/code"]) mkdirSync(path.join(base, each), { recursive: true });
  const shelf = await openReleaseShelf(openStateFolder(path.join(base, "agent"), () => undefined));
  const release = { ...RELEASE, directory: code };
  await shelf.put(release, 1);
  const forgotten = shelf.forget("r2");
  await Promise.all([shelf.put(release, 2), forgotten]);
  expect(existsSync(code)).toBe(true);
  await shelf.forget("r2");
  expect(existsSync(code)).toBe(false);
});

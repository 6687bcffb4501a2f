import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openDoors } from "../system/doors.ts";
import { keepDependencies } from "./dependencies.ts";

const doors = openDoors();
const root = mkdtempSync(path.join(tmpdir(), "gonogo dependencies-"));
const from = path.join(root, "project");
const into = path.join(root, "release");
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

beforeEach(() => {
  rmSync(from, { recursive: true, force: true });
  rmSync(into, { recursive: true, force: true });
  write({
    "project/package.json": "{}",
    "project/node_modules/left/index.js": "1",
    "project/node_modules/.cache/x": "written in place",
    "project/apps/api/package.json": "{}",
    "project/apps/api/node_modules/right/index.js": "2",
    "project/packages/core/index.js": "what its author is just writing",
    "release/package.json": "{}",
    "release/apps/api/package.json": "{}",
    "release/packages/core/package.json": "{}",
    "release/packages/core/index.js": "released",
  });
  symlinkSync("../packages/core", path.join(from, "node_modules/core"));
});

const keep = (served: readonly string[] = []) =>
  keepDependencies({ from, into, served, doors, signal: AbortSignal.timeout(30_000) });
const inRelease = (name: string) => readFileSync(path.join(into, name), "utf8");

describe("the packages of a release", () => {
  it("are its own, also those of a workspace", async () => {
    await keep();
    rmSync(path.join(from, "node_modules/left"), { recursive: true });
    expect(inRelease("node_modules/left/index.js")).toBe("1");
    expect(inRelease("apps/api/node_modules/right/index.js")).toBe("2");
    expect(inRelease("node_modules/core/index.js")).toBe("released");
    expect(existsSync(path.join(into, "node_modules/.cache"))).toBe(false);
    expect(existsSync(path.join(from, "node_modules/.cache/x"))).toBe(true);
  });

  it("are not put where files are served, and not taken from where they only lead to", async () => {
    await keep(["public", "./apps"]);
    expect(existsSync(path.join(into, "node_modules/left"))).toBe(true);
    expect(existsSync(path.join(into, "apps/api/node_modules"))).toBe(false);
    rmSync(path.join(into, "node_modules"), { recursive: true });
    await keep(["."]);
    expect(existsSync(path.join(into, "node_modules"))).toBe(false);
    rmSync(path.join(from, "apps/api/node_modules"), { recursive: true });
    symlinkSync(path.join(from, "node_modules"), path.join(from, "apps/api/node_modules"));
    await keep();
    expect(existsSync(path.join(into, "apps/api/node_modules"))).toBe(false);
  });
});

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OutsideError } from "../model/errors.ts";
import { openDoors } from "../system/doors.ts";
import { exportSource, readSource } from "./source.ts";

const doors = openDoors();
const root = mkdtempSync(path.join(tmpdir(), "gonogo-source-"));
const project = path.join(root, "repo/apps/shop");
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    cwd: project,
    encoding: "utf8",
  });

beforeAll(() => {
  mkdirSync(project, { recursive: true });
  git("init", "-q", path.join(root, "repo"));
  writeFileSync(path.join(project, "server.js"), "one");
  writeFileSync(path.join(project, ".gitignore"), "secret.env\n");
  writeFileSync(path.join(root, "repo/other.txt"), "not ours");
  git("add", "-A", "../..");
  git("commit", "-q", "-m", "First");
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});

async function exported(name: string) {
  const into = path.join(root, name);
  await exportSource(await readSource(project, doors), { into, doors });
  return into;
}

describe("the source of a release", () => {
  it("tells a git that is missing, or refuses to look, from a project that has no commit", async () => {
    const failing = (stderr: string | undefined) => {
      const run = async () => {
        if (stderr === undefined) throw new OutsideError("git cannot be started: not found");
        return { code: 128, signal: null, stdout: "", stderr, tookMs: 1, timedOut: false };
      };
      return readSource(project, { ...doors, shell: { ...doors.shell, run } });
    };
    await expect(failing(undefined)).rejects.toThrow(
      "git cannot be asked for the code: git cannot be started",
    );
    await expect(failing("fatal: detected dubious ownership in repository at '/x'")).rejects.toThrow(
      /dubious/,
    );
    await expect(failing("fatal: not a git repository")).rejects.toThrow("is not in a git repository");
  });

  it("is the commit of a clean tree, and only the project's own folder of it", async () => {
    const source = await readSource(project, doors);
    expect(source).toMatchObject({ commit: git("rev-parse", "HEAD").trim(), dirty: false, subject: "First" });
    const into = await exported("clean");
    expect(readFileSync(path.join(into, "server.js"), "utf8")).toBe("one");
    expect(existsSync(path.join(into, "other.txt"))).toBe(false);
    expect(existsSync(`${into}.tar`)).toBe(false);
  });

  it("of a dirty tree is what stands there, new files too, ignored ones not, the user's index untouched", async () => {
    writeFileSync(path.join(project, "server.js"), "two");
    writeFileSync(path.join(project, "new.js"), "new");
    writeFileSync(path.join(project, "secret.env"), "KEY=x");
    const before = git("status", "--porcelain");
    const source = await readSource(project, doors);
    expect(source.dirty).toBe(true);
    expect(source.commit).toMatch(/^tree:[0-9a-f]{40}$/);
    const into = await exported("dirty");
    expect(readFileSync(path.join(into, "server.js"), "utf8")).toBe("two");
    expect(existsSync(path.join(into, "new.js"))).toBe(true);
    expect(existsSync(path.join(into, "secret.env"))).toBe(false);
    expect(git("status", "--porcelain")).toBe(before);
    expect((await readSource(project, doors)).commit).toBe(source.commit);
  });

  it("outside a repository is refused with the way out", async () => {
    const bare = path.join(root, "bare");
    mkdirSync(bare);
    await expect(readSource(bare, doors)).rejects.toMatchObject({ fix: expect.stringContaining("git init") });
  });
});

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createProject, gonogo, ownPorts, type Project } from "../fixtures/project.ts";
import { mountSmallDisk, type SmallDisk } from "../fixtures/small-disk.ts";

// One application on a disk of its own that can be filled, live from the start; each test tries to bring it down.
let disk: SmallDisk;
let project: Project;
let live: string;
const run = (...args: string[]) => gonogo(project, args);
const json = (...args: string[]) => JSON.parse(run(...args, "--format", "json").stdout);
const CANARY = "canary-77ab09e1c4d2";
const MEGABYTE = 1_048_576;

const config = () => readFileSync(path.join(project.directory, "gonogo.config.ts"), "utf8");
/** Runs the command with another text of a file, and puts the old one back. */
function withFile<Value>(file: string, text: string, work: () => Value): Value {
  const before = readFileSync(path.join(project.directory, file), "utf8");
  project.write(file, text);
  try {
    return work();
  } finally {
    project.write(file, before);
  }
}
const configured = (from: string, to: string) => {
  expect(config()).toContain(from);
  return config().replace(from, to);
};

beforeAll(async () => {
  disk = mountSmallDisk(64);
  process.env.TMPDIR = disk.directory;
  project = createProject();
  delete process.env.TMPDIR;
  await ownPorts(project);
  expect(run("deploy")).toMatchObject({ code: 0 });
  live = json("status").live;
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  disk[Symbol.dispose]();
});

/** What was live is live and answers, nothing is held, and nothing half made is left. */
function expectUntouched(): void {
  const status = json("status");
  expect(status).toMatchObject({ live, staged: null, lease: null });
  expect(status.instances.every(({ state }: { state: string }) => state === "ready")).toBe(true);
  expect(readdirSync(path.join(project.directory, ".gonogo/staging/releases"))).toEqual([live]);
}

it("a disk that is full before a deploy: refused, with what can be freed", () => {
  disk.fill();
  const { code, stderr } = run("deploy");
  disk.free();
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /no space left on the disk for the store[\s\S]*du -xsh .*\.gonogo.*releases, backups, logs/,
  );
  expectUntouched();
});

it("a disk that a build fills: told as the build's, with the sizes of what is kept, and made room again", () => {
  const text = configured('start: "node', 'build: "cat /dev/zero > filler", start: "node');
  const { code, stdout } = withFile("gonogo.config.ts", text, () => run("deploy"));
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /build: `cat[\s\S]*No space left on device[\s\S]*Gonogo keeps releases [\d.]+ MB, agent/,
  );
  expectUntouched();
});

it("a build that hangs is ended at its limit", () => {
  const text = configured('start: "node', 'build: "sleep 600", start: "node').replace(
    "bake:",
    'buildTimeout: "1s", bake:',
  );
  const { code, stdout } = withFile("gonogo.config.ts", text, () => run("deploy"));
  expect(code).toBe(1);
  expect(stdout).toMatch(/build.*took longer than 1000 ms/);
  expectUntouched();
});

it("a variable of 10 MB is named with its size, never shown", () => {
  const text = `GREETING=${CANARY.repeat((10 * MEGABYTE) / CANARY.length)}\n`;
  const { code, stdout, stderr } = withFile(".env.staging", text, () => run("deploy"));
  expect(code).toBe(1);
  expect(stdout).toContain(
    "gate: .env.staging:1: GREETING has 10.0 MB; a process can be given at most 128.0 KB",
  );
  expect(stdout + stderr).not.toContain(CANARY);
  expectUntouched();
});

it("a declaration of 10 MB is refused by its size", () => {
  const text = `${config()}// ${"x".repeat(10 * MEGABYTE)}\n`;
  const { code, stderr } = withFile("gonogo.config.ts", text, () => run("deploy"));
  expect(code).toBe(2);
  expect(stderr).toMatch(/gonogo\.config\.ts.*10\.0 MB; a declaration has at most 1\.0 MB/s);
  expectUntouched();
});

it("a checklist of 10 MB is refused by its size", () => {
  project.write("LAUNCH.md", "- [ ] It works\n".repeat((10 * MEGABYTE) / 15 - 1));
  const text = configured('name: "tiny",', 'name: "tiny", checklist: "LAUNCH.md",');
  const { code, stderr } = withFile("gonogo.config.ts", text, () => {
    expect(run("logs")).toMatchObject({ code: 0 });
    return run("deploy");
  });
  expect(code).toBe(2);
  expect(stderr).toMatch(/the checklist is 10\.0 MB; at most 1\.0 MB is read\s+at .*LAUNCH\.md/);
  expectUntouched();
});

it("a release whose logs fill the disk goes, and what it wrote goes with it", async () => {
  const { code, stdout } = withFile(".env.staging", "GREETING=hello\nLOG_MEGABYTES=100\n", () =>
    run("deploy"),
  );
  expect(code).toBe(1);
  expect(stdout).toMatch(/deploy d\d+ failed/);
  await expect.poll(() => json("status").instances.length).toBe(3);
  expectUntouched();
});

it("an application that logs 100 MB keeps the newest of it, within its limit", async () => {
  const text = configured('start: "node server.mjs"', 'start: "node server.mjs", logs: "2MB"');
  const { code } = withFile(".env.staging", "GREETING=hello\nLOG_MEGABYTES=100\n", () =>
    withFile("gonogo.config.ts", text, () => run("deploy")),
  );
  expect(code).toBe(0);
  live = json("status").live;
  await expect
    .poll(() => run("logs", "api", "--lines", "5").stdout, { timeout: 30_000 })
    .toContain("the last line");
  // Two instances, each with its log and the two before it.
  expect(sizeOf(path.join(project.directory, ".gonogo/staging/agent/logs"))).toBeLessThan(
    2 * 3 * 2.5 * MEGABYTE,
  );
});

it("an application that starts slowly is waited for", () => {
  const { code } = withFile(".env.staging", "GREETING=hello\nMISBEHAVE=slow\n", () => run("deploy"));
  expect(code).toBe(0);
  live = json("status").live;
});

it("one that leaks is caught while it is watched, and is gone back from", async () => {
  const text = configured('start: "node server.mjs"', 'start: "node server.mjs", memory: "110MB"')
    .replace('bake: "500ms"', 'bake: "20s"')
    .replace('warm: "10m"', 'warm: "1m"');
  const { code, stdout } = withFile(".env.staging", "GREETING=hello\nLEAK=1\n", () =>
    withFile("gonogo.config.ts", text, () => run("deploy")),
  );
  expect(code).toBe(1);
  expect(stdout, stdout).toContain("rolled back");
  expect(json("status").live).toBe(live);
});

function sizeOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(path.join(folder, name)))
    .filter((each) => each.isFile())
    .reduce((sum, each) => sum + each.size, 0);
}

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingFingerprint } from "../../src/model/finding.ts";
import { openStore } from "../../src/store/open-store.ts";
import { openDoors } from "../../src/system/doors.ts";
import { createProject, type Project } from "../fixtures/project.ts";
import { typed } from "../fixtures/typed.ts";

// What a script gets that reads nothing but standard output: of each command its record, or why there is none.

let project: Project;
const doors = openDoors();
const BROKEN = `import { defineLaunch, local, web } from "gonogo";
export default defineLaunch({
  name: "tiny",
  components: { api: web({ strat: "node server.mjs" }) },
  environments: { staging: { target: local(), stage: "stagin" } },
});
`;

beforeAll(async () => {
  project = createProject();
  project.write("LAUNCH.md", "- [ ] Support team trained <!-- gonogo: sign-off -->\n");

  project.write(
    "gonogo.config.ts",
    `import { defineLaunch, local, web } from "gonogo";
export default defineLaunch({
  name: "tiny",
  checklist: "LAUNCH.md",
  components: { api: web({ start: "node server.mjs" }) },
  environments: { staging: { target: local(), variables: ".env.staging" } },
});
`,
  );
  project.write("broken.config.ts", BROKEN);
  await typed(project, ["status"]);
  const file = path.join(project.directory, ".gonogo/gonogo.db");
  await using store = await openStore(file, doors.clock, doors.random);
  await store.evidence.append([
    {
      environment: "staging",
      component: "api",
      check: "http.health",
      outcome: { status: "fail", summary: "s", expected: "e", found: "f", fix: "x" },
      ...{ observedAt: 1, freshUntil: 2, release: undefined, configuration: "c", facts: [] },
    },
  ]);
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

async function recordOf(...words: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await typed(project, [...words, "--format", "json"]);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

describe("what was done", () => {
  it("a sign-off", async () => {
    expect(
      await recordOf("sign", "support-team-trained", "--by", "Ada", "--evidence", "a session"),
    ).toMatchObject({
      kind: "sign",
      environment: "staging",
      item: "support-team-trained",
      by: "Ada",
      doneBy: null,
      evidence: "a session",
      attachment: null,
      release: null,
    });
  });

  it("a waiver", async () => {
    const finding = findingFingerprint("api", "http.health", "");
    expect(await recordOf("waive", finding, "--reason", "known", "--for", "3d")).toMatchObject({
      kind: "waive",
      finding,
      about: "api/http.health",
      reason: "known",
    });
  });

  it("keys, the one that was made with what opens, all others without", async () => {
    const made = await recordOf("key", "add", "ci");
    expect(made).toMatchObject({ kind: "key", name: "ci", scope: "read" });
    expect(made.key).toMatch(/^gonogo_/);
    const listed = await recordOf("key");
    expect(listed).toMatchObject({ kind: "keys", keys: [{ name: "ci", lastUsedAt: null, revokedAt: null }] });
    expect(JSON.stringify(listed)).not.toContain(made.key);
    expect(await recordOf("key", "revoke", "ci")).toMatchObject({
      keys: [{ revokedAt: expect.any(Number) }],
    });
  });

  it("a row of evidence", async () => {
    expect(await recordOf("report", "--evidence", "1")).toMatchObject({
      kind: "evidence",
      row: 1,
      check: "http.health",
      outcome: { status: "fail" },
    });
  });
});

const PROGRAM = path.join(import.meta.dirname, "../../bin/gonogo.mjs");

/** Types it as a script does. */
function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], {
    cwd: project.directory,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

it("serve says in a line where it answers, and what is for people elsewhere", async () => {
  const child = spawn(process.execPath, [PROGRAM, "serve", "--format", "json"], { cwd: project.directory });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const record = JSON.parse(line.toString());
  expect(record).toMatchObject({ kind: "serve", environment: "staging", pid: child.pid, heartbeats: [] });
  expect(record.statusPage).toBe(`${record.dashboard}status`);
  expect((await fetch(record.api)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

describe("what is wrong", () => {
  it.each([
    ["an unknown option", ["check", "--nosuch"], "unknown option '--nosuch'", "gonogo check --help"],
    ["a mistyped option", ["check", "--onyl", "web"], "unknown option '--onyl'", "Did you mean --only?"],
    [
      "a missing argument",
      ["sign", "--evidence", "x"],
      "missing required argument 'item'",
      "gonogo sign --help",
    ],
    [
      "a missing option",
      ["waive", "3f2a91c07b55"],
      "required option '--reason <text>' not specified",
      "gonogo waive --help",
    ],
    ["too many arguments", ["plan", "staging"], "too many arguments for 'plan'", "gonogo plan --help"],
    ["a mistyped command", ["chekc"], "unknown command 'chekc'", "Did you mean check?"],
    [
      "a mistyped environment",
      ["plan", "--env", "stagin"],
      'there is no environment "stagin" (did you mean "staging"?)',
      "--env with one of: staging",
    ],
    [
      "a mistyped action",
      ["store", "mov"],
      'there is no action "mov" (did you mean "move"?)',
      "one of: show, move",
    ],
    [
      "a mistyped drill",
      ["drill", "rolback"],
      'there is no drill "rolback" (did you mean "rollback"?)',
      "one of: restore",
    ],
    [
      "a release there is not",
      ["logs", "--release", "r99"],
      'there is no release "r99"',
      "gonogo deploy --env staging makes the first",
    ],
    ["a check there is not", ["check", "--only", "http.helth"], "http.helth", "name a check"],
    [
      "a release to go back to there is not",
      ["rollback", "--to", "r99"],
      'there is no release "r99"',
      "makes the first",
    ],
    [
      "a command to be helped with",
      ["help", "chekc"],
      'there is no command "chekc" (did you mean "check"?)',
      "stop, completion",
    ],
    [
      "an option before the command",
      ["--env", "staging", "check"],
      "--env stands before the command",
      "gonogo check --env ...",
    ],
    [
      "a silence that does not last",
      ["silence", "end", "s9"],
      'there is no silence that lasts "s9"',
      "--all",
    ],
    [
      "what is not watched",
      ["silence", "add", "ap", "--for", "1h", "--reason", "x"],
      'is called ap (did you mean "api"?)',
      "components are",
    ],
  ])("%s is on standard output for programs, on standard error for people", (_, words, message, fix) => {
    const { status, stdout, stderr } = run(...words, "--format", "json");
    const record = JSON.parse(stdout);
    expect(record).toMatchObject({ version: 1, kind: "error", exitCode: 2, mistakes: [] });
    expect(record.message).toContain(message);
    expect(record.fix).toContain(fix);
    expect(status).toBe(2);
    expect(stderr).not.toBe("");
  });

  it("people get it as before, and nothing on standard output", () => {
    const { stderr, ...rest } = run("plan", "--env", "stagin");
    expect(rest).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe(run("plan", "--env", "stagin", "--format", "json").stderr);
  });

  it("a format that is nearly JSON, and one that is not", () => {
    expect(JSON.parse(run("check", "--format", "jsonn").stdout)).toMatchObject({
      message: 'there is no format "jsonn" (did you mean "json"?)',
    });
    expect(run("check", "--format", "yaml")).toMatchObject({ status: 2, stdout: "" });
  });

  it("a report is not written to a file whose ending says no format", () => {
    const { status, stderr } = run("report", "--output", "x.pdf");
    expect([status, existsSync(path.join(project.directory, "x.pdf"))]).toEqual([2, false]);
    expect(stderr).toContain("no format of a report goes by the ending .pdf");
  });

  it("each mistake of a declaration by itself", () => {
    const { status, stdout, stderr } = run("plan", "--config", "broken.config.ts", "--format", "json");
    expect(status).toBe(2);
    expect(stderr).toContain("2 mistakes in broken.config.ts");
    expect(JSON.parse(stdout)).toMatchObject({
      kind: "error",
      place: "broken.config.ts:4:28",
      mistakes: [
        { path: "components.api.strat", file: "broken.config.ts", line: 4 },
        { path: "environments.staging.stage", line: 5 },
      ],
    });
  });
});

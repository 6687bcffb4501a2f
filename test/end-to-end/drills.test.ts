import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { builtCommand } from "../fixtures/built-command.ts";
import { createDatabaseProject, withBackups } from "../fixtures/database-project.ts";
import { gonogo, type Project } from "../fixtures/project.ts";

/** Several deploys each: seconds here, more on a machine that others use too. */
const LONG = { timeout: 240_000 };

let project: Project;
const run = (...args: string[]) => gonogo(project, args);
const json = (...args: string[]) => JSON.parse(run(...args, "--format", "json").stdout);
const drill = (name: string) => json("drill", name, "--yes").outcome;
const lines = () =>
  new Map<string, { state: string; reason: string }>(
    json("status").check.items.map((item: { id: string; state: string; reason: string }) => [item.id, item]),
  );
const WAY_BACK = "the-way-back-to-the-previous-release-was-walked";
const DATABASE = "the-database-went-away-and-came-back";

beforeAll(async () => {
  project = await createDatabaseProject();
  const config = withBackups(project).replace("postgres({", "postgres({ backup: { pointInTime: true },");
  project.write("gonogo.config.ts", config);
  project.commit("Backups");
  expect(run("deploy")).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
});

it("is held only where the environment allows it, and never without being confirmed", LONG, () => {
  const file = path.join(project.directory, "gonogo.config.ts");
  const config = readFileSync(file, "utf8");
  project.write("gonogo.config.ts", config.replace(', allows: ["read", "drill"]', ""));
  const refused = run("drill", "database", "--yes");
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('environments.staging: { allows: ["read", "active", "drill"] }');
  project.write("gonogo.config.ts", config);

  const asked = run("drill", "worker");
  expect(asked.code).toBe(2);
  expect(asked.stderr).toMatch(/kills every instance of jobs with SIGKILL[\s\S]*--yes/);
  const listed: { last: unknown }[] = json("drill", "--list").drills;
  expect(listed.length).toBeGreaterThan(3);
  expect(listed.filter(({ last }) => last !== null)).toEqual([]);
});

it("walks the way back and forward under a prober, and answers its line of the checklist", LONG, () => {
  expect(lines().get(WAY_BACK)).toMatchObject({
    state: "unanswered",
    reason: expect.stringMatching(/^the drill has not been held/),
  });
  const { status, measured } = drill("rollback");
  expect(status).toBe("pass");
  expect(measured).toMatchObject({ failed: 0, promisedMs: 900_000 });
  expect(measured.requests).toBeGreaterThan(10);
  expect(json("status").live).toBe("r2");
  const states = json("releases").releases.map(({ state }: { state: string }) => state);
  expect(states).toEqual(["live", "replaced"]);
  expect(lines().get(WAY_BACK)).toMatchObject({ state: "go" });

  const file = path.join(project.directory, "gonogo.config.ts");
  const config = readFileSync(file, "utf8");
  project.write("DRILLED.md", "- [ ] Rollback rehearsed <!-- gonogo: drill rollback -->\n");
  const listed = config.replace(/checklist: "[^"]*",/, "");
  project.write("gonogo.config.ts", listed.replace(/name: "\w+",/, '$& checklist: "DRILLED.md",'));
  expect(run("report", "--write", "--dry-run")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/\+- \[x\] Rollback rehearsed .*gonogo-ticked .* staging r2 evidence \d+/),
  });
  project.write("gonogo.config.ts", config);
});

it("takes the database away: readiness tells the truth, and the application recovers by itself", LONG, () => {
  const before = json("status").instances;
  const { status, measured } = drill("database");
  expect(status).toBe("pass");
  expect(measured.truthMs).toBeLessThan(20_000);
  const pids = (all: { process: string; pid: number }[]) =>
    all.filter(({ process }) => process === "api").map(({ pid }) => pid);
  expect(pids(json("status").instances)).toEqual(pids(before));
  expect(lines().get(DATABASE)).toMatchObject({ state: "go" });
});

it("restores a backup made now, and compares it with what it was made from", LONG, () => {
  const { status, measured } = drill("restore");
  expect(status).toBe("pass");
  expect(measured).toMatchObject({ tables: 2, promisedMs: 900_000 });
  expect(measured.rows).toBeGreaterThan(5_000);
});

it("brings a deleted row back beside the live database, as of the moment before", LONG, () => {
  const { status, measured } = drill("point-in-time");
  expect(status).toBe("pass");
  expect(measured).toMatchObject({ component: "db", promisedMs: 900_000 });
  const listed: { drill: string; last: { heldAt: number } | null }[] = json("drill", "--list").drills;
  expect(listed.find((each) => each.drill === "point-in-time")?.last).toMatchObject({
    outcome: { status: "pass" },
  });
});

it("kills every worker, has a new certificate served, and leaves everything running", LONG, () => {
  const worker = drill("worker");
  // The application says of no job how it is sent: that is told, not passed over.
  expect(worker).toMatchObject({ status: "warn", measured: { killed: 1 } });
  expect(drill("certificate")).toMatchObject({ status: "pass", measured: { failed: 0 } });
  const { instances } = json("status");
  expect(new Set(instances.map(({ state }: { state: string }) => state))).toEqual(new Set(["ready"]));
});

it("whose command is killed half-way is undone by the next one", LONG, async () => {
  const args = [builtCommand(), "drill", "database", "--yes", "--project", project.directory];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  for await (const chunk of child.stderr) if (String(chunk).includes("db is stopped")) break;
  child.kill("SIGKILL");
  await once(child, "exit");

  const next = run("status");
  expect(next.stderr).toMatch(
    /drill \d+ \(database\) broke off: its command was ended; everything runs as before/,
  );
  const { instances, lease } = json("status");
  expect(lease).toBeNull();
  expect(new Set(instances.map(({ state }: { state: string }) => state))).toEqual(new Set(["ready"]));
  expect(run("status").stderr).not.toContain("broke off");
  expect(drill("database").status).toBe("pass");
});

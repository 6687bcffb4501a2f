import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AgentStatus } from "../../src/agent/protocol.ts";
import { agentOf } from "../fixtures/agent-of.ts";
import { builtCommand } from "../fixtures/built-command.ts";
import { createDatabaseProject, withBackups } from "../fixtures/database-project.ts";
import { gonogo, type Project } from "../fixtures/project.ts";

/** Several deploys each: seconds here, more on a machine that others use too. */
const LONG = { timeout: 240_000 };

let project: Project;
/** Of this test alone, open to whoever runs the scratch servers that are made in it. */
const temporary = mkdtempSync(path.join(tmpdir(), "gonogo-test-"));
chmodSync(temporary, 0o1777);
const run = (...args: string[]) => gonogo(project, args, { TMPDIR: temporary });
const json = (...args: string[]) => JSON.parse(run(...args, "--format", "json").stdout);

beforeAll(async () => {
  project = await createDatabaseProject();
  expect(run("deploy")).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  rmSync(temporary, { recursive: true });
});

const scratchServers = () => readdirSync(temporary).filter((name) => name.startsWith("gonogo-scratch-"));

function deployWith(files: Record<string, string>, ...args: string[]) {
  for (const [file, text] of Object.entries(files)) project.write(file, text);
  project.commit("Another migration");
  return json("deploy", ...args);
}

it("a migration that only adds is rehearsed, and the way back is shown to be code only", LONG, () => {
  const plan = () => json("plan").rehearsal;
  expect(plan()).toMatchObject({ will: false, why: "nothing is to be migrated" });
  project.write("migrations/002_note.sql", "alter table reader add column note text;\n");
  expect(plan()).toMatchObject({ will: true, previous: "r1", asks: ["/health", "/ready", "/readers"] });

  const { release, steps } = deployWith({});
  expect(release.rehearsal).toMatchObject({
    migrations: ["002_note.sql"],
    previous: "r1",
    verdict: "code only",
    figures: { rowsChanged: 0 },
  });
  expect(release.rehearsal.backup).toBe(release.backup);
  expect(release.rehearsal.figures.reader.tries).toBeGreaterThan(1);
  const done = steps.filter(({ state }: { state: string }) => state === "done");
  const order = done.map(({ step }: { step: string }) => step);
  expect(order.slice(order.indexOf("backup"))).toEqual(expect.arrayContaining(["rehearse", "migrate"]));
  expect(order.indexOf("rehearse")).toBeGreaterThan(order.indexOf("backup"));
  expect(order.indexOf("migrate")).toBeGreaterThan(order.indexOf("rehearse"));

  const back = json("rollback");
  expect(back).toMatchObject({ deploy: { state: "done" }, release: { id: "r1" }, downtime: { failed: 0 } });
  expect(back.told.join()).toContain(
    "code-only rollback: r1 answered /health, /ready, /readers on the migrated copy",
  );
  expect(json("rollback", "--to", "r2")).toMatchObject({ release: { id: "r2" } });
});

it("a slow one is refused past its budget before the data is touched", LONG, () => {
  const slow = "alter table reader add column slow text;\nselect pg_sleep(2.4);\n";
  const { deploy, release } = deployWith({ "migrations/003_next.sql": slow });
  expect(deploy.state).toBe("failed");
  expect(deploy.reason).toMatch(
    /^rehearse: .*budget: a read of reader waited 2\.\d s, and may wait 2\.0 s; a write/,
  );
  const { figures } = release.rehearsal;
  expect(figures.locks[0]).toMatchObject({ table: "reader", mode: "AccessExclusiveLock" });
  expect(figures.locks[0].heldMs).toBeGreaterThan(2_000);
  expect(figures.writer.worstMs).toBeGreaterThan(2_000);
  expect(json("status")).toMatchObject({ live: "r2", staged: null, lease: null });
  expect(json("plan").migrations.pending).toEqual(["003_next.sql"]);
});

it(
  "a command killed while it rehearses leaves no server, no copy of the old release and no lock",
  LONG,
  async () => {
    const args = [builtCommand(), "deploy", "--project", project.directory];
    const env = { ...process.env, TMPDIR: temporary };
    const child = spawn(process.execPath, args, { stdio: "ignore", env });
    const agent = agentOf(project);
    const status = () => agent.send("status", {});
    const rehearsing = (status: AgentStatus) =>
      status.lease?.step === "rehearse" &&
      status.instances.some(({ release, state }) => release === "r2-rehearsal" && state === "ready");
    // The agent is asked: to start a command takes longer than what is waited for.
    while (!rehearsing(await status())) expect(child.exitCode).toBeNull();
    child.kill("SIGKILL");
    await once(child, "exit");
    const isQuiet = ({ lease, staged, instances }: AgentStatus) =>
      lease === undefined &&
      staged === undefined &&
      instances.every(({ release }) => release !== "r2-rehearsal");
    const deadline = performance.now() + 30_000;
    while (!isQuiet(await status()) || scratchServers().length > 0) {
      expect(performance.now(), JSON.stringify(json("status"))).toBeLessThan(deadline);
      await delay(50);
    }
    expect(json("status")).toMatchObject({ live: "r2", staged: null, lease: null });
    expect(json("plan").migrations.pending).toEqual(["003_next.sql"]);
  },
);

it("one that takes away what the live release uses is refused", LONG, () => {
  const server = readFileSync(path.join(project.directory, "server.mjs"), "utf8");
  const contract =
    "alter table reader drop column name;\nalter table reader alter column rate_minor type numeric;\n";
  const { deploy, release } = deployWith({
    "migrations/003_next.sql": contract,
    "server.mjs": server.replace("select name from", "select id from"),
  });
  expect(deploy.reason).toMatch(
    /r2 is live and does not run on the migrated schema: r2 \/readers answered 500/,
  );
  const rewritten = release.rehearsal.figures.rewritten.map(({ table }: { table: string }) => table);
  expect(rewritten).toContain("reader");
  expect(json("plan").migrations.pending).toEqual(["003_next.sql"]);
});

it("it goes out with a reason, and the way back is then closed to code alone", LONG, () => {
  // With declared backups, which are compared with what they were made from.
  const files = { "gonogo.config.ts": withBackups(project) };
  const { deploy, release, steps } = deployWith(files, "--reason", "nobody reads at night");
  expect(deploy).toMatchObject({ state: "done", reason: null });
  const { verdict, proof, backup } = release.rehearsal;
  expect(verdict).toBe("restore needed");
  expect(proof).toMatch(/^proven: \d+ rows of 2 tables agree/);
  expect(backup).toMatch(/^b\d{8}T\d{6}Z-/);
  expect(backup).toBe(release.backup);
  const isBackup = (each: { step: string; state: string }) => each.step === "backup" && each.state === "done";
  expect(steps.filter(isBackup).map(({ detail }: { detail: { about: string } }) => detail.about)).toEqual([
    "before the migration",
    `before the switch: ${backup} is recent enough`,
  ]);
  // One dump is enough for the way back, its proof and the rehearsal.
  expect(json("backups").backups.map(({ id }: { id: string }) => id)).toEqual([backup]);

  const rollback = run("rollback");
  expect(rollback.code).toBe(2);
  expect(rollback.stderr).toMatch(/r2 was shown not to run on the schema as it is/);
  expect(rollback.stderr).toMatch(/loses what was written in the [\d.]+ /);
  expect(json("status").live).toBe(release.id);

  const told = json("rollback", "--reason", "better than nothing");
  expect(told).toMatchObject({ deploy: { state: "done" }, release: { id: "r2" } });
  expect(told.told.join()).toContain("onto a schema that r2 does not run on");
});

import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabaseProject } from "../fixtures/database-project.ts";
import { gonogo, type Project } from "../fixtures/project.ts";
import { startGonogo } from "../fixtures/running-command.ts";

let project: Project;
const run = (...args: string[]) => gonogo(project, args);
const json = (...args: string[]) => JSON.parse(run(...args, "--format", "json").stdout);

beforeAll(async () => {
  project = await createDatabaseProject();
  expect(run("deploy")).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
});

it("a migration that dies half-way leaves the old release serving, and the next deploy finishes it", () => {
  project.write("migrations/002_note.sql", "alter table reader add column note text;\n");
  project.write("migrations/003_bio.sql", "alter table reader add column bio text;\n");
  // The first run is the rehearsal's, on a copy; the second is on the data, and is killed inside a transaction.
  const runs = path.join(project.directory, ".gonogo/runs");
  const script = readFileSync(path.join(project.directory, "migrate.mjs"), "utf8");
  const commit = '  await client.query("commit");';
  expect(script).toContain(commit);
  const dying = `  if (name.startsWith("003")) {
    const { appendFileSync, readFileSync } = await import("node:fs");
    appendFileSync(${JSON.stringify(runs)}, "x");
    if (readFileSync(${JSON.stringify(runs)}, "utf8") === "xx") process.kill(process.pid, "SIGKILL");
  }
`;
  project.write("migrate.mjs", script.replace(commit, dying + commit));
  project.commit("Two migrations, the second of which dies");

  const failed = json("deploy");
  expect(failed.deploy.state).toBe("failed");
  expect(failed.deploy.reason).toMatch(/^migrate: .*node migrate\.mjs` exited with 137/);
  expect(failed.deploy.reason).toContain("went through: 002_note.sql; did not: 003_bio.sql");
  expect(json("status")).toMatchObject({ live: "r1", staged: null, lease: null });
  expect(json("plan").migrations.pending).toEqual(["003_bio.sql"]);

  const next = json("deploy");
  expect(next).toMatchObject({ deploy: { state: "done" }, downtime: { failed: 0 } });
  expect(next.release.migrations).toEqual(["001_readers.sql", "002_note.sql", "003_bio.sql"]);
});

it("says how far a migration came that a person stopped", async () => {
  project.write("migrations/004_first.sql", "alter table reader add column first text;\n");
  project.write(
    "migrations/005_slow.sql",
    "select pg_sleep(case when inet_server_port() = LIVE then 60 else 0 end);\n".replace("LIVE", livePort()),
  );
  project.commit("Two migrations, the second of which takes long on the data");
  const deploying = startGonogo(project, ["deploy"]);
  await deploying.wrote(/✓ rehearse/);
  await firstIsThere();
  process.kill(deploying.pid, "SIGINT");
  const { code, stdout } = await deploying.ended;
  expect(code).toBe(1);
  expect(stdout).toContain("migrate: stopped by SIGINT");
  expect(stdout).toContain("of the migrations went through: 004_first.sql; did not: 005_slow.sql");
  expect(json("plan").migrations.pending).toEqual(["005_slow.sql"]);
});

function livePort(): string {
  const file = path.join(project.directory, ".gonogo/staging/provisioned.json");
  return new URL(JSON.parse(readFileSync(file, "utf8")).DATABASE_URL).port;
}

/** Resolves when the first of the two is applied to the data. */
async function firstIsThere(): Promise<void> {
  while (json("plan").migrations.pending.includes("004_first.sql")) await delay(50);
}

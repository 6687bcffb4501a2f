import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { createDatabaseProject } from "../fixtures/database-project.ts";
import { startPostgres } from "../fixtures/postgres.ts";
import { createProject, gonogo, ownPorts } from "../fixtures/project.ts";

it("the first deploy to a database with data backs it up and rehearses before it migrates", async () => {
  await using server = await startPostgres();
  await using project = await createDatabaseProject();
  const url = server.url.reveal();
  const { PG_CLIENT } = Object.fromEntries([
    readFileSync(path.join(project.directory, ".env.staging"), "utf8").trim().split("="),
  ]);
  project.write(".env.staging", `PG_CLIENT=${PG_CLIENT}\nDATABASE_URL=${url}\n`);
  const env = { ...process.env, PG_CLIENT, DATABASE_URL: url };
  execFileSync(process.execPath, ["migrate.mjs"], { cwd: project.directory, env });
  await server.admin(
    "alter role app set statement_timeout = '10s'; alter role app set lock_timeout = '3s'; alter role app set idle_in_transaction_session_timeout = '30s'",
  );
  await server.run("insert into reader (name) values ('Ada'), ('Eve')");
  project.write("migrations/002_note.sql", "alter table reader add column note text;\n");
  project.commit("A column more");

  const { code, stdout } = gonogo(project, ["deploy", "--format", "json"]);
  expect(code, stdout).toBe(0);
  const { steps, release } = JSON.parse(stdout);
  const done = steps
    .filter(({ state }: { state: string }) => state === "done")
    .map(({ step }: { step: string }) => step);
  expect(done.slice(0, 6)).toEqual(["lock", "gate", "build", "backup", "rehearse", "migrate"]);
  expect(release).toMatchObject({
    migrations: ["001_readers.sql", "002_note.sql"],
    rehearsal: { migrations: ["002_note.sql"], previous: null, verdict: "not shown" },
  });
  expect(release.backup).toEqual(expect.any(String));
});

it("a first release that goes bad has nothing to go back to, and the deploy says that it is live", async () => {
  await using project = createProject();
  await ownPorts(project);
  const config = readFileSync(path.join(project.directory, "gonogo.config.ts"), "utf8");
  project.write("gonogo.config.ts", config.replace('bake: "500ms"', 'bake: "5s"'));
  project.write(".env.staging", "GREETING=hello\nMISBEHAVE=later\n");
  project.commit("Bad after two seconds");

  const { code, stdout } = gonogo(project, ["deploy"]);
  expect(code).toBe(1);
  expect(stdout).toContain("deploy d1 failed");
  expect(stdout).not.toContain("↩ switch");
  expect(stdout).toContain("r1 is live all the same: there is no earlier release to go back to");
  const { releases } = JSON.parse(gonogo(project, ["releases", "--format", "json"]).stdout);
  expect(releases).toMatchObject([{ id: "r1", state: "live" }]);
});

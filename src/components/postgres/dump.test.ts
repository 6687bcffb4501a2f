import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../test/fixtures/postgres.ts";
import type { Doors } from "../../model/doors.ts";
import type { Secret } from "../../model/secret.ts";
import { openDoors } from "../../system/doors.ts";
import { backUp } from "./dump.ts";
import { postgresOptions } from "./options.ts";

let server: TestPostgres;
let directory: string;
beforeAll(async () => {
  server = await startPostgres();
  await server.run("create table note (id int primary key, text text); insert into note values (1, 'kept')");
});
afterAll(() => server.stop());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "gonogo-test-dump-"));
  return () => rmSync(directory, { recursive: true, force: true });
});

async function dump(
  url: Secret,
  change: (doors: Doors) => Doors = (doors) => doors,
  signal = new AbortController().signal,
) {
  await using doors = openDoors();
  return backUp(postgresOptions.parse({}), {
    directory: join(directory, "new"),
    variables: new Map([["DATABASE_URL", url]]),
    doors: change(doors),
    signal,
  });
}

describe("a backup", () => {
  it("can be restored, is readable for its owner only, and left no password anywhere it can be seen", async () => {
    const commands: string[] = [];
    const listening = (doors: Doors): Doors => ({
      ...doors,
      shell: {
        ...doors.shell,
        run: (command) => {
          commands.push([command.file, ...(command.args ?? [])].join(" "));
          return doors.shell.run(command);
        },
      },
    });
    const { file, sizeBytes } = await dump(server.url, listening);
    expect(file).toMatch(/\/app-\d{8}T\d{6}Z\.dump$/);
    expect(statSync(file)).toMatchObject({ size: sizeBytes, mode: 0o100600 });
    const password = new URL(server.url.reveal()).password;
    expect(commands.some((each) => each.includes("--format=custom"))).toBe(true);
    expect(commands.join()).not.toContain(password);
    const copy = await server.database("copy");
    execFileSync("pg_restore", ["--no-owner", "--dbname", copy.url.reveal(), file]);
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: copy.url.reveal() });
    await client.connect();
    const { rows } = await client.query("select text from note");
    await client.end();
    expect(rows).toEqual([{ text: "kept" }]);
  });

  it("is refused when rows are hidden from its role, and leaves no part of a file", async () => {
    await server.run(
      "create table own (id int); alter table own enable row level security; alter table own force row level security",
    );
    await expect(dump(server.url)).rejects.toMatchObject({
      message: expect.stringContaining("row-level security"),
      fix: expect.stringContaining("bypassrls"),
    });
    expect(readdirSync(join(directory, "new"))).toEqual([]);
    await server.run("drop table own");
  });

  it("is refused before it begins when the disk is too small", async () => {
    const full = (doors: Doors): Doors => ({
      ...doors,
      files: { ...doors.files, freeBytes: async () => 4_096 },
    });
    await expect(dump(server.url, full)).rejects.toThrow(/may not fit: 4\.0 KB are free/);
    expect(readdirSync(join(directory, "new"))).toEqual([]);
  });

  it("says which pg_dump is too old, and what to install", async () => {
    const old = join(directory, "pg_dump");
    writeFileSync(old, "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n");
    chmodSync(old, 0o755);
    const aged = (doors: Doors): Doors => ({
      ...doors,
      files: { ...doors.files, list: async () => [] },
      shell: { ...doors.shell, find: async () => old },
    });
    await expect(dump(server.url, aged)).rejects.toMatchObject({
      message: expect.stringMatching(/^pg_dump 9\.6\.24 is older than the server \(PostgreSQL \d+\)/),
      fix: expect.stringMatching(/^apt-get install postgresql-client-\d+$/),
    });
  });

  it("leaves nothing when it is given up half-way", async () => {
    const giveUp = new AbortController();
    const slow = (doors: Doors): Doors => ({
      ...doors,
      shell: {
        ...doors.shell,
        run: (command) => {
          if (command.args?.includes("--format=custom")) giveUp.abort(new Error("given up"));
          return doors.shell.run(command);
        },
      },
    });
    await expect(dump(server.url, slow, giveUp.signal)).rejects.toThrow(/given up/);
    expect(readdirSync(join(directory, "new"))).toEqual([]);
  });

  it("is refused without an address", async () => {
    await using doors = openDoors();
    const request = { directory, variables: new Map(), doors, signal: new AbortController().signal };
    await expect(backUp(postgresOptions.parse({}), request)).rejects.toThrow("DATABASE_URL is not set");
  });
});

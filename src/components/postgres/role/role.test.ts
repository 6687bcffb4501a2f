import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { leastPrivilege, poolTimeouts, publicSchemaCreate } from "./checks.ts";
import { inAddress, parseSetting } from "./timeouts.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe("postgres.role.least-privilege", () => {
  it("passes for a plain role", async () => {
    expect(await askOne({ url: server.url }, leastPrivilege)).toMatchObject({ status: "pass" });
  });

  it("fails for a superuser in other words than for single powers", async () => {
    expect(await askOne({ url: server.adminUrl }, leastPrivilege)).toMatchObject({
      status: "fail",
      summary: "the application logs in as a superuser",
      findings: ["postgres:superuser"],
    });
    await server.admin(`alter role app createdb bypassrls; grant pg_execute_server_program to app`);
    const outcome = await askOne({ url: server.url }, leastPrivilege);
    expect(outcome).toMatchObject({
      status: "fail",
      findings: ["app:createdb", "app:bypassrls", "app:pg_execute_server_program"],
    });
    await server.admin((outcome as { fix: string }).fix);
    expect(await askOne({ url: server.url }, leastPrivilege)).toMatchObject({ status: "pass" });
  });

  it("warns of an owner, and its fix takes the tables away", async () => {
    await server.run("create table kept (id int primary key)");
    const outcome = await askOne({ url: server.url }, leastPrivilege);
    expect(outcome).toMatchObject({ status: "warn", found: "kept of app", findings: ["kept"] });
    const [give = ""] = (outcome as { fix: string }).fix.split(" and ");
    await server.admin(`create role migrator; ${give}`);
    expect(await askOne({ url: server.url }, leastPrivilege)).toMatchObject({ status: "pass" });
  });

  it("looks at the role requests run as too, and is unknown when there is none of that name", async () => {
    await server.admin(`create role "Web User" createrole`);
    const outcome = await askOne({ url: server.url, options: { appRole: "Web User" } }, leastPrivilege);
    expect(outcome).toMatchObject({ status: "fail", fix: 'alter role "Web User" nocreaterole;' });
    expect(await askOne({ url: server.url, options: { appRole: "nobody" } }, leastPrivilege)).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining('"nobody"'),
    });
  });
});

describe("postgres.role.public-schema-create", () => {
  it("fails when PUBLIC may create, and its fix mends it", async () => {
    const db = await server.database("open");
    const options = { schemas: ["public", "Odd Schema"] };
    expect(await askOne({ url: db.url, options }, publicSchemaCreate)).toMatchObject({ status: "pass" });
    const admin = { url: db.adminUrl, options };
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: db.adminUrl.reveal() });
    await client.connect();
    await client.query(`create schema "Odd Schema"; grant create on schema public, "Odd Schema" to public`);
    const outcome = await askOne(admin, publicSchemaCreate);
    expect(outcome).toMatchObject({ status: "fail", findings: ["Odd Schema", "public"] });
    await client.query((outcome as { fix: string }).fix);
    await client.end();
    expect(await askOne(admin, publicSchemaCreate)).toMatchObject({ status: "pass" });
  });
});

describe("postgres.pool.timeouts", () => {
  it("fails when they are not set, passes with its own fix, and fails again when they are too long", async () => {
    const outcome = await askOne({ url: server.url }, poolTimeouts);
    expect(outcome).toMatchObject({ status: "fail", summary: "3 of 3 time-outs not set" });
    await server.admin((outcome as { fix: string }).fix);
    expect(await askOne({ url: server.url }, poolTimeouts)).toMatchObject({
      status: "pass",
      measured: { statement_timeoutMs: 15_000, lock_timeoutMs: 5_000 },
    });
    const options = { timeouts: { statement: "10s" } };
    expect(await askOne({ url: server.url, options }, poolTimeouts)).toMatchObject({
      status: "fail",
      summary: "time-outs are longer than declared",
      found: "statement_timeout 15 s from role app",
    });
  });

  it("takes the database's setting, and over it the role's in that database", async () => {
    const db = await server.database("limits");
    const settings = (role: string) => `
      alter ${role} set statement_timeout = '20s';
      alter ${role} set lock_timeout = '2s';
      alter ${role} set idle_in_transaction_session_timeout = '1min'`;
    await server.admin(settings("database limits"));
    const limits = { timeouts: { statement: "1s" } };
    expect(await askOne({ url: db.url, options: limits }, poolTimeouts)).toMatchObject({
      found: "statement_timeout 20 s from database limits",
    });
    await server.admin(`alter role limits in database limits set statement_timeout = '900ms'`);
    expect(await askOne({ url: db.url, options: limits }, poolTimeouts)).toMatchObject({ status: "pass" });
  });

  it("reads times as PostgreSQL writes them, and those in an address", () => {
    expect(["15s", "1min", "30000", "2h", "0", " 500 ms ", "'5s'"].map(parseSetting)).toEqual([
      15_000, 60_000, 30_000, 7_200_000, 0, 500, 5_000,
    ]);
    expect(inAddress("postgres://h/d?options=-c%20statement_timeout%3D5s&lock_timeout=900")).toEqual({
      statement_timeout: { ms: 5_000, from: "the address" },
      lock_timeout: { ms: 900, from: "the address" },
    });
  });
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { rawAnswer } from "../../test/fixtures/http-servers.ts";
import { startPostgres, type TestPostgres } from "../../test/fixtures/postgres.ts";
import { OutsideError } from "../model/errors.ts";
import { Secret } from "../model/secret.ts";
import { openSql } from "./sql.ts";

const sql = openSql();
let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
  await postgres.run(
    "create table reader (id int primary key, name text); insert into reader values (1, 'Ann')",
  );
});
afterAll(() => postgres.stop());

async function failureOf(work: Promise<unknown>): Promise<OutsideError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof OutsideError) return thrown;
  throw new Error(`expected an OutsideError, got ${String(thrown)}`);
}

test("rows come back, parameters go as parameters", async () => {
  await using session = await sql.open(postgres.url);
  const rows = await session.query<{ name: string }>("select name from reader where id = $1", [1]);
  expect(rows).toEqual([{ name: "Ann" }]);
});

test("a session says who it is and reads only, unless asked otherwise", async () => {
  await using session = await sql.open(postgres.url);
  expect(await session.query("select current_setting('application_name') as name")).toEqual([
    { name: "gonogo" },
  ]);
  expect((await failureOf(session.query("insert into reader values (2, 'Bob')"))).message).toContain(
    "read-only",
  );
  await using writing = await sql.open(postgres.url, { readOnly: false });
  await writing.query("insert into reader values (2, 'Bob')");
  expect(await session.query("select count(*)::int as count from reader")).toEqual([{ count: 2 }]);
});

test("a statement past its time-out is ended by the server, and the session lives on", async () => {
  await using session = await sql.open(postgres.url, { statementTimeoutMs: 50 });
  const failure = await failureOf(session.query("select pg_sleep(60)"));
  expect(failure.message).toContain("statement timeout");
  expect(await session.query("select 1 as one")).toEqual([{ one: 1 }]);
});

test("options of the address are kept beside our own", async () => {
  const url = new Secret(`${postgres.url.reveal()}?options=-c%20search_path%3Dpg_catalog`);
  await using session = await sql.open(url);
  expect(await session.query("show search_path")).toEqual([{ search_path: "pg_catalog" }]);
  expect(await session.query("show default_transaction_read_only")).toEqual([
    { default_transaction_read_only: "on" },
  ]);
});

test("abort ends a running statement", async () => {
  const controller = new AbortController();
  await using session = await sql.open(postgres.url, { signal: controller.signal });
  const failing = failureOf(session.query("select pg_sleep(60)"));
  controller.abort(new Error("stopped by hand"));
  expect((await failing).message).toContain("stopped by hand");
});

test("an error carries its SQLSTATE and never the password", async () => {
  await using session = await sql.open(postgres.url);
  expect((await failureOf(session.query("select * from nowhere"))).message).toContain("42P01");
  const wrong = new Secret(postgres.url.reveal().replace(/:[^:@]+@/, ":canary-4711@"));
  const failure = await failureOf(sql.open(wrong));
  expect(failure.message).toContain("password authentication failed");
  expect(JSON.stringify(failure) + failure.message + failure.stack).not.toContain("canary-4711");
});

test("nobody listens, something else listens, no address: named without the secret", async () => {
  const refused = await failureOf(sql.open(new Secret("postgres://u:canary-1@127.0.0.1:1/d")));
  expect(refused).toMatchObject({ host: "127.0.0.1:1", retryable: true });
  await using other = await rawAnswer("HTTP/1.1 400 Bad Request\r\n\r\n");
  const confused = await failureOf(sql.open(new Secret(`postgres://u:canary-2@127.0.0.1:${other.port}/d`)));
  expect(confused.message).not.toContain("canary");
  const nonsense = await failureOf(sql.open(new Secret("canary-3")));
  expect(nonsense.message).toContain("postgres://");
  expect(nonsense.message).not.toContain("canary");
});

test("a connection the server cuts is told by the next query and ends nothing", async () => {
  await using session = await sql.open(postgres.url);
  const [row] = await session.query<{ pid: number }>("select pg_backend_pid() as pid");
  await postgres.admin(`select pg_terminate_backend(${row?.pid})`);
  await failureOf(session.query("select 1"));
});

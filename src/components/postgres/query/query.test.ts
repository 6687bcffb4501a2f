import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { queryPlan, querySlow } from "./checks.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres({ settings: { shared_preload_libraries: "pg_stat_statements" } });
  await server.admin(
    "create extension pg_stat_statements; grant pg_read_all_stats to app; grant execute on function pg_stat_statements_reset to app",
  );
});
afterAll(() => server.stop());

describe("postgres.query.slow", () => {
  it("names a slow statement without its values, and passes when the limit is wider", async () => {
    const client = new pg.Client({ connectionString: server.url.reveal() });
    await client.connect();
    for (let call = 0; call < 5; call++) await client.query("select pg_sleep(0.03), 'canary-value'");
    const program = "do $$ begin perform pg_sleep(0.03), 'canary-value'; end $$";
    for (let call = 0; call < 5; call++) await client.query(program);
    await client.end();
    const ask = (slowAfter: string) => askOne({ url: server.url, options: { slowAfter } }, querySlow);
    const outcome = await ask("20ms");
    expect(outcome).toMatchObject({
      status: "fail",
      found: expect.stringContaining("over 5 calls: select pg_sleep($1)"),
    });
    expect(JSON.stringify(outcome)).not.toContain("canary-value");
    expect(await ask("1h")).toMatchObject({
      status: "pass",
      measured: { slowestMeanMs: expect.any(Number) },
    });
  });

  it("asks what is asked all day, whatever slow statements were asked once", async () => {
    const client = new pg.Client({ connectionString: server.url.reveal() });
    await client.connect();
    await client.query("select pg_stat_statements_reset()");
    for (let at = 0; at < 51; at++) await client.query(`select pg_sleep(0.012)${", 1".repeat(at)}`);
    expect(await askOne({ url: server.url, options: { slowAfter: "1h" } }, querySlow)).toMatchObject({
      status: "unknown",
      reason: "no statement was asked 5 times since the statistics began",
    });
    for (let call = 0; call < 5; call++) await client.query("select pg_sleep(0.01), 'all day'");
    await client.end();
    expect(await askOne({ url: server.url, options: { slowAfter: "5ms" } }, querySlow)).toMatchObject({
      status: "fail",
      measured: { statements: 1 },
    });
  });

  it("is not applicable where the extension is not installed, or its library not loaded", async () => {
    const db = await server.database("plain");
    expect(await askOne({ url: db.url }, querySlow)).toMatchObject({
      status: "not applicable",
      reason: expect.stringContaining("not installed"),
    });
    await using bare = await startPostgres();
    await bare.admin("create extension pg_stat_statements");
    expect(await askOne({ url: bare.url }, querySlow)).toMatchObject({
      status: "not applicable",
      reason: expect.stringContaining("shared_preload_libraries"),
    });
  });
});

describe("postgres.query.plan", () => {
  const ask = (hotQueries: Record<string, string>) =>
    askOne({ url: server.url, options: { hotQueries } }, queryPlan);

  it("passes with an index, fails without, on tables of any size", async () => {
    await server.run(
      "create table visit (id bigint primary key, person bigint, at timestamptz); create index on visit (person, at); insert into visit values (1, 1, now()); analyze visit",
    );
    const byPerson = "select * from visit where person = $1 order by at desc limit $2; ";
    expect(await ask({ "visits of a person": byPerson })).toMatchObject({ status: "pass" });
    expect(
      await ask({ "visits of a person": byPerson, "visits of a day": "select 1 from visit where at > $1" }),
    ).toMatchObject({
      status: "fail",
      found: '"visits of a day" reads all of visit',
      findings: ["visits of a day"],
    });
  });

  it.each([
    ["a lookup by the key", "select * from visit where id = $1", "pass"],
    ["the newest of a person", "select * from visit where person = $1 order by at desc limit 1", "pass"],
    ["the first by the key", "select * from visit order by id limit 5", "pass"],
    ["all of it", "select * from visit", "fail"],
    ["a count of all", "select count(*) from visit", "fail"],
    ["a condition without an index", "update visit set at = now() where at is null", "fail"],
  ])("%s", async (_, query, status) => {
    expect(await ask({ it: query })).toMatchObject({ status });
  });

  it("is not applicable without hot queries, and unknown for one that the server does not understand", async () => {
    expect(await ask({})).toMatchObject({ status: "not applicable" });
    expect(await ask({ wrong: "select * from nowhere", right: "select 1" })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("nowhere"),
    });
  });
});

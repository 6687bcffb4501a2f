import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../test/fixtures/postgres.ts";
import { askDatabase } from "../../../test/fixtures/postgres-subject.ts";
import type { Doors, SqlSession } from "../../model/doors.ts";
import type { Fail } from "../../model/outcome.ts";
import type { Secret } from "../../model/secret.ts";
import { foreignKeyIndex } from "./index/checks.ts";
import { ledgerInvariant } from "./ledger/checks.ts";
import { postgres } from "./postgres.ts";
import { policyExists } from "./rls/checks.ts";
import { primaryKey } from "./table/checks.ts";

const { checks } = postgres.definition;

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Sessions and statements that go through the door. */
function counting() {
  const seen = { sessions: 0, statements: 0 };
  const count = (session: SqlSession): SqlSession => ({
    query: (text, params) => {
      seen.statements += 1;
      return session.query(text, params);
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  });
  const through = (doors: Doors): Doors => ({
    ...doors,
    sql: {
      open: async (url, options) => {
        seen.sessions += 1;
        return count(await doors.sql.open(url, options));
      },
    },
  });
  return { seen, through };
}

async function run(url: Secret, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url.reveal() });
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}

/** Sessions of the checks end before their answers are there; the server notices within moments. */
async function leftOver(): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const [row] = await server.admin(
      "select count(*)::int as sessions from pg_stat_activity where application_name = 'gonogo'",
    );
    if (row?.sessions === 0 || attempt === 50) return Number(row?.sessions);
    await server.admin("select pg_sleep(0.02)");
  }
}

describe("a database with 500 tables", () => {
  it("costs as many statements and sessions as one with none, and leaves no session behind", async () => {
    const empty = await server.database("empty");
    const large = await server.database("large");
    await run(
      large.url,
      `do $$ begin
         for number in 1..500 loop
           execute format('create table "Tafel %s ö"" " (id int primary key, "Elter''n" int)', number);
           execute format('alter table "Tafel %s ö"" " add foreign key ("Elter''n") references "Tafel 1 ö"" "', number);
           execute format('alter table "Tafel %s ö"" " enable row level security', number);
           execute format('create policy "p %s" on "Tafel %s ö"" " using (id > 0)', number, number);
         end loop;
       end $$`,
    );
    const counts = [];
    for (const { url } of [empty, large]) {
      const { seen, through } = counting();
      const options = { rls: { tables: "all" }, invariants: { none: "select 1 where false" } };
      const outcomes = await askDatabase({ url, options, through }, checks);
      expect([...outcomes.values()].filter(({ status }) => status === "unknown")).toEqual([]);
      counts.push(seen);
    }
    expect(counts[1]).toEqual(counts[0]);
    expect(counts[1]?.sessions).toBeLessThan(10);
    expect(counts[1]?.statements).toBeLessThan(40);
    expect(await leftOver()).toBe(0);
    const outcomes = await askDatabase({ url: large.url }, [foreignKeyIndex]);
    const outcome = outcomes.get(foreignKeyIndex.id);
    expect(outcome).toMatchObject({ measured: { foreignKeys: 500, withoutIndex: 500 } });
    const { fix, findings } = outcome as Fail & { findings: string[] };
    expect(findings[0]).toBe('"Tafel 1 ö"" "."Elter\'n"');
    await run(large.url, fix.replaceAll("concurrently ", ""));
    const mended = await askDatabase({ url: large.url }, [foreignKeyIndex]);
    expect(mended.get(foreignKeyIndex.id)).toMatchObject({ status: "pass" });
  });
});

describe("a server that does not answer every question", () => {
  it("leaves only the checks open whose question it refuses", async () => {
    const db = await server.database("closed");
    await run(db.url, "create table t (id int)");
    await run(
      db.adminUrl,
      "revoke select on pg_policy from public; revoke execute on function pg_get_expr(pg_node_tree, oid) from public",
    );
    const outcomes = await askDatabase({ url: db.url }, [primaryKey, policyExists]);
    expect(outcomes.get(primaryKey.id)).toMatchObject({ status: "fail" });
    expect(outcomes.get(policyExists.id)).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("permission denied"),
      cause: "postgres.policies",
    });
  });

  it("is not waited for longer than its statement time-out", async () => {
    const db = await server.database("slow");
    await run(db.url, "create table t (id int primary key)");
    const blocker = new pg.Client({ connectionString: db.url.reveal() });
    await blocker.connect();
    await blocker.query("begin; lock table t in access exclusive mode");
    const options = { invariants: { blocked: "select 1 from t" } };
    const through = (doors: Doors): Doors => ({
      ...doors,
      sql: { open: (url, given) => doors.sql.open(url, { ...given, statementTimeoutMs: 200 }) },
    });
    const outcomes = await askDatabase({ url: db.url, options, through }, [ledgerInvariant]);
    await blocker.end();
    expect(outcomes.get(ledgerInvariant.id)).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("statement timeout"),
    });
    expect(await leftOver()).toBe(0);
  });

  it("tells a session that was cut off, and closes what it opened", async () => {
    const db = await server.database("cut");
    const through = (doors: Doors): Doors => ({
      ...doors,
      sql: {
        open: async (url, given) => {
          const session = await doors.sql.open(url, given);
          let asked = 0;
          return {
            query: async (text, params) => {
              asked += 1;
              if (asked === 3)
                await server.admin(
                  "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'cut'",
                );
              return session.query(text, params);
            },
            [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
          };
        },
      },
    });
    const outcomes = await askDatabase({ url: db.url, through }, checks);
    expect(outcomes.get("postgres.connection.ok")?.status).toBe("pass");
    const open = [...outcomes.values()].filter(({ status }) => status === "unknown");
    expect(open.length).toBeGreaterThan(5);
    expect(await leftOver()).toBe(0);
  });
});

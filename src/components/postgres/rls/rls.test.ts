import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askDatabase, askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { alwaysTrue, initplan, policyExists, rlsEnabled, userMetadata } from "./checks.ts";
import { functionSearchPath, viewSecurityDefiner } from "./exposure-checks.ts";
import { callsPerRow } from "./wrapped-calls.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** A database whose tables belong to its owner, and an application role beside it. */
async function prepared(name: string, sql: string) {
  const { url: ownerUrl } = await server.database(name);
  const run = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: ownerUrl.reveal() });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  await run(`${sql}; grant select, insert, update, delete on all tables in schema public to app`);
  const url = new URL(server.url.reveal());
  url.pathname = `/${name}`;
  const { Secret } = await import("../../../model/secret.ts");
  return { url: new Secret(url.toString()), ownerUrl, run };
}

const WALLET = `
  create table wallet (id int primary key, user_id bigint not null);
  alter table wallet enable row level security;
  create policy own on wallet using (user_id = (select current_setting('app.user_id', true)::bigint))`;

describe("postgres.rls.enabled", () => {
  it("is not applicable unless declared", async () => {
    expect(await askOne({ url: server.url }, rlsEnabled)).toMatchObject({ status: "not applicable" });
  });

  it("passes, then names what is off, and its fix mends it", async () => {
    const db = await prepared("rls_on", `${WALLET}; create table note (id int primary key)`);
    const named = { ...db, options: { rls: { tables: ["wallet"] } } };
    const all = { ...db, options: { rls: { tables: "all" } } };
    expect(await askOne(named, rlsEnabled)).toMatchObject({ status: "pass" });
    const outcome = await askOne(all, rlsEnabled);
    expect(outcome).toMatchObject({
      status: "fail",
      found: "note: off",
      fix: "alter table note enable row level security;",
      findings: ["note"],
    });
    const excepted = { ...db, options: { rls: { tables: "all", except: ["note"] } } };
    expect(await askOne(excepted, rlsEnabled)).toMatchObject({ status: "pass" });
    await db.run((outcome as { fix: string }).fix);
    expect(await askOne(all, rlsEnabled)).toMatchObject({ status: "pass" });
  });

  it("wants it forced where the application is the owner", async () => {
    await server.run(`${WALLET}`);
    const situation = { url: server.url, options: { rls: { tables: ["wallet"] } } };
    expect(await askOne(situation, rlsEnabled)).toMatchObject({
      status: "fail",
      found: "wallet: owned by app, not forced",
      fix: "alter table wallet force row level security;",
    });
    await server.run("alter table wallet force row level security");
    expect(await askOne(situation, rlsEnabled)).toMatchObject({ status: "pass" });
  });

  it("names declared tables that do not exist, and leaves out the migrations' own", async () => {
    const db = await prepared(
      "rls_missing",
      `${WALLET}; create table schema_migrations (name text primary key)`,
    );
    expect(await askOne({ ...db, options: { rls: { tables: "all" } } }, rlsEnabled)).toMatchObject({
      status: "pass",
    });
    const situation = { ...db, options: { rls: { tables: ["wallet", "walet"] } } };
    expect(await askOne(situation, rlsEnabled)).toMatchObject({ status: "fail", findings: ["walet"] });
  });
});

describe("postgres.rls.policy-exists", () => {
  it("passes with both, and tells policies without rls from rls without policies", async () => {
    const db = await prepared("policies", WALLET);
    expect(await askOne(db, policyExists)).toMatchObject({
      status: "pass",
      summary: "1 table with 1 policy",
    });
    await db.run("alter table wallet disable row level security");
    expect(await askOne(db, policyExists)).toMatchObject({ found: "wallet: 1 policy, but off" });
    // Where the declaration wants it on, postgres.rls.enabled tells, and tells it alone.
    const declared = { ...db, options: { rls: { tables: ["wallet"] } } };
    expect(await askOne(declared, policyExists)).toMatchObject({ status: "pass" });
    await db.run("alter table wallet enable row level security; drop policy own on wallet");
    const outcome = await askOne(db, policyExists);
    expect(outcome).toMatchObject({ status: "fail", summary: "protected tables have no policy" });
    await db.run((outcome as { fix: string }).fix);
    expect(await askOne(db, policyExists)).toMatchObject({ status: "pass" });
  });

  it("is not applicable without either, like the other policy checks", async () => {
    const db = await prepared("no_policies", "create table t (id int primary key)");
    const checks = [
      policyExists,
      alwaysTrue,
      userMetadata,
      initplan,
      viewSecurityDefiner,
      functionSearchPath,
    ];
    for (const [id, outcome] of await askDatabase(db, checks)) {
      expect(outcome.status, id).toBe("not applicable");
    }
  });
});

describe("postgres.rls.always-true", () => {
  it.each([
    ["for all using (true)", "fail"],
    ["for select using (true)", "pass"],
    ["for insert with check (true)", "fail"],
    ["for insert with check (1 = 1)", "fail"],
    ["for update using (user_id = 1) with check (true)", "fail"],
    ["for update using (user_id = 1)", "pass"],
    ["for delete using (user_id = 1 or true)", "pass"],
    ["as restrictive for all using (true)", "pass"],
    ["for all to only_owner using (true)", "pass"],
  ])("create policy %s: %s", async (policy, status) => {
    const name = `true_${policy.replace(/\W+/g, "_")}`.slice(0, 60);
    const text = policy.replace("only_owner", `"${name}"`);
    const db = await prepared(name, `${WALLET}; create policy p on wallet ${text}`);
    expect(await askOne(db, alwaysTrue)).toMatchObject({ status });
  });

  it("writes the fix with the declared owner column and setting", async () => {
    const db = await prepared(
      "true_fix",
      `${WALLET}; create policy "all of it" on wallet for update using (true)`,
    );
    const users = ["1", "2"].map((value) => ({ value, settings: { "app.me": value } }));
    const options = { rls: { tables: "all", proof: [{ table: "wallet", owner: "user_id", users }] } };
    const outcome = await askOne({ ...db, options }, alwaysTrue);
    expect(outcome).toMatchObject({
      fix: `alter policy "all of it" on wallet using (user_id::text = (select current_setting('app.me')));`,
    });
    await db.run((outcome as { fix: string }).fix);
    expect(await askOne({ ...db, options }, alwaysTrue)).toMatchObject({ status: "pass" });
  });
});

describe("postgres.rls.user-metadata", () => {
  it("fails when a policy believes what users edit", async () => {
    const db = await prepared("metadata", WALLET);
    expect(await askOne(db, userMetadata)).toMatchObject({ status: "pass" });
    await db.run(
      `create policy admin on wallet using (current_setting('jwt')::json -> 'user_metadata' ->> 'role' = 'admin')`,
    );
    expect(await askOne(db, userMetadata)).toMatchObject({ status: "fail", findings: ["wallet.admin"] });
  });
});

describe("postgres.rls.initplan", () => {
  it("passes on a wrapped call and fails on a bare one", async () => {
    const db = await prepared("wrapped", WALLET);
    expect(await askOne(db, initplan)).toMatchObject({ status: "pass" });
    await db.run(
      `create policy bare on wallet for select using (user_id = current_setting('app.user_id')::bigint)`,
    );
    expect(await askOne(db, initplan)).toMatchObject({
      status: "fail",
      found: "wallet.bare: current_setting",
      findings: ["wallet.bare"],
    });
  });

  it.each([
    ["(user_id = ( SELECT (current_setting('a'::text))::bigint AS x))", []],
    ["(user_id = ( SELECT (NULLIF(current_setting('a'::text, true), ''::text))::bigint AS b))", []],
    ["(user_id = current_setting('a)('::text))", ["current_setting"]],
    [
      "(team IN ( SELECT m.team FROM member m WHERE (m.who = current_setting('a'::text))))",
      ["current_setting"],
    ],
    ["(team IN ( SELECT m.team FROM member m WHERE (m.who = ( SELECT auth.uid() AS uid))))", []],
    ["(auth.uid() = user_id)", ["auth.uid"]],
    ["(my_auth.uid() = user_id)", []],
    ["(note = 'current_setting(1)'::text)", []],
  ])("%s", (expression, calls) => {
    expect(callsPerRow(expression, ["current_setting", "auth.uid"])).toEqual(calls);
  });
});

describe("postgres.view.security-definer", () => {
  it("finds a view over a view over a protected table, and its fix mends it", async () => {
    const db = await prepared("views", `${WALLET}; create table open (id int primary key)`);
    expect(await askOne(db, viewSecurityDefiner)).toMatchObject({ status: "pass" });
    await db.run(`
      create view harmless as select * from open;
      create view inner_view with (security_invoker = true) as select * from wallet;
      create view "Outer" as select * from inner_view;
      create materialized view kept as select * from wallet;
      create view not_granted as select * from wallet;
      grant select on harmless, inner_view, "Outer", kept to app`);
    const outcome = await askOne(db, viewSecurityDefiner);
    expect(outcome).toMatchObject({ status: "fail", findings: ['"Outer"', "kept"] });
    await db.run((outcome as { fix: string }).fix);
    expect(await askOne(db, viewSecurityDefiner)).toMatchObject({ status: "pass" });
  });
});

describe("postgres.function.search-path", () => {
  it("tells a loose search path from a function open to everybody, and its fixes mend both", async () => {
    const db = await prepared(
      "functions",
      `create function loose(a int, "Odd Name" text) returns int language sql security definer as 'select 1';
       create function invoker() returns int language sql as 'select 1'`,
    );
    const outcome = await askOne(db, functionSearchPath);
    expect(outcome).toMatchObject({
      status: "fail",
      summary: "1 of 1 function without a search_path of its own",
    });
    const [pin = "", revoke = ""] = (outcome as { fix: string }).fix.split("; ");
    await db.run(pin);
    expect(await askOne(db, functionSearchPath)).toMatchObject({
      summary: "1 of 1 function open to every role",
    });
    await db.run(revoke);
    expect(await askOne(db, functionSearchPath)).toMatchObject({ status: "pass" });
  });
});

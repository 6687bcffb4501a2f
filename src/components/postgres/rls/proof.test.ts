import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { rlsProof } from "./proof-check.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
  await server.run(`
    create table person (id bigint primary key);
    create table wallet (id bigint generated always as identity primary key,
      user_id bigint not null references person, title text not null, balance int not null default 0);
    alter table wallet enable row level security;
    alter table wallet force row level security`);
});
afterAll(() => server.stop());

const ME = "(select nullif(current_setting('app.user_id', true), '')::bigint)";
const users = ["101", "202"].map((value) => ({ value, settings: { "app.user_id": value } }));
const SAMPLE = [
  "insert into person (id) values ($1)",
  "insert into wallet (user_id, title) values ($1, 'proof')",
];

async function ask(policies: string, change: Record<string, unknown> = {}) {
  await server.run(`
    do $$ declare p record; begin
      for p in select policyname from pg_policies where tablename = 'wallet' loop
        execute format('drop policy %I on wallet', p.policyname);
      end loop;
    end $$; ${policies}`);
  const proof = { table: "wallet", owner: "user_id", users, sample: SAMPLE, ...change };
  return askOne({ url: server.url, options: { rls: { tables: ["wallet"], proof: [proof] } } }, rlsProof);
}

const OWN = `create policy own on wallet using (user_id = ${ME})`;

describe("postgres.rls.proof", () => {
  it("is not applicable where nothing is declared", async () => {
    expect(await askOne({ url: server.url }, rlsProof)).toMatchObject({ status: "not applicable" });
    const options = { rls: { tables: ["wallet"] } };
    expect(await askOne({ url: server.url, options }, rlsProof)).toMatchObject({ status: "not applicable" });
  });

  it("passes when neither user reaches the other, and leaves nothing behind", async () => {
    expect(await ask(OWN)).toMatchObject({ status: "pass", measured: { tables: 1, hiddenRows: 2 } });
    expect(await server.run("select count(*)::int as rows from person")).toEqual([{ rows: 0 }]);
  });

  it.each([
    [
      "reading",
      `create policy see on wallet for select using (true); create policy own on wallet using (user_id = ${ME})`,
      /reads 1 row/,
    ],
    [
      "creating",
      `create policy see on wallet for select using (user_id = ${ME}); create policy put on wallet for insert with check (true)`,
      /user 101 creates rows in the name of user 202/,
    ],
    [
      "changing",
      `create policy see on wallet for select using (true); create policy own on wallet for update using (true);
       create policy put on wallet for insert with check (user_id = ${ME})`,
      /changes 1 row/,
    ],
    [
      "deleting",
      `create policy see on wallet for select using (true); create policy gone on wallet for delete using (true);
       create policy put on wallet for insert with check (user_id = ${ME})`,
      /deletes 1 row/,
    ],
  ])("fails when one user is allowed %s", async (_, policies, found) => {
    expect(await ask(policies)).toMatchObject({
      status: "fail",
      found: expect.stringMatching(found),
      findings: ["wallet"],
    });
  });

  it("fails when a row of the other's was created without anything else in its way", async () => {
    await server.run(
      "create table note (user_id bigint); alter table note enable row level security; alter table note force row level security",
    );
    await server.run(
      `create policy see on note for select using (user_id = ${ME}); create policy put on note for insert with check (true)`,
    );
    const note = { table: "note", sample: ["insert into note values ($1)"] };
    expect(await ask(OWN, note)).toMatchObject({
      status: "fail",
      found: expect.stringContaining("creates rows in the name"),
    });
  });

  it("fails when row level security is off altogether", async () => {
    await server.run("alter table wallet disable row level security");
    expect(await ask(OWN)).toMatchObject({
      status: "fail",
      found: expect.stringContaining("deletes 1 row"),
    });
    await server.run("alter table wallet enable row level security");
  });

  it("is unknown, with the way out, when there is no row to hide", async () => {
    expect(await ask(OWN, { sample: [] })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("rls.proof.sample"),
    });
  });

  it("is unknown when a sample does not work, a table is missing, or a role cannot be taken on", async () => {
    const broken = await ask(OWN, { sample: ["insert into wallet (user_id) values ($1)"] });
    expect(broken).toMatchObject({ status: "unknown", reason: expect.stringContaining("null value") });
    expect(await ask(OWN, { table: "purse" })).toMatchObject({ reason: "purse: there is no such table" });
    await server.admin("create role authenticated");
    expect(await ask(OWN, { role: "authenticated" })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("permission denied to set role"),
    });
  });

  it("acts as the role that requests run as", async () => {
    await server.admin("grant authenticated to app");
    await server.run("grant select, insert, update, delete on wallet, person to authenticated");
    const policies = `create policy own on wallet to authenticated using (user_id = ${ME})`;
    expect(await ask(policies, { role: "authenticated" })).toMatchObject({ status: "pass" });
    const leaking = "create policy all_of_it on wallet to authenticated using (true)";
    expect(await ask(leaking, { role: "authenticated" })).toMatchObject({ status: "fail" });
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { ledgerInvariant } from "./checks.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
  await server.run(`
    create table wallet (id int primary key, balance numeric not null);
    create table entry (id int primary key, wallet_id int not null references wallet, amount numeric not null);
    insert into wallet values (1, 10), (2, 0); insert into entry values (1, 1, 12), (2, 1, -2)`);
});
afterAll(() => server.stop());

const EQUAL = `
  select w.id from wallet w left join entry e on e.wallet_id = w.id
  group by w.id having w.balance <> coalesce(sum(e.amount), 0); `;
const POSITIVE = "select id from wallet where balance < 0 -- never below zero";
const invariants = { "wallet equals ledger": EQUAL, "no negative balance": POSITIVE };

const ask = (options: Record<string, unknown>) => askOne({ url: server.url, options }, ledgerInvariant);

describe("postgres.ledger.invariant", () => {
  it("is not applicable where none is declared, and passes while all hold", async () => {
    expect(await ask({})).toMatchObject({ status: "not applicable" });
    expect(await ask({ invariants })).toMatchObject({
      status: "pass",
      measured: { invariants: 2, brokenRows: 0 },
    });
  });

  it("names the broken one and counts its rows without showing them", async () => {
    await server.run("update wallet set balance = 4711.25 where id = 1");
    const outcome = await ask({ invariants });
    expect(outcome).toMatchObject({
      status: "fail",
      found: '"wallet equals ledger": 1 row',
      findings: ["wallet equals ledger"],
    });
    expect(JSON.stringify(outcome)).not.toContain("4711");
    await server.run("update wallet set balance = 10 where id = 1");
  });

  it("is unknown when one cannot be asked, and still fails for another that is broken", async () => {
    const wrong = { mistyped: "select * from walet", ...invariants };
    expect(await ask({ invariants: wrong })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining('"mistyped" could not be asked'),
    });
    expect(await ask({ invariants: { ...wrong, none: "select 1" } })).toMatchObject({ findings: ["none"] });
  });

  it("never shows the value that the server stumbled over", async () => {
    const stumbling = { mistyped: "select id from entry where ('canary' || amount)::int > 0" };
    const outcome = await ask({ invariants: stumbling });
    expect(outcome).toMatchObject({ status: "unknown", reason: expect.stringContaining("SQLSTATE 22P02") });
    expect(JSON.stringify(outcome)).not.toMatch(/canary-?\d/);
  });

  it("cannot write", async () => {
    const writing = { writes: "with gone as (delete from entry returning 1) select * from gone" };
    expect(await ask({ invariants: writing })).toMatchObject({ status: "unknown" });
    expect(await server.run("select count(*)::int as entries from entry")).toEqual([{ entries: 2 }]);
  });

  it("never takes rows hidden by row level security for rows that are right", async () => {
    await server.run(`
      update wallet set balance = -5 where id = 2;
      alter table wallet enable row level security; alter table wallet force row level security;
      create policy audit on wallet using (current_setting('app.actor', true) = 'auditor')`);
    expect(await ask({ invariants })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("rls.auditor"),
    });
    const rls = { tables: ["wallet"], auditor: { "app.actor": "auditor" } };
    expect(await ask({ invariants, rls })).toMatchObject({ status: "fail" });
    const asOwner = { url: server.url, ownerUrl: server.adminUrl, options: { invariants } };
    expect(await askOne(asOwner, ledgerInvariant)).toMatchObject({ status: "fail" });
  });
});

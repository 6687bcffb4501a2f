import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { databaseSubject } from "../../../../test/fixtures/postgres-subject.ts";
import { ask } from "../../../assess/ask.ts";
import { createObserver } from "../../../facts/observer.ts";
import type { Stage } from "../../../model/phase.ts";
import { Secret } from "../../../model/secret.ts";
import { openDoors } from "../../../system/doors.ts";
import { testAccountsAbsent } from "./checks.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
  await server.run('create table account ("eMail" text)');
});
afterAll(() => server.stop());

const people = { logins: ["account.eMail"] };
const PEOPLE = [
  "ada@lovelace.dev",
  "admin@shop.dev",
  "protest@union.org",
  "demosthenes@athens.gr",
  "a@contest.com",
  "testa@rossa.it",
  "qa.lead@firm.dev",
];

async function outcomeOf(given: {
  logins?: readonly string[];
  options?: object;
  stage?: Stage;
  url?: string;
}) {
  await server.run("truncate account");
  for (const login of given.logins ?? []) await server.run(`insert into account values ('${login}')`);
  const subject = databaseSubject({
    url: given.url === undefined ? server.url : new Secret(given.url),
    options: { people, ...given.options },
  });
  await using doors = openDoors();
  const environment = {
    name: given.stage ?? "production",
    stage: given.stage ?? "production",
    allows: ["read"],
  } as const;
  const { outcome } = await ask(createObserver(doors), { ...subject, environment }, testAccountsAbsent);
  return outcome;
}

describe("auth.test-accounts.absent", () => {
  it("passes where only people stand, whatever their names remind of", async () => {
    expect(await outcomeOf({ logins: PEOPLE })).toMatchObject({
      status: "pass",
      summary: "none of 7 logins in account.eMail looks like a test's",
    });
  });

  it("fails on each kind of test account, without telling whose, and shows the SQL that finds them", async () => {
    const tests = [
      "canary@Example.com",
      "x@sub.shop.test",
      "canary@test.com",
      "Test7@firm.dev",
      "demo-user",
      "ada+test@firm.dev",
    ];
    const outcome = await outcomeOf({ logins: [...PEOPLE, ...tests] });
    expect(outcome).toMatchObject({
      status: "fail",
      summary: "6 logins look like a test's",
      measured: { logins: 13, testAccounts: 6 },
    });
    expect(JSON.stringify(outcome)).not.toMatch(/canary|ada/);
    const sql = /: (select .*); or name/.exec((outcome as { fix: string }).fix)?.[1] ?? "";
    const found = await server.run(sql);
    expect(found).toHaveLength(6);
  });

  it("passes where those that are found are meant to stay", async () => {
    const options = { people: { ...people, except: ["demo@shop.dev"] } };
    expect(await outcomeOf({ logins: ["demo@shop.dev"], options })).toMatchObject({ status: "pass" });
  });

  it("cannot be told where row level security shows nobody, and passes over a table that is empty", async () => {
    expect(await outcomeOf({})).toMatchObject({ status: "pass", measured: { logins: 0 } });
    const options = { rls: { tables: ["account"], auditor: { "app.role": "auditor" } } };
    const logins = ["test@example.com"];
    await server.run("alter table account enable row level security, force row level security");
    try {
      await server.run("create policy insertion on account for insert with check (true)");
      expect(await outcomeOf({ logins, options })).toMatchObject({
        status: "unknown",
        reason: expect.stringContaining("no login of account.eMail"),
      });
      await server.run(
        "create policy auditing on account for select using (current_setting('app.role', true) = 'auditor')",
      );
      expect(await outcomeOf({ logins, options })).toMatchObject({ status: "fail" });
    } finally {
      await server.run(
        "drop policy if exists insertion on account; drop policy if exists auditing on account; alter table account no force row level security, disable row level security",
      );
    }
  });

  it("is left alone where nothing is declared, and before production", async () => {
    expect(await outcomeOf({ options: { people: undefined } })).toMatchObject({ status: "not applicable" });
    expect(await outcomeOf({ logins: ["test@example.com"], stage: "staging" })).toMatchObject({
      status: "not applicable",
    });
  });

  it("cannot be told where there is no such column, or nobody answers", async () => {
    const options = { people: { logins: ["account.phone"] } };
    expect(await outcomeOf({ options })).toMatchObject({ status: "unknown" });
    expect(await outcomeOf({ url: "postgres://app@127.0.0.1:9/app" })).toMatchObject({ status: "unknown" });
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activeSession, person, reader } from "./people.ts";
import { startDatabase, type TestDatabase } from "./services.ts";

let world: TestDatabase;
let ada: string;
let bo: string;
beforeAll(async () => {
  world = await startDatabase();
  ada = await person(world, "Ada", 1_000);
  bo = await person(world, "Bo", 1_000);
  const rhea = await reader(world, "Rhea", 199);
  await activeSession(world, { client: bo, reader: rhea, rateCents: 199, dueSecondsAgo: 0 });
});
afterAll(() => world[Symbol.asyncDispose]());

const asAda = (sql: string, values: readonly unknown[] = []) =>
  world.database.asPerson(ada, (query) => query(sql, values));

describe("row-level security", () => {
  it.each([
    ["person", "id"],
    ["wallet", "person_id"],
    ["reading_session", "client_id"],
  ])("shows of %s only one's own rows", async (table, column) => {
    const rows = await asAda(`select ${column} as whose from ${table}`);
    expect(rows.filter(({ whose }) => whose !== ada)).toEqual([]);
  });

  it("shows of the ledger only one's own entries", async () => {
    expect(await asAda("select amount_minor from ledger_entry")).toEqual([{ amount_minor: 1_000n }]);
  });

  it("shows nothing at all to nobody", async () => {
    for (const table of ["person", "wallet", "ledger_entry", "reading_session"]) {
      expect(await world.database.asPerson("", (query) => query(`select 1 from ${table}`))).toEqual([]);
    }
  });

  it("lets nobody write money or move a session by hand", async () => {
    expect(await asAda("update wallet set balance_minor = 1000000 returning id")).toEqual([]);
    expect(await asAda("update reading_session set state = 'ended', ended_at = now() returning id")).toEqual(
      [],
    );
    const entry =
      "insert into ledger_entry (wallet_id, amount_minor, kind, idempotency_key) select id, 5, 'top-up', 'x' from wallet";
    await expect(asAda(entry)).rejects.toThrow(/row-level security/);
    await expect(
      asAda(
        "insert into reading_session (client_id, reader_id, rate_minor) select $1, person_id, 1 from reader limit 1",
        [bo],
      ),
    ).rejects.toThrow(/row-level security/);
  });

  it("gives the application's role no right to change what was written", async () => {
    const asSystem = (sql: string) => world.database.asSystem((query) => query(sql));
    await expect(asSystem("update ledger_entry set amount_minor = 1")).rejects.toThrow(/permission denied/);
    await expect(asSystem("delete from stripe_event")).rejects.toThrow(/permission denied/);
    await expect(asSystem("alter table wallet disable row level security")).rejects.toThrow(/must be owner/);
  });
});

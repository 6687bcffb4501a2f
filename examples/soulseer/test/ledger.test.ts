import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { move } from "../src/wallet/ledger.ts";
import { balance, person, troubles } from "./people.ts";
import { startDatabase, type TestDatabase } from "./services.ts";

let world: TestDatabase;
beforeAll(async () => {
  world = await startDatabase();
});
afterAll(() => world[Symbol.asyncDispose]());

const debit = (personId: string, cents: number, idempotencyKey: string) =>
  world.database.asSystem((query) =>
    move(query, { personId, amountMinor: BigInt(-cents), kind: "reading", idempotencyKey }),
  );

describe("the ledger", () => {
  it("keeps balance = sum of entries ≥ 0 and writes each key once, whatever comes in", async () => {
    const people = [await person(world, "Ada"), await person(world, "Bo")];
    const movement = fc.record({
      who: fc.nat(1),
      cents: fc.integer({ min: -500, max: 500 }).filter((cents) => cents !== 0),
      key: fc.nat(40),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(movement, { maxLength: 20 }), async (movements) => {
        run += 1;
        const results = await Promise.all(
          movements.map(({ who, cents, key }) =>
            world.database.asSystem((query) =>
              move(query, {
                personId: people[who] ?? "",
                amountMinor: BigInt(cents),
                kind: "adjustment",
                idempotencyKey: `property:${run}:${key}`,
              }),
            ),
          ),
        );
        const [row] = await world.admin(
          "select count(*)::int as entries from ledger_entry where idempotency_key like $1",
          [`property:${run}:%`],
        );
        expect(row?.entries).toBe(results.filter(({ moved }) => moved).length);
        expect(await troubles(world)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("lets only as much go at once as is there", async () => {
    const id = await person(world, "Cleo", 1_000);
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, index) => debit(id, 100, `rush:${index}`)),
    );
    expect(results.filter(({ moved }) => moved)).toHaveLength(10);
    expect(results.filter((each) => !each.moved && each.why === "insufficient")).toHaveLength(20);
    expect(await balance(world, id)).toBe(0);
  });

  it("takes the same key once from two wallets as well", async () => {
    const [one, other] = [await person(world, "Dan", 500), await person(world, "Eva", 500)];
    const results = await Promise.all([
      debit(one, 100, "same"),
      debit(other, 100, "same"),
      debit(one, 100, "same"),
    ]);
    expect(results.filter(({ moved }) => moved)).toHaveLength(1);
    expect((await balance(world, one)) + (await balance(world, other))).toBe(900);
  });

  it("counts beyond what a float can", async () => {
    const id = await person(world, "Fay");
    const large = 2n ** 53n + 1n;
    await world.database.asSystem((query) =>
      move(query, { personId: id, amountMinor: large, kind: "top-up", idempotencyKey: "large" }),
    );
    const [row] = await world.admin("select balance_minor::text as text from wallet where person_id = $1", [
      id,
    ]);
    expect(row?.text).toBe("9007199254740993");
  });
});

describe("an audit", () => {
  it("sees what row-level security hides from everybody else", async () => {
    const id = await person(world, "Gus", 700);
    await world.admin("update wallet set balance_minor = 701 where person_id = $1", [id]);
    expect(await troubles(world)).toEqual(["wallets_off_ledger"]);
    await world.admin("update wallet set balance_minor = 700 where person_id = $1", [id]);
    expect(await troubles(world)).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { floats, passwords, timeless, withoutUniqueKey } from "../schema-rules.ts";
import { startDatabase, type TestDatabase } from "./services.ts";

let world: TestDatabase;
beforeAll(async () => {
  world = await startDatabase();
});
afterAll(() => world[Symbol.asyncDispose]());

describe("the schema", () => {
  it.each([
    [
      "keeps money out of floats",
      floats,
      "alter table reader add rating real",
      "alter table reader drop rating",
    ],
    [
      "keeps idempotency keys unique",
      withoutUniqueKey,
      "alter table ledger_entry rename idempotency_key to key",
      "alter table ledger_entry rename key to idempotency_key",
    ],
    ["dates every row", timeless, "create table note (id int primary key)", "drop table note"],
    [
      "keeps no password",
      passwords,
      "alter table person add password_hash text",
      "alter table person drop password_hash",
    ],
  ])("%s, and a breach would be seen", async (_, rule, breach, mend) => {
    expect(await world.admin(rule)).toEqual([]);
    await world.admin(breach);
    expect(await world.admin(rule)).toHaveLength(1);
    await world.admin(mend);
    expect(await world.admin(rule)).toEqual([]);
  });
});

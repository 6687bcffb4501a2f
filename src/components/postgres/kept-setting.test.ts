import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../test/fixtures/postgres.ts";
import { setAgain } from "./kept-setting.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

const keptOf = async (database: string): Promise<string[]> => {
  const rows = await server.admin(
    `select unnest(setconfig) as kept from pg_db_role_setting where setdatabase = (select oid from pg_database where datname = '${database}')`,
  );
  return rows.map(({ kept }) => String(kept));
};

it.each([
  ["a list of schemas", "set search_path to app, public"],
  ["odd schemas", `set search_path to "$user", "Odd, ""Name""", public`],
  ["no schema", "set search_path to ''"],
  ["one with a comma in its name", `set search_path to "a, b"`],
  ["a time", "set statement_timeout to '7s'"],
  ["a text with quotes and a comma", `set application_name to 'it''s, \\"me"'`],
  ["one of an application's own", "set app.tenant to 'a, b'"],
])("%s is set again as it was kept", async (_what, change) => {
  await server.admin("alter database app reset all; alter database postgres reset all");
  await server.admin(`alter database app ${change}`);
  const kept = await keptOf("app");
  expect(kept).toHaveLength(1);
  for (const each of kept) await server.admin(`alter database postgres ${setAgain(each)}`);
  expect(await keptOf("postgres")).toEqual(kept);
});

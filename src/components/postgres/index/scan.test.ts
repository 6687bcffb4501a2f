import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { Secret } from "../../../model/secret.ts";
import { indexMissing } from "./scan-check.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Its counts are in the server's statistics when it resolves. */
async function counted(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.url.reveal() });
  await client.connect();
  try {
    // In transactions of their own: counts are told at a transaction's end.
    for (const statement of [...statements, "select pg_stat_force_next_flush()", "select 1"])
      await client.query(statement);
  } finally {
    await client.end();
  }
}

const asked = (times: number, where: string): string => `do $$ declare found bigint; begin
  for i in 1..${times} loop select count(*) into found from "Booking" where ${where}; end loop; end $$`;

describe("postgres.index.missing", () => {
  it("goes by how the server has counted the reads of large tables", async () => {
    const ask = () => askOne({ url: server.url }, indexMissing);
    await counted(
      "create table small (id int primary key)",
      "insert into small select generate_series(1, 500)",
      "do $$ declare found bigint; begin for i in 1..300 loop select count(*) into found from small; end loop; end $$",
    );
    expect(await ask()).toMatchObject({ status: "not applicable", reason: "no table has 10,000 rows" });

    await counted(
      `create table "Booking" (id int primary key, guest int)`,
      `insert into "Booking" select i, i % 5000 from generate_series(1, 20000) i`,
      asked(90, "guest = i"),
    );
    expect(await ask()).toMatchObject({ status: "unknown", reason: expect.stringContaining("1,000 tell") });

    await counted(asked(2_000, "id = i"));
    expect(await ask()).toMatchObject({
      status: "pass",
      summary: "1 large table; at most 4.3 % of the reads of one go without an index",
    });

    // Scans that find what they want at once are no readings from end to end.
    await counted(`do $$ begin for i in 1..1000 loop perform 1 from "Booking" limit 1; end loop; end $$`);
    expect(await ask()).toMatchObject({ status: "pass" });

    await counted(asked(60, "guest = i"));
    const outcome = await ask();
    expect(outcome).toMatchObject({
      status: "fail",
      findings: ['"Booking"'],
      found: expect.stringMatching(
        /^"Booking" \(20,000 rows, [\d.]+ KB\) 150 times, 2,000 times by an index$/,
      ),
      fix: expect.stringContaining(`create index concurrently on "Booking"`),
    });

    await counted(`create index on "Booking" (guest)`);
    await server.admin(/anew: (.*)$/.exec((outcome as { fix: string }).fix)?.[1] ?? "");
    await counted(asked(1_500, "guest = i"));
    expect(await ask()).toMatchObject({ status: "pass" });
  });

  it("is unknown where no database answers", async () => {
    const url = new Secret("postgres://a:b@127.0.0.1:1/none");
    expect(await askOne({ url }, indexMissing)).toMatchObject({ status: "unknown" });
  });
});

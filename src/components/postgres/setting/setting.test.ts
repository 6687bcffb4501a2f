import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { Secret } from "../../../model/secret.ts";
import { extensionPresent, sizeHeadroom, timeZoneUtc } from "./checks.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres({ settings: { timezone: "Etc/UTC" } });
});
afterAll(() => server.stop());

describe.each([
  ["postgres.extension.present", extensionPresent, { extensions: ["plpgsql"] }],
  ["postgres.size.headroom", sizeHeadroom, { maxSize: "1GB" }],
  ["postgres.time-zone.utc", timeZoneUtc, { timeZone: "UTC" }],
] as const)("%s", (_, check, options) => {
  it("passes as declared, does not apply undeclared, and is unknown where nothing answers", async () => {
    expect(await askOne({ url: server.url, options }, check)).toMatchObject({ status: "pass" });
    expect(await askOne({ url: server.url }, check)).toMatchObject({ status: "not applicable" });
    const url = new Secret("postgres://a:b@127.0.0.1:1/none");
    expect(await askOne({ url, options }, check)).toMatchObject({ status: "unknown" });
  });
});

describe("an extension", () => {
  it("that is missing or too old is named with what mends it", async () => {
    const options = { extensions: ["plpgsql", "no-such", { name: "plpgsql", version: "1.0" }] };
    expect(await askOne({ url: server.url, options }, extensionPresent)).toMatchObject({
      status: "fail",
      summary: "1 of 3 extensions missing or too old",
      found: "no-such: not on the server",
      fix: 'install the package with no-such on the server first; create extension if not exists "no-such";',
      findings: ["no-such"],
    });
    const newer = { extensions: [{ name: "plpgsql", version: "1.10" }] };
    expect(await askOne({ url: server.url, options: newer }, extensionPresent)).toMatchObject({
      status: "fail",
      found: "plpgsql: 1.0",
      fix: "install the package with plpgsql 1.10 on the server first; alter extension plpgsql update;",
    });
  });

  it("that is at hand but not installed is, by its fix", async () => {
    await server.admin("drop extension plpgsql");
    const options = { extensions: ["plpgsql"] };
    const outcome = await askOne({ url: server.url, options }, extensionPresent);
    expect(outcome).toMatchObject({ status: "fail", found: "plpgsql: not installed in this database" });
    await server.admin((outcome as { fix: string }).fix);
    expect(await askOne({ url: server.url, options }, extensionPresent)).toMatchObject({ status: "pass" });
  });
});

describe("a database's size", () => {
  it.each([
    [0.5, "fail"],
    [0.9, "fail"],
    [1.1, "warn"],
    [1.3, "pass"],
  ])("with %d times its room: %s", async (times, status) => {
    const [row] = await server.run("select pg_database_size(current_database())::float8 as bytes");
    const maxSize = `${Math.round(Number(row?.bytes) * times)}B`;
    expect(await askOne({ url: server.url, options: { maxSize } }, sizeHeadroom)).toMatchObject({ status });
  });
});

describe("a database's time zone", () => {
  it("that is another, also for half a year, fails, and its fix mends it", async () => {
    const { url, adminUrl } = await server.database("zones");
    const admin = (sql: string) => askAs(adminUrl, sql);
    const options = { timeZone: "UTC" };
    await admin(`create table booking (id int primary key, starts_at timestamp, made_at timestamptz)`);
    for (const [zone, found] of [
      ["Europe/Berlin", /: Europe\/Berlin \(\+01:00 and \+02:00\); 1 column keep/],
      ["Europe/London", /\(\+00:00 and \+01:00\)/],
    ] as const) {
      await admin(`alter database zones set timezone to '${zone}'`);
      const outcome = await askOne({ url, options }, timeZoneUtc);
      expect(outcome).toMatchObject({ status: "fail", found: expect.stringMatching(found) });
      await admin((outcome as { fix: string }).fix);
      expect(await askOne({ url, options }, timeZoneUtc)).toMatchObject({
        status: "pass",
        summary: "sessions are at UTC; 1 column without a zone get UTC",
      });
    }
  });
});

async function askAs(url: Secret, sql: string): Promise<void> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url.reveal() });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

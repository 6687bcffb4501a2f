import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { poolBudget, poolSaturation } from "./checks.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres({ settings: { max_connections: "20", superuser_reserved_connections: "2" } });
});
afterAll(() => server.stop());

const web = (instances: number) => ({ name: "api", kind: "web", options: { instances } });

describe("postgres.pool.budget", () => {
  const ask = (siblings: Parameters<typeof askOne>[0]["siblings"], pool: object) =>
    askOne({ url: server.url, siblings: siblings ?? [], options: { pool } }, poolBudget);

  it("passes when old and new release fit side by side", async () => {
    expect(await ask([web(2)], { maxPerInstance: 4, reserve: 2 })).toMatchObject({
      status: "pass",
      measured: { steady: 10, duringDeploy: 18, limit: 18 },
    });
  });

  it("tells what never fits from what does not fit during a deploy", async () => {
    expect(await ask([web(3)], { maxPerInstance: 4, reserve: 2 })).toMatchObject({
      status: "fail",
      found: "2 x 3 instances (api 3) x 4 + 2 in reserve = 26 during a deploy",
      fix: expect.stringContaining("at most 2 connections in each instance"),
    });
    const worker = { name: "billing", kind: "worker", options: {} };
    expect(await ask([web(4), worker], { maxPerInstance: 4, reserve: 2 })).toMatchObject({
      status: "fail",
      found: "5 instances (api 4, billing 1) x 4 + 2 in reserve = 22",
    });
  });

  it("is not applicable where nothing runs", async () => {
    const site = { name: "front", kind: "site", options: {} };
    expect(await ask([site], {})).toMatchObject({ status: "not applicable" });
  });

  it("goes by the role's own limit when that is smaller", async () => {
    await server.admin("alter role app connection limit 9");
    expect(await ask([web(1)], { maxPerInstance: 4, reserve: 2 })).toMatchObject({
      status: "fail",
      expected: "at most 9 connections (the role's connection limit)",
    });
    await server.admin("alter role app connection limit -1");
  });
});

describe("postgres.pool.saturation", () => {
  it("passes with room, and fails when four of five connections are taken", async () => {
    expect(await askOne({ url: server.url }, poolSaturation)).toMatchObject({ status: "pass" });
    const held = Array.from({ length: 14 }, () => new pg.Client({ connectionString: server.url.reveal() }));
    await Promise.all(held.map((client) => client.connect()));
    const outcome = await askOne({ url: server.url }, poolSaturation);
    await Promise.all(held.map((client) => client.end()));
    expect(outcome).toMatchObject({ status: "fail", measured: { used: 15, usable: 18, usedPercent: 83 } });
  });
});

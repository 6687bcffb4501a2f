import { afterAll, describe, expect, it } from "vitest";
import { evidenceRow } from "../../test/fixtures/evidence-row.ts";
import { STORE_KINDS, type StorePlaces } from "../../test/fixtures/store-places.ts";
import { fail, unknown } from "../model/outcome.ts";

describe.each(STORE_KINDS)("in $database", (kind) => {
  const places = kind.places();
  afterAll(() => places.stop());
  describe("evidence", () => evidenceSuite(places));
  describe("tampering with evidence", () => tamperingSuite(places, kind.database));
});

function evidenceSuite(places: StorePlaces): void {
  it("comes back as it was kept, after the store was closed and opened again", async () => {
    using place = await places.newPlace();
    const rows = [
      evidenceRow(),
      evidenceRow({
        check: "postgres.index.foreign-key",
        release: "r7",
        outcome: fail("2 lack one", {
          expected: "an index",
          found: "none\u0000\ud800 'quoted' 🙂",
          fix: "create index;",
          findings: ["a.b", "c.d"],
          measured: { tableCount: 11, ok: false, version: null },
        }),
        facts: [
          {
            fact: "postgres.keys",
            tookMs: 9,
            attempts: [
              { tookMs: 5, error: "refused" },
              { tookMs: 4, error: undefined },
            ],
          },
        ],
      }),
      evidenceRow({
        component: "cache",
        check: "redis.connection",
        outcome: unknown("refused", "redis.connection"),
      }),
    ];
    {
      await using store = await place.open();
      await store.evidence.append(rows);
    }
    await using store = await place.open();
    expect(await store.evidence.latest("staging")).toEqual(
      rows.map((row, index) => ({ ...row, seq: index + 1 })),
    );
    expect(await store.evidence.verify()).toEqual({ rows: 3, brokenAt: undefined });
  });

  it("gives the newest row of each component and check of one environment", async () => {
    using place = await places.newPlace();
    await using store = await place.open();
    await store.evidence.append([evidenceRow({ observedAt: 1 }), evidenceRow({ observedAt: 2 })]);
    await store.evidence.append([evidenceRow({ component: "replica", observedAt: 3 })]);
    await store.evidence.append([evidenceRow({ environment: "production", observedAt: 4 })]);
    await store.evidence.append([]);
    const latest = await store.evidence.latest("staging");
    expect(latest.map((each) => [each.component, each.observedAt])).toEqual([
      ["database", 2],
      ["replica", 3],
    ]);
    expect(await store.evidence.latest("preview")).toEqual([]);
  });

  it("gives what was seen on a release before something newer that was seen on another", async () => {
    using place = await places.newPlace();
    await using store = await place.open();
    await store.evidence.append([evidenceRow({ release: "r1", observedAt: 1 })]);
    await store.evidence.append([evidenceRow({ release: "r2", observedAt: 2 })]);
    await store.evidence.append([evidenceRow({ component: "replica", release: "r2", observedAt: 3 })]);
    const seen = async (release?: string) =>
      (await store.evidence.latest("staging", release)).map((each) => [each.component, each.release]);
    expect(await seen("r1")).toEqual([
      ["database", "r1"],
      ["replica", "r2"],
    ]);
    expect(await seen("r2")).toEqual([
      ["database", "r2"],
      ["replica", "r2"],
    ]);
    expect(await seen()).toEqual(await seen("r2"));
    await store.evidence.append([evidenceRow({ release: "r1", observedAt: 4 })]);
    expect(await seen()).toEqual([
      ["replica", "r2"],
      ["database", "r1"],
    ]);
    expect(await store.evidence.verify()).toEqual({ rows: 4, brokenAt: undefined });
  });

  it("gives the history newest first, by component and check, up to a limit", async () => {
    using place = await places.newPlace();
    await using store = await place.open();
    const kept = [1, 2, 3, 4].map((observedAt) =>
      evidenceRow({ observedAt, component: observedAt % 2 === 0 ? "even" : "odd" }),
    );
    await store.evidence.append(kept);
    const times = async (query: { component?: string; check?: string; limit: number }) =>
      (await store.evidence.history({ environment: "staging", ...query })).map((each) => each.observedAt);
    expect(await times({ limit: 3 })).toEqual([4, 3, 2]);
    expect(await times({ component: "even", limit: 9 })).toEqual([4, 2]);
    expect(await times({ component: "odd", check: "postgres.connection", limit: 1 })).toEqual([3]);
    expect(await times({ check: "other.check", limit: 9 })).toEqual([]);
  });

  it("keeps a batch larger than one statement in one chain", async () => {
    using place = await places.newPlace();
    await using store = await place.open();
    const rows = Array.from({ length: 1_203 }, (_, index) =>
      evidenceRow({ check: `test.check-${index % 700}` }),
    );
    await store.evidence.append(rows);
    expect(await store.evidence.verify()).toEqual({ rows: 1_203, brokenAt: undefined });
    expect(await store.evidence.latest("staging")).toHaveLength(700);
  });

  it("is whole while it is walked and appended to at the same time", async () => {
    using place = await places.newPlace();
    await using store = await place.open();
    await using other = await place.open();
    await store.evidence.append(Array.from({ length: 20_000 }, () => evidenceRow()));
    const walked = store.evidence.verify();
    for (let round = 0; round < 5; round++) await other.evidence.append([evidenceRow()]);
    expect(await walked).toMatchObject({ brokenAt: undefined });
    expect(await store.evidence.verify()).toEqual({ rows: 20_005, brokenAt: undefined });
  });

  it("keeps nothing of a batch that cannot be kept whole", async () => {
    using place = await places.newPlace();
    await using store = await place.open();
    await store.evidence.append([evidenceRow()]);
    const nameless = evidenceRow({ component: null as never });
    await expect(store.evidence.append([evidenceRow(), nameless])).rejects.toThrow(/not.null/i);
    expect(await store.evidence.verify()).toEqual({ rows: 1, brokenAt: undefined });
    await store.evidence.append([evidenceRow()]);
    expect(await store.evidence.verify()).toEqual({ rows: 2, brokenAt: undefined });
  });
}

function tamperingSuite(places: StorePlaces, database: string): void {
  it.each(["evidence", "deploy_step", "person_answer"])("is refused in table %s", async (table) => {
    using place = await places.newPlace();
    await using store = await place.open();
    await store.evidence.append([evidenceRow()]);
    await store.deploys.begin({
      environment: "staging",
      kind: "deploy",
      release: "r1",
      from: undefined,
      by: "Ada",
    });
    await store.deploys.record("staging", { deploy: "d1", step: "lock", state: "intent", detail: {} });
    const person = { environment: "staging", by: "Ada", at: 1, until: 2 };
    await store.people.sign({ ...person, item: "trained", evidence: "seen" });
    await store.people.waive({ ...person, finding: "abc", reason: "small" });
    await expect(place.run(`update ${table} set environment = 'x'`)).rejects.toThrow(
      `${table} is append-only`,
    );
    await expect(place.run(`delete from ${table}`)).rejects.toThrow(`${table} is append-only`);
  });

  it.each([
    ["an outcome changed", `update evidence set outcome_json = '{"status":"pass"}' where seq = 3`, 3],
    ["a time changed", "update evidence set fresh_until = 9e12 where seq = 4", 4],
    ["a release added", "update evidence set release = 'r1' where seq = 1", 1],
    ["a row removed", "delete from evidence where seq = 2", 2],
    ["the last row removed", "delete from evidence where seq = 5", 5],
    ["every row removed", "delete from evidence", 1],
    [
      "rows swapped",
      "update evidence set seq = 9 where seq = 2; update evidence set seq = 2 where seq = 3; update evidence set seq = 3 where seq = 9",
      2,
    ],
    ["a hash changed", "update evidence set hash = 'x' where seq = 2", 2],
    ["the end of the chain changed", "update evidence_head set hash = 'x'", 5],
    ["the last row forgotten", "delete from evidence where seq = 5; update evidence_head set rows = 4", 4],
    ["an older answer shown as the newest", "update evidence_latest set seq = 2 where seq = 5", 5],
    ["the newest answer hidden", "delete from evidence_latest", 5],
    [
      "a row added by hand",
      "insert into evidence select seq + 1, environment, component, check_id, outcome_json, observed_at, fresh_until, release, configuration, facts_json, hash from evidence where seq = 5; update evidence_head set rows = 6",
      6,
    ],
  ])("is found: %s", async (_, statement, brokenAt) => {
    using place = await places.newPlace();
    await using store = await place.open();
    await store.evidence.append([1, 2, 3, 4, 5].map((observedAt) => evidenceRow({ observedAt })));
    await place.tamper("evidence", statement);
    expect((await store.evidence.verify()).brokenAt).toBe(brokenAt);
  });

  it("names every row that is not what was written, by check and time", async () => {
    using place = await places.newPlace();
    await using store = await place.open();
    await store.evidence.append([1, 2, 3, 4, 5, 6, 7].map((observedAt) => evidenceRow({ observedAt })));
    expect(await store.evidence.audit()).toMatchObject({ rows: 7, breaks: [] });
    // Only SQLite takes a number between two others.
    const between =
      database === "SQLite"
        ? "insert into evidence select 6.5, environment, component, check_id, outcome_json, observed_at, fresh_until, release, configuration, facts_json, hash from evidence where seq = 1;"
        : "";
    await place.tamper(
      "evidence",
      `update evidence set outcome_json = '{"status":"pass"}' where seq = 2;
        delete from evidence where seq = 4;
        update evidence set hash = 'x' where seq = 6;
        ${between}
        insert into evidence select 9, environment, component, check_id, outcome_json, observed_at, fresh_until, release, configuration, facts_json, hash from evidence where seq = 1`,
    );
    const row = { environment: "staging", about: "database/postgres.connection" };
    expect((await store.evidence.audit()).breaks).toMatchObject([
      { seq: 2, change: "changed", row: { ...row, at: 2 }, before: { seq: 1 } },
      { seq: 4, change: "removed", row: undefined, before: { ...row, seq: 3, at: 3 } },
      { seq: 6, change: "changed", row: { ...row, at: 6 } },
      ...(between === "" ? [] : [{ seq: 6.5, change: "inserted", row: { ...row, at: 1 } }]),
      { seq: 9, change: "inserted", row: { ...row, at: 1 } },
    ]);
  });
}

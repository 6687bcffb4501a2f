import { describe, expect, it } from "vitest";
import { checkCalled, launchOf } from "../../test/fixtures/check-record.ts";
import { evidenceRow } from "../../test/fixtures/evidence-row.ts";
import { openRealStore, storeFile } from "../../test/fixtures/store-file.ts";
import { subjectFor } from "../../test/fixtures/subject.ts";
import { staleness } from "../model/evidence.ts";
import { pass, unknown } from "../model/outcome.ts";
import { evidenceOf, record, severitiesOf, withSeverity } from "./record.ts";

const subject = subjectFor({ component: "api", options: {} });
const facts = [{ fact: "web.page", tookMs: 4, attempts: [{ tookMs: 4, error: undefined }] }];
const answers = [
  { subject, check: checkCalled("web.one", { freshFor: "2h" }), outcome: pass("fine"), facts },
  {
    subject,
    check: checkCalled("web.two", { freshFor: "30s" }),
    outcome: unknown("refused", "web.page"),
    facts: [],
  },
];
const circumstances = { environment: "production", at: 1_000, release: "r7", configuration: "c1" };

describe("answers as evidence", () => {
  it("are fresh as long as their check says", () => {
    expect(evidenceOf(answers, circumstances)).toEqual([
      {
        environment: "production",
        component: "api",
        check: "web.one",
        outcome: pass("fine"),
        observedAt: 1_000,
        freshUntil: 1_000 + 7_200_000,
        release: "r7",
        configuration: "c1",
        facts,
      },
      {
        environment: "production",
        component: "api",
        check: "web.two",
        outcome: unknown("refused", "web.page"),
        observedAt: 1_000,
        freshUntil: 31_000,
        release: "r7",
        configuration: "c1",
        facts: [],
      },
    ]);
  });

  it("are kept in the store", async () => {
    using place = storeFile();
    await using store = await openRealStore(place.file);
    const rows = await record(store.evidence, answers, circumstances);
    expect(await store.evidence.latest("production")).toEqual(
      rows.map((row, index) => ({ ...row, seq: index + 1 })),
    );
    expect(rows).toHaveLength(2);
  });
});

describe("the severity of evidence", () => {
  const launch = launchOf({
    api: [checkCalled("web.one", { severity: "warning" })],
    database: [checkCalled("postgres.connection")],
  });

  it("is the check's own, today", () => {
    const rows = [evidenceRow(), evidenceRow({ component: "api", check: "web.one" })];
    expect(withSeverity(launch, rows).map((each) => each.severity)).toEqual(["blocker", "warning"]);
    expect(severitiesOf(launch)).toEqual(
      new Map([
        ["web.one", "warning"],
        ["postgres.connection", "blocker"],
      ]),
    );
  });

  it("leaves out what is no longer declared", () => {
    const gone = [
      evidenceRow({ component: "old" }),
      evidenceRow({ check: "old.check" }),
      evidenceRow({ component: "api" }),
    ];
    expect(withSeverity(launch, gone)).toEqual([]);
  });
});

describe("evidence of a drill", () => {
  const row = evidenceRow({
    check: "drill.rollback",
    component: "drill",
    release: "r1",
    configuration: "old",
  });

  it("counts as a blocker though no component declares it", () => {
    expect(withSeverity(launchOf({}), [row])).toEqual([
      { ...row, severity: "blocker", figures: expect.anything() },
    ]);
  });

  it("stands across releases and configurations, for its time only", () => {
    const now = { at: row.freshUntil - 1, release: "r9", configuration: "new" };
    expect(staleness(row, now)).toBeUndefined();
    expect(staleness(row, { ...now, at: row.freshUntil })).toBe("too old");
    expect(staleness({ ...row, check: "web.one" }, now)).toBeDefined();
  });
});

import { describe, expect, it } from "vitest";
import { AT, checkCalled, launchOf, personItem, recordOf } from "../../../test/fixtures/check-record.ts";
import { evidenceRow } from "../../../test/fixtures/evidence-row.ts";
import { withSeverity } from "../../assess/record.ts";
import { findingFingerprint } from "../../model/finding.ts";
import { fail, pass } from "../../model/outcome.ts";
import { judge } from "../../model/verdict.ts";
import { checkRecord } from "./check-record.ts";

const launch = launchOf(
  { api: [checkCalled("web.one"), checkCalled("web.two")], admin: [checkCalled("web.one")] },
  { checklist: "docs/LAUNCH.md", configFile: "/project/config/gonogo.config.ts" },
);
const trouble = { expected: "a", found: "b", fix: "c" };

describe("the record of a check", () => {
  it("tells a check that several lines rest on once, with all of them", () => {
    const line = (id: string, check: string, phase: "staging" | "launch") =>
      personItem(id, { phase, answeredBy: { by: "checks", checks: [{ check }] } });
    const record = recordOf({
      launch,
      checklist: [line("later", "web.one", "launch"), line("now", "web.one", "staging")],
      outcomes: {
        "api/web.one": fail("no", trouble),
        "api/web.two": pass("fine"),
        "admin/web.one": pass("fine"),
      },
    });
    expect(
      record.answers.map((each) => [each.component, each.check, each.items, each.blocks, each.due]),
    ).toEqual([
      ["api", "web.one", ["later", "now"], true, true],
      ["api", "web.two", ["api/web.two"], false, true],
      ["admin", "web.one", ["later", "now"], false, true],
    ]);
    expect(record).toMatchObject({ checklist: "docs/LAUNCH.md", config: "config/gonogo.config.ts", at: AT });
  });

  it("knows a check that nobody asked, on each component that has it", () => {
    const checklist = [personItem("line", { answeredBy: { by: "checks", checks: [{ check: "web.one" }] } })];
    const record = recordOf({ launch, checklist, outcomes: {} });
    expect(record.answers.map((each) => [each.component, each.check, each.state, each.outcome])).toEqual([
      ["api", "web.one", "unanswered", null],
      ["api", "web.two", "unanswered", null],
      ["admin", "web.one", "unanswered", null],
    ]);
  });

  it("says of each finding who accepted it and until when", () => {
    const finding = findingFingerprint("api", "web.one", "first");
    const record = recordOf({
      launch,
      outcomes: { "api/web.one": fail("no", { ...trouble, findings: ["first", "second"] }) },
      waivers: [
        { environment: "staging", finding, by: "Ada", at: AT - 1, until: AT + 1, reason: "small" },
        {
          environment: "staging",
          finding: findingFingerprint("api", "web.one", "second"),
          by: "Bob",
          at: 0,
          until: AT,
          reason: "over",
        },
      ],
    });
    expect(record.answers[0]?.findings).toEqual([
      { name: "first", fingerprint: finding, waivedBy: "Ada", waivedUntil: AT + 1 },
      { name: "second", fingerprint: expect.any(String), waivedBy: null, waivedUntil: null },
    ]);
    expect(record.answers[0]?.state).toBe("failing");
  });

  it("carries the row of a drill to the line that it answers, and to no other", () => {
    const record = recordOf({
      launch,
      checklist: [
        personItem("held", { answeredBy: { by: "drill", drill: "drill.rollback" } }),
        personItem("never", { answeredBy: { by: "drill", drill: "drill.worker" } }),
        personItem("signed"),
      ],
      outcomes: { "drill/drill.rollback": pass("walked") },
    });
    expect(record.items.slice(0, 3).map(({ id, state, drill }) => [id, state, drill])).toEqual([
      [
        "held",
        "go",
        {
          drill: "drill.rollback",
          evidence: null,
          release: null,
          observedAt: AT,
          freshUntil: AT + 86_400_000,
        },
      ],
      ["never", "unanswered", null],
      ["signed", "unsigned", null],
    ]);
  });

  it("leaves out what the verdict is not about", () => {
    const environment = { name: "staging", stage: "staging", allows: ["read"] } as const;
    const rows = ["web.one", "web.two"].map((check) =>
      evidenceRow({ component: "api", check, observedAt: AT, freshUntil: AT + 1 }),
    );
    const verdict = judge({
      items: [
        personItem("two", { answeredBy: { by: "checks", checks: [{ check: "web.two", component: "api" }] } }),
      ],
      evidence: withSeverity(launch, rows),
      signOffs: [],
      waivers: [],
      environment,
      now: { at: AT, release: undefined, configuration: "c1" },
    });
    const record = checkRecord({
      launch,
      environment,
      release: undefined,
      verdict,
      evidence: rows,
      waivers: [],
      at: AT,
      tookMs: 5,
    });
    expect(record.answers.map((each) => each.check)).toEqual(["web.two"]);
    expect(record.answers[0]).toMatchObject({ observedAt: AT, freshUntil: AT + 1, facts: rows[0]?.facts });
    expect(record.go).toBe(true);
  });
});

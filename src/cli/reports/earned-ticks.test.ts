import { expect, it } from "vitest";
import { AT, checkCalled, launchOf, personItem } from "../../../test/fixtures/check-record.ts";
import { evidenceRow } from "../../../test/fixtures/evidence-row.ts";
import { withSeverity } from "../../assess/record.ts";
import { parseChecklist } from "../../checklist/markdown/parse.ts";
import { linesEarnedElsewhere } from "../../checklist/ticks/mark.ts";
import { fail, type Outcome, pass } from "../../model/outcome.ts";
import { judge } from "../../model/verdict.ts";
import { checkRecord } from "../output/check-record.ts";
import { earnedTicks } from "./earned-ticks.ts";

const LIST = `- [ ] Ready
  - [ ] Rollback rehearsed <!-- gonogo: drill rollback -->
  - [ ] Pages answer <!-- gonogo: web.one -->
`;
const launch = launchOf({ api: [checkCalled("web.one")] });
const environment = { name: "staging", stage: "staging", allows: ["read"] } as const;

it("a line that a drill earned is ticked with the drill's row and day, and so is the line above it", () => {
  const { items } = parseChecklist(LIST, { knownChecks: ["web.one"] });
  const ids = items.map(({ id }) => id);
  const [above = "", rehearsed = "", answers = ""] = ids;
  const evidence = [
    { ...evidenceRow({ component: "api", check: "web.one", observedAt: AT }), seq: 3 },
    { ...evidenceRow({ component: "drill", check: "drill.rollback", observedAt: AT + 86_400_000 }), seq: 7 },
  ].map((each) => ({ ...each, freshUntil: AT + 9 * 86_400_000 }));
  const verdict = judge({
    items: [
      personItem(above, { answeredBy: { by: "nobody", why: "the lines below it answer" } }),
      personItem(rehearsed, { answeredBy: { by: "drill", drill: "drill.rollback" } }),
      personItem(answers, { answeredBy: { by: "checks", checks: [{ check: "web.one" }] } }),
    ],
    evidence: withSeverity(launch, evidence),
    signOffs: [],
    waivers: [],
    environment: { ...environment, launchAt: undefined },
    now: { at: AT + 2 * 86_400_000, release: undefined, configuration: "c1" },
  });
  const check = checkRecord({
    launch,
    environment,
    release: undefined,
    verdict,
    evidence,
    waivers: [],
    at: AT + 2 * 86_400_000,
    tookMs: 5,
  });
  const ticks = earnedTicks(items, { check, signOffs: [], release: null });
  const told = [...ticks].map(([line, tick]) => [line, tick.earned && [tick.mark.day, tick.mark.rests]]);
  expect(told).toEqual([
    [1, ["2026-11-22", "evidence 3,7"]],
    [2, ["2026-11-22", "evidence 7"]],
    [3, ["2026-11-21", "evidence 3"]],
  ]);
});

it("what another environment earned keeps its tick where it is not due, and loses it where it fails", () => {
  const list = `- [x] Pages answer <!-- gonogo: web.one --> <!-- gonogo-ticked 2026-11-20 production r3 evidence 6 -->
- [x] Ready <!-- gonogo: web.one --> <!-- gonogo-ticked 2026-11-20 staging r1 evidence 2 -->
`;
  const { items } = parseChecklist(list, { knownChecks: ["web.one"] });
  const ticksIn = (at: "staging" | "production", outcome: Outcome) => {
    const evidence = [
      {
        ...evidenceRow({
          component: "api",
          check: "web.one",
          observedAt: AT,
          freshUntil: AT + 1_000,
          outcome,
        }),
        seq: 3,
      },
    ];
    const now = { at: AT, release: undefined, configuration: "c1" };
    const asked = items.map(({ id }) =>
      personItem(id, { answeredBy: { by: "checks", checks: [{ check: "web.one" }] }, phase: "production" }),
    );
    const where = { ...environment, stage: at };
    const verdict = judge({
      items: asked,
      evidence: withSeverity(launch, evidence),
      signOffs: [],
      waivers: [],
      environment: { ...where, launchAt: undefined },
      now,
    });
    const record = { launch, environment: where, release: undefined, verdict, evidence, waivers: [], at: AT };
    const check = checkRecord({ ...record, tookMs: 5 });
    const elsewhere = linesEarnedElsewhere(list, "staging");
    const ticks = earnedTicks(items, { check, signOffs: [], release: null }, elsewhere);
    return [...ticks].map(([line, { earned }]) => [line, earned]);
  };
  expect(ticksIn("staging", pass("answers"))).toEqual([[2, false]]);
  expect(ticksIn("production", fail("is away", { expected: "200", found: "503", fix: "start it" }))).toEqual([
    [1, false],
    [2, false],
  ]);
});

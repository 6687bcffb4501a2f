import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evidenceRow } from "../../test/fixtures/evidence-row.ts";
import type { Severity } from "./check.ts";
import { findingFingerprint } from "./finding.ts";
import type { Item } from "./item.ts";
import { fail, notApplicable, type Outcome, pass, unknown, warn } from "./outcome.ts";
import { PHASES, type Phase, type Stage } from "./phase.ts";
import type { SignOff, Waiver } from "./sign-off.ts";
import { type ItemState, judge, type VerdictInput } from "./verdict.ts";

const NOW = 10_000;
const trouble = { expected: "a", found: "b", fix: "c", findings: ["one", "two"] };

const OUTCOMES: Readonly<Record<string, Outcome | undefined>> = {
  pass: pass("fine"),
  warn: warn("weak", trouble),
  fail: fail("broken", trouble),
  unknown: unknown("refused", "postgres.connection"),
  "not applicable": notApplicable("has none"),
  missing: undefined,
};
const SEVERITIES: readonly Severity[] = ["blocker", "warning", "info"];
const FRESHNESS = {
  fresh: {},
  "at its last moment": { freshUntil: NOW + 1 },
  "too old": { freshUntil: NOW },
  "seen on another release": { release: "r1" },
  "seen on no release": { release: undefined },
  "seen under another configuration": { configuration: "c0" },
};

const waiver = (finding: string, given: Partial<Waiver> = {}): Waiver => ({
  environment: "staging",
  finding: findingFingerprint("database", "postgres.connection", finding),
  by: "Ada",
  at: NOW,
  until: NOW + 1,
  reason: "known",
  ...given,
});
const both = (given: Partial<Waiver> = {}): Waiver[] => [waiver("one", given), waiver("two", given)];
const WAIVERS: Readonly<Record<string, readonly Waiver[]>> = {
  none: [],
  "of every finding": both(),
  "of one finding of two": [waiver("one")],
  expired: both({ until: NOW }),
  "not yet begun": both({ at: NOW + 1 }),
  "of another environment": both({ environment: "production" }),
  "of another finding": [waiver("three"), waiver("")],
};

const DUE: readonly (readonly [Phase, Stage, "due" | "not due"])[] = PHASES.flatMap((phase) =>
  (["preview", "staging", "production"] as const).map((stage) => {
    const soon =
      phase === "build" || phase === "staging" || (phase === "production" && stage === "production");
    return [phase, stage, soon ? "due" : "not due"] as const;
  }),
);

function checkItem(given: Partial<Item> = {}): Item {
  return {
    id: "database-answers",
    text: "The database answers",
    phase: "staging",
    line: 1,
    path: [],
    claimed: true,
    answeredBy: { by: "checks", checks: [{ check: "postgres.connection", component: "database" }] },
    ...given,
  };
}

function inputOf(given: Partial<VerdictInput>): VerdictInput {
  return {
    items: [],
    evidence: [],
    signOffs: [],
    waivers: [],
    environment: { name: "staging", stage: "staging" },
    now: { at: NOW, release: "r2", configuration: "c1" },
    ...given,
  };
}

function row(
  outcome: Outcome,
  given: Partial<VerdictInput["evidence"][number]> = {},
): VerdictInput["evidence"][number] {
  const kept = evidenceRow({ outcome, release: "r2", freshUntil: NOW + 1_000, ...given });
  return { ...kept, severity: given.severity ?? "blocker" };
}

/**
 * The verdict's words as a table, first row that fits: due, outcome, fresh, accepted, severity -> state, blocks.
 * "-" fits anything.
 */
const TABLE = `
  not due  -               -      -         -        : not due         no
  due      missing         -      -         blocker  : unanswered      yes
  due      missing         -      -         -        : unanswered      no
  due      -               stale  -         blocker  : stale           yes
  due      -               stale  -         -        : stale           no
  due      pass            fresh  -         -        : go              no
  due      not applicable  fresh  -         -        : not applicable  no
  due      unknown         fresh  -         blocker  : unknown         yes
  due      unknown         fresh  -         -        : unknown         no
  due      -               fresh  accepted  -        : waived          no
  due      fail            fresh  open      blocker  : failing         yes
  due      -               fresh  open      -        : warning         no
`
  .trim()
  .split("\n")
  .map((line) => line.split(/\s{2,}|\s+:\s+|(?<=-)\s+|:\s+/).filter((cell) => cell !== ""));

function expected(facts: readonly string[]): { state: string; blocks: boolean } {
  const found = TABLE.find((cells) =>
    facts.every((fact, index) => cells[index] === "-" || cells[index] === fact),
  );
  if (!found) throw new Error(`the table says nothing of ${facts.join(", ")}`);
  return { state: found[5] ?? "", blocks: found[6] === "yes" };
}

const POSITIVE = new Set(["go", "warning", "waived"]);

describe("one line and one check", () => {
  const cases = Object.keys(OUTCOMES).flatMap((outcome) =>
    SEVERITIES.flatMap((severity) =>
      Object.keys(FRESHNESS).flatMap((freshness) =>
        Object.keys(WAIVERS).flatMap((waivers) =>
          DUE.map((due) => ({ outcome, severity, freshness, waivers, due })),
        ),
      ),
    ),
  );

  it("are judged as the table says, in every combination", () => {
    expect(cases).toHaveLength(6 * 3 * 6 * 7 * 14 * 3);
    for (const { outcome, severity, freshness, waivers, due } of cases) {
      const [phase, stage, isDue] = due;
      const seen = OUTCOMES[outcome];
      const { go, goWithoutWaivers, items } = judge(
        inputOf({
          items: [checkItem({ phase })],
          evidence: seen ? [row(seen, { severity, ...FRESHNESS[freshness as keyof typeof FRESHNESS] })] : [],
          severities: new Map([["postgres.connection", severity]]),
          waivers: WAIVERS[waivers] ?? [],
          environment: { name: "staging", stage },
        }),
      );
      const fresh = freshness === "fresh" || freshness === "at its last moment" ? "fresh" : "stale";
      const accepted = waivers === "of every finding" ? "accepted" : "open";
      const wanted = expected([isDue, outcome, fresh, accepted, severity]);
      const strict = expected([isDue, outcome, fresh, "open", severity]);
      const named = `${outcome}, ${severity}, ${freshness}, waiver ${waivers}, ${phase} in ${stage}`;
      expect({ state: items[0]?.state, blocks: items[0]?.blocks }, named).toEqual(wanted);
      expect(items[0]?.checks[0]?.blocks, named).toBe(wanted.blocks);
      expect(go, named).toBe(POSITIVE.has(wanted.state) && !wanted.blocks);
      expect(goWithoutWaivers, named).toBe(POSITIVE.has(strict.state) && !strict.blocks);
      expect(items[0]?.reason, named).toMatch(/\S/);
    }
  });

  it("block without evidence when nobody says how much the check matters", () => {
    const [item] = judge(inputOf({ items: [checkItem()] })).items;
    expect(item).toMatchObject({ state: "unanswered", blocks: true, reason: "not checked yet" });
  });

  it("are not answered by evidence of another environment, component or check", () => {
    const evidence = [
      row(pass("fine"), { environment: "production" }),
      row(pass("fine"), { component: "replica" }),
      row(pass("fine"), { check: "postgres.role" }),
    ];
    expect(judge(inputOf({ items: [checkItem()], evidence })).items[0]?.state).toBe("unanswered");
  });
});

describe("a line that a person answers", () => {
  const signOff = (given: Partial<SignOff> = {}): SignOff => ({
    environment: "staging",
    item: "team-trained",
    by: "Ada",
    at: NOW,
    until: NOW + 1,
    evidence: "12 May",
    ...given,
  });
  const expired = signOff({ at: 1, until: NOW });

  it.each<[string, readonly SignOff[], ItemState, string]>([
    ["nothing", [], "unsigned", "nobody has signed"],
    ["a sign-off", [signOff()], "go", "signed by Ada"],
    ["an expired one", [expired], "unsigned", "the sign-off has expired"],
    ["one not yet begun", [signOff({ at: NOW + 1, until: NOW + 9 })], "unsigned", "nobody has signed"],
    [
      "one for another environment",
      [signOff({ environment: "production" })],
      "unsigned",
      "nobody has signed",
    ],
    ["one for another line", [signOff({ item: "other" })], "unsigned", "nobody has signed"],
    ["an expired one and one that stands", [expired, signOff({ by: "Bob" })], "go", "signed by Bob"],
  ])("has %s", (_, signOffs, state, reason) => {
    for (const [phase, stage, due] of DUE) {
      const item = checkItem({ id: "team-trained", phase, answeredBy: { by: "person" } });
      const verdict = judge(inputOf({ items: [item], signOffs, environment: { name: "staging", stage } }));
      const wanted =
        due === "due" ? { state, reason, blocks: state !== "go" } : { state: "not due", blocks: false };
      expect(verdict.items[0], `${phase} in ${stage}`).toMatchObject(wanted);
      expect(verdict.go).toBe(due === "due" && state === "go");
    }
  });
});

describe("a line that nobody or a drill answers", () => {
  it("blocks until somebody does or the drill was held", () => {
    const nobody = checkItem({ answeredBy: { by: "nobody" } });
    const drill = checkItem({ answeredBy: { by: "drill", drill: "drill.restore" } });
    const empty = checkItem({ answeredBy: { by: "checks", checks: [] } });
    const { items } = judge(inputOf({ items: [nobody, drill, empty] }));
    expect(items.map(({ state, blocks, reason }) => [state, blocks, reason])).toEqual([
      ["unanswered", true, "bound to no check, drill or person"],
      ["unanswered", true, "the drill has not been held: gonogo drill restore"],
      ["unanswered", true, "bound to no check"],
    ]);
    const held = judge(
      inputOf({ items: [drill], evidence: [row(pass("restored"), { check: "drill.restore" })] }),
    );
    expect(held.go).toBe(true);
  });

  it("says what to declare where the environment allows no drills, but for one that disturbs nobody", () => {
    const items = ["restore", "alert"].map((name) =>
      checkItem({ answeredBy: { by: "drill", drill: `drill.${name}` } }),
    );
    const environment = { name: "production", stage: "production", allows: ["read"] } as const;
    expect(judge(inputOf({ items, environment })).items.map(({ reason }) => reason)).toEqual([
      'the drill has not been held, and production does not allow drills: declare environments.production: { allows: ["read", "drill"] }, then gonogo drill restore',
      "the drill has not been held: gonogo drill alert",
    ]);
    const allowed = { ...environment, allows: ["read", "drill"] } as const;
    expect(judge(inputOf({ items, environment: allowed })).items[0]?.reason).toBe(
      "the drill has not been held: gonogo drill restore",
    );
  });

  it("is set aside by a reason, and holds nobody up", () => {
    const aside = checkItem({ answeredBy: { by: "nobody", why: "we send no mail" } });
    expect(judge(inputOf({ items: [aside] }))).toMatchObject({
      go: false,
      items: [{ state: "not applicable", reason: "we send no mail", blocks: false }],
    });
  });
});

describe("a line that rests on several checks", () => {
  const everywhere = checkItem({ answeredBy: { by: "checks", checks: [{ check: "postgres.connection" }] } });

  it("is as good as the worst of them, on every component, and says each", () => {
    const evidence = [
      row(pass("fine")),
      row(fail("broken", trouble), { component: "replica" }),
      row(unknown("refused"), { component: "third" }),
    ];
    const { items } = judge(inputOf({ items: [everywhere], evidence }));
    expect(items[0]).toMatchObject({ state: "failing", reason: "broken", blocks: true });
    expect(items[0]?.checks.map((each) => [each.component, each.state, each.blocks])).toEqual([
      ["database", "go", false],
      ["replica", "failing", true],
      ["third", "unknown", true],
    ]);
  });

  it("tells what blocks before what is merely worse", () => {
    const evidence = [
      row(unknown("refused"), { severity: "warning" }),
      row(pass("old"), { component: "b", freshUntil: 1 }),
    ];
    expect(judge(inputOf({ items: [everywhere], evidence })).items[0]).toMatchObject({
      state: "stale",
      blocks: true,
    });
  });

  it("counts a waived blocker beside a warning as NO-GO without waivers", () => {
    const evidence = [row(fail("broken", trouble)), row(warn("weak", trouble), { component: "replica" })];
    const verdict = judge(inputOf({ items: [everywhere], evidence, waivers: both() }));
    expect(verdict.items[0]?.state).toBe("warning");
    expect([verdict.go, verdict.goWithoutWaivers]).toEqual([true, false]);
  });
});

const COMPONENTS = ["database", "replica", "cache"];
const CHECKS = ["postgres.connection", "postgres.role", "redis.policy"];

const someOutcome = fc.oneof(
  { weight: 8, arbitrary: fc.constant(pass("fine")) },
  { weight: 2, arbitrary: fc.constant(warn("weak", { expected: "a", found: "b", fix: "c" })) },
  {
    weight: 2,
    arbitrary: fc.subarray(["one", "two"]).map((findings) => fail("broken", { ...trouble, findings })),
  },
  { weight: 1, arbitrary: fc.constant(unknown("refused")) },
  { weight: 1, arbitrary: fc.constant(notApplicable("has none")) },
);
const someEvidence = fc
  .record({
    component: fc.constantFrom(...COMPONENTS),
    check: fc.constantFrom(...CHECKS),
    outcome: someOutcome,
    severity: fc.constantFrom(...SEVERITIES),
    stale: fc.oneof(
      { weight: 8, arbitrary: fc.constant("fresh" as const) },
      { weight: 1, arbitrary: fc.constantFrom("too old", "seen on another release") },
    ),
  })
  .map(({ outcome, stale, ...rest }) => row(outcome, { ...rest, ...FRESHNESS[stale] }));
const someItem = fc
  .record({
    phase: fc.constantFrom<Phase>("build", "staging", "staging", "production", "day-1"),
    answeredBy: fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .array(
            fc.record(
              { check: fc.constantFrom(...CHECKS), component: fc.constantFrom(...COMPONENTS) },
              { requiredKeys: ["check"] },
            ),
            { maxLength: 3 },
          )
          .map((checks) => ({ by: "checks", checks }) as const),
      },
      { weight: 3, arbitrary: fc.constant({ by: "person" } as const) },
      { weight: 1, arbitrary: fc.constant({ by: "nobody" } as const) },
    ),
    number: fc.nat(3),
  })
  .map(({ number, ...rest }) => checkItem({ ...rest, id: `item-${number}` }));
const someSignOff = fc
  .record({ number: fc.nat(3), until: fc.constantFrom(NOW, NOW + 1, NOW + 1) })
  .map(({ number, until }) => ({
    environment: "staging",
    item: `item-${number}`,
    by: "Ada",
    at: 1,
    until,
    evidence: "",
  }));
const someWaiver = fc
  .record({
    component: fc.constantFrom(...COMPONENTS),
    check: fc.constantFrom(...CHECKS),
    finding: fc.constantFrom("", "one", "two"),
    until: fc.constantFrom(NOW, NOW + 1),
  })
  .map(({ component, check, finding, until }) =>
    waiver("", { finding: findingFingerprint(component, check, finding), until, at: 1 }),
  );
const someInput = fc
  .record({
    items: fc.array(someItem, { maxLength: 4 }),
    evidence: fc.uniqueArray(someEvidence, {
      maxLength: 9,
      selector: (each) => `${each.component} ${each.check}`,
    }),
    signOffs: fc.array(someSignOff, { maxLength: 8 }),
    waivers: fc.array(someWaiver, { maxLength: 8 }),
    stage: fc.constantFrom<Stage>("preview", "staging", "production"),
  })
  .map(({ stage, ...rest }) => inputOf({ ...rest, environment: { name: "staging", stage } }));

/** Each property over many verdicts, of which a good part must be GO or it would prove nothing. */
function always(property: (input: VerdictInput) => void): void {
  let goes = 0;
  const weighed = someInput.filter((input) => {
    const { go } = judge(input);
    if (go) goes += 1;
    return true;
  });
  fc.assert(fc.property(weighed, property), { numRuns: 2_000 });
  expect(goes).toBeGreaterThan(100);
}

describe("whatever the checklist", () => {
  it("a failing blocker more never turns NO-GO to GO, and is NO-GO itself", () => {
    always((input) => {
      const check = { check: "added.check", component: "added" };
      const added = {
        ...input,
        items: [...input.items, checkItem({ answeredBy: { by: "checks", checks: [check] } })],
        evidence: [...input.evidence, row(fail("broken", trouble), check)],
      };
      expect(judge(added).go).toBe(false);
      expect(judge(added).goWithoutWaivers).toBe(false);
    });
  });

  it("a blocker that begins to fail never turns NO-GO to GO", () => {
    always((input) => {
      const broken = input.evidence.map((each) =>
        each.severity === "blocker" ? { ...each, outcome: fail("broken", trouble) } : each,
      );
      if (!judge(input).go) expect(judge({ ...input, evidence: broken, waivers: [] }).go).toBe(false);
    });
  });

  it("nothing at all is not GO, whatever else is known", () => {
    always((input) => {
      expect(judge({ ...input, items: [] })).toEqual({ go: false, goWithoutWaivers: false, items: [] });
    });
  });

  it("GO means that no due line is unknown, stale, unanswered or unsigned where that blocks", () => {
    always((input) => {
      const { go, items } = judge(input);
      expect(go && items.some((each) => each.blocks)).toBe(false);
      const people = items.filter((each) => each.item.answeredBy.by === "person" && each.state !== "not due");
      if (go) expect(people.every((each) => each.state === "go")).toBe(true);
    });
  });

  it("what nobody could tell is not GO", () => {
    always((input) => {
      const blind = input.evidence.map((each) => ({ ...each, outcome: unknown("refused") }));
      const items = input.items.filter((each) => each.answeredBy.by === "checks");
      expect(judge({ ...input, items, evidence: blind }).go).toBe(false);
      expect(judge({ ...input, items, evidence: [] }).go).toBe(false);
    });
  });

  it("waivers never make it GO without waivers, and never make GO worse", () => {
    always((input) => {
      const strict = judge({ ...input, waivers: [] });
      const waived = judge(input);
      expect(waived.goWithoutWaivers).toBe(strict.go);
      if (strict.go) expect(waived.go).toBe(true);
    });
  });

  it("the order of lines, evidence, sign-offs and waivers does not matter", () => {
    always((input) => {
      const turned = judge({
        ...input,
        items: input.items.toReversed(),
        evidence: input.evidence.toReversed(),
        signOffs: input.signOffs.toReversed(),
        waivers: input.waivers.toReversed(),
      });
      const straight = judge(input);
      expect([turned.go, turned.goWithoutWaivers]).toEqual([straight.go, straight.goWithoutWaivers]);
      expect(turned.items.toReversed().map((each) => [each.item, each.state, each.blocks])).toEqual(
        straight.items.map((each) => [each.item, each.state, each.blocks]),
      );
    });
  });

  it("a line is judged alike alone and among others", () => {
    always((input) => {
      const alone = input.items.map((item) => judge({ ...input, items: [item] }).items[0]);
      expect(alone).toEqual(judge(input).items);
    });
  });
});

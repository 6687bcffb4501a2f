import { describe, expect, it } from "vitest";
import { checkCalled, launchOf, personItem, recordOf } from "../../test/fixtures/check-record.ts";
import type { CheckReference, Item } from "../model/item.ts";
import { fail, notApplicable, type Outcome, pass, undeclared } from "../model/outcome.ts";
import { itemsFor } from "./items.ts";
import { select } from "./selection.ts";

const launch = launchOf({ api: [checkCalled("web.header.hsts"), checkCalled("web.health.ready")] });

function line(...checks: CheckReference[]): Item {
  return personItem("consent-banner", { answeredBy: { by: "checks", checks } });
}

function asked(item: Item): Item | undefined {
  return itemsFor(launch, [item])[0];
}

it("a line whose check no declared component has is a person's, and says why", () => {
  const item = line({ check: "legal.consent.before-tracking" });
  expect(asked(item)).toEqual({
    ...item,
    answeredBy: { by: "person" },
    undeclared: ["legal.consent.before-tracking"],
  });
  const outcomes = { "api/web.header.hsts": pass("there"), "api/web.health.ready": pass("answers") };
  const { items } = recordOf({ launch, outcomes, checklist: [item] });
  expect(items[0]).toMatchObject({ answeredBy: "person", state: "unsigned" });
  expect(items[0]?.reason).toBe(
    "nobody has signed; no declared component has legal.consent.before-tracking: sign it, or declare one that has (`gonogo import` proposes it)",
  );
});

it("half of an answer is none: the check that is declared keeps its own item", () => {
  const items = itemsFor(launch, [line({ check: "web.header.hsts" }, { check: "gdpr.delete.works" })]);
  expect(items[0]).toMatchObject({ answeredBy: { by: "person" }, undeclared: ["gdpr.delete.works"] });
  expect(items.map(({ id }) => id)).toContain("api/web.header.hsts");
});

it("who signs a line signs what its checks would have left open", () => {
  const answeredBy = { by: "person", rules: { approver: "cto" } } as const;
  const rest = personItem("consent-banner.rest", { restOf: "consent-banner", answeredBy });
  const linesFor = (check: string) =>
    itemsFor(launch, [line({ check }), rest]).filter(({ id }) => id.startsWith("consent"));
  expect(linesFor("web.header.hsts").map(({ id }) => id)).toEqual(["consent-banner", "consent-banner.rest"]);
  expect(linesFor("legal.consent.before-tracking")).toMatchObject([{ id: "consent-banner", answeredBy }]);
});

it("who asks for a line alone is told what its checks leave open, too", () => {
  const rest = personItem("consent-banner.rest", { restOf: "consent-banner" });
  const items = itemsFor(launch, [line({ check: "web.header.hsts" }), rest]);
  const selected = select({ launch, items, only: ["consent-banner"] });
  expect(selected.items.map(({ id }) => id)).toEqual(["consent-banner", "consent-banner.rest"]);
});

it("nobody signs what the check that is declared saw fail", () => {
  const item = line({ check: "web.header.hsts" }, { check: "gdpr.delete.works" });
  const seen = (outcome: Outcome) =>
    recordOf({ launch, outcomes: { "api/web.header.hsts": outcome }, checklist: [item] }).items[0];
  const missing = fail("no HSTS", { expected: "HSTS", found: "none", fix: "send it" });
  expect(seen(missing)).toMatchObject({ answeredBy: "person", state: "failing", reason: "no HSTS" });
  expect(seen(pass("there"))).toMatchObject({ answeredBy: "person", state: "unsigned" });
});

describe("a line whose checks find nothing declared", () => {
  const wants = undeclared('no test line is declared; add repository({ test: "npm test" })');
  const of = (item: Item, outcomes: Record<string, Outcome>) =>
    recordOf({ launch, outcomes, checklist: [item] }).items[0];
  const tests = line({ check: "web.header.hsts" });

  it("is answered by nobody, and says how that is mended", () => {
    expect(of(tests, { "api/web.header.hsts": wants })).toMatchObject({
      state: "unanswered",
      blocks: true,
      reason: expect.stringMatching(
        /^no test line is declared; add .*; or the line's comment says who answers it/,
      ),
    });
  });

  it("is moot where what it speaks of is not there, where it is conditional, and where another check answers", () => {
    const moot = notApplicable("there are no tests");
    expect(of(tests, { "api/web.header.hsts": moot })?.state).toBe("not applicable");
    const conditional = { ...tests, condition: "if there are any" };
    expect(of(conditional, { "api/web.header.hsts": wants })?.state).toBe("not applicable");
    const both = line({ check: "web.header.hsts" }, { check: "web.health.ready" });
    const outcomes = { "api/web.header.hsts": wants, "api/web.health.ready": pass("ready") };
    expect(of(both, outcomes)?.state).toBe("go");
  });

  it("is judged only where all of its checks were asked", () => {
    const narrowed = { ...tests, isNarrowed: true } as Item;
    expect(of(narrowed, { "api/web.header.hsts": wants })?.state).toBe("not applicable");
    const { items } = select({
      launch,
      items: [line({ check: "web.header.hsts" }, { check: "web.health.ready" })],
      only: ["web.header.hsts"],
    });
    expect(items[0]?.isNarrowed).toBe(true);
    expect(select({ launch, items: [tests] }).items[0]).not.toHaveProperty("isNarrowed");
  });

  it("is asked of the list alone: a check that no line speaks of just does not apply", () => {
    const { items, answers } = recordOf({
      launch,
      outcomes: { "api/web.header.hsts": wants },
      checklist: [],
    });
    expect(items.find(({ id }) => id === "api/web.header.hsts")?.state).toBe("not applicable");
    expect(answers[0]?.state).toBe("not applicable");
  });
});

it("a line that names the wrong component of a check is left to be put right", () => {
  const wrong = line({ check: "web.header.hsts", component: "apii" });
  expect(asked(wrong)).toEqual(wrong);
});

import { expect, it } from "vitest";
import { checkCalled, launchOf, personItem, recordOf } from "../../test/fixtures/check-record.ts";
import type { CheckReference, Item } from "../model/item.ts";
import { fail, type Outcome, pass } from "../model/outcome.ts";
import { itemsFor } from "./items.ts";

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

it("nobody signs what the check that is declared saw fail", () => {
  const item = line({ check: "web.header.hsts" }, { check: "gdpr.delete.works" });
  const seen = (outcome: Outcome) =>
    recordOf({ launch, outcomes: { "api/web.header.hsts": outcome }, checklist: [item] }).items[0];
  const missing = fail("no HSTS", { expected: "HSTS", found: "none", fix: "send it" });
  expect(seen(missing)).toMatchObject({ answeredBy: "person", state: "failing", reason: "no HSTS" });
  expect(seen(pass("there"))).toMatchObject({ answeredBy: "person", state: "unsigned" });
});

it("a line that names the wrong component of a check is left to be put right", () => {
  const wrong = line({ check: "web.header.hsts", component: "apii" });
  expect(asked(wrong)).toEqual(wrong);
});

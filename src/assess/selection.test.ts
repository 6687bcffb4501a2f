import { describe, expect, it } from "vitest";
import { checkCalled, launchOf, personItem } from "../../test/fixtures/check-record.ts";
import { UserError } from "../model/errors.ts";
import { defineFact } from "../model/fact.ts";
import type { Item } from "../model/item.ts";
import { itemsFor } from "./items.ts";
import { select } from "./selection.ts";

const running = defineFact({
  id: "web.page",
  access: "read",
  reach: "application",
  collect: async () => "page",
});

const launch = launchOf({
  api: [
    checkCalled("web.header.hsts", { needs: { running } }),
    checkCalled("web.health.ready", { title: "Health tells the truth" }),
  ],
  database: [checkCalled("postgres.index.foreign-key"), checkCalled("postgres.index.invalid")],
  replica: [checkCalled("postgres.index.foreign-key"), checkCalled("postgres.index.invalid")],
});

function bound(id: string, checks: { check: string; component?: string }[]): Item {
  return personItem(id, { answeredBy: { by: "checks", checks } });
}

const checklist = [
  bound("indexes", [{ check: "postgres.index.foreign-key" }]),
  bound("primary-indexes", [{ check: "postgres.index.invalid", component: "database" }]),
  bound("mail-works", [{ check: "mail.delivery" }]),
  personItem("team-trained"),
  personItem("nobody-knows", { answeredBy: { by: "nobody" } }),
  personItem("restore-rehearsed", { answeredBy: { by: "drill", drill: "drill.restore" } }),
];
const items = itemsFor(launch, checklist);

describe("the items of a launch", () => {
  it("are the lines of the checklist, then every check that none of them speaks of", () => {
    expect(items.map((each) => each.id)).toEqual([
      ...checklist.map((each) => each.id),
      "api/web.header.hsts",
      "api/web.health.ready",
      "replica/postgres.index.invalid",
    ]);
    expect(items.at(-2)).toEqual({
      id: "api/web.health.ready",
      text: "Health tells the truth",
      phase: "staging",
      line: undefined,
      path: ["api"],
      claimed: false,
      answeredBy: { by: "checks", checks: [{ check: "web.health.ready", component: "api" }] },
    });
  });
});

function chosen(only: readonly string[]): string[] {
  return select({ launch, items, only }).questions.map(({ component, check }) => `${component}/${check.id}`);
}

describe("what is asked", () => {
  it.each([
    [["web.health.ready"], ["api/web.health.ready"]],
    [["replica"], ["replica/postgres.index.foreign-key", "replica/postgres.index.invalid"]],
    [["postgres.index.invalid"], ["database/postgres.index.invalid", "replica/postgres.index.invalid"]],
    [["replica/postgres.index.invalid"], ["replica/postgres.index.invalid"]],
    [["web."], ["api/web.header.hsts", "api/web.health.ready"]],
    [["web"], ["api/web.header.hsts", "api/web.health.ready"]],
    [["web.header"], ["api/web.header.hsts"]],
    [["indexes"], ["database/postgres.index.foreign-key", "replica/postgres.index.foreign-key"]],
    [
      ["primary-indexes", "web.header."],
      ["api/web.header.hsts", "database/postgres.index.invalid"],
    ],
    [["team-trained"], []],
  ])("for --only %j is %j", (only, expected) => {
    expect(chosen(only)).toEqual(expected);
  });

  it("is everything when nothing is chosen", () => {
    expect(chosen([])).toHaveLength(6);
    expect(select({ launch, items }).items).toEqual(
      items.map((item) => (item.id === "indexes" ? narrowedTo(item, ["database", "replica"]) : item)),
    );
  });

  it.each([
    ["postgres.index.forein-key", "postgres.index.foreign-key"],
    ["databse", "database"],
    ["postgre.", "postgres."],
    ["team-traned", "team-trained"],
  ])("refuses %s and offers %s", (word, near) => {
    const ask = (): unknown => select({ launch, items, only: [word] });
    expect(ask).toThrow(UserError);
    expect(ask).toThrow(`"${word}" (did you mean "${near}"?): no such check, component or item`);
  });

  it("refuses all unknown words at once, without guessing wildly", () => {
    expect(() => select({ launch, items, only: ["zzz", "api", "web.heade"] })).toThrow(
      /^"zzz", "web.heade" \(did you mean "web\.header\."\?\): no such/,
    );
  });
});

function narrowedTo(item: Item, components: readonly string[]): Item {
  const checks = components.map((component) => ({ check: "postgres.index.foreign-key", component }));
  return { ...item, answeredBy: { by: "checks", checks } };
}

describe("the lines that a selection answers", () => {
  const linesFor = (given: Parameters<typeof select>[0]): string[] =>
    select(given).items.map((each) => each.id);

  it("are those that rest on what is asked, narrowed to it", () => {
    const { items: lines } = select({ launch, items, only: ["replica"] });
    expect(lines.map((each) => each.id)).toEqual(["indexes", "replica/postgres.index.invalid"]);
    expect(lines[0]?.answeredBy).toEqual({
      by: "checks",
      checks: [{ check: "postgres.index.foreign-key", component: "replica" }],
    });
  });

  it("keep people, drills, and what nothing can answer when only the reach is narrowed", () => {
    expect(linesFor({ launch, items, reach: ["source"] })).toEqual([
      ...checklist.map((each) => each.id),
      "api/web.health.ready",
      "replica/postgres.index.invalid",
    ]);
  });

  it("leave people out unless they are named", () => {
    expect(linesFor({ launch, items, only: ["team-trained"] })).toEqual(["team-trained"]);
    expect(linesFor({ launch, items, only: ["mail-works"] })).toEqual(["mail-works"]);
    expect(linesFor({ launch, items, only: ["api"] })).toEqual([
      "api/web.header.hsts",
      "api/web.health.ready",
    ]);
  });

  it("keep a line that is bound to no check at all", () => {
    const empty = [bound("empty", [])];
    expect(select({ launch, items: empty }).items).toEqual(empty);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Binding } from "./binding.ts";
import { figureMistake } from "./figures/figure-mistake.ts";
import { formatBinding } from "./format-binding.ts";
import { parametersOf, saidBy } from "./line-figures.ts";
import { bindLines, findComment } from "./markdown/binding-comment.ts";
import { parseChecklist } from "./markdown/parse.ts";
import { parseBinding } from "./parse-binding.ts";

const bindLine = (text: string, line: number, binding: Binding | undefined): string =>
  bindLines(text, new Map([[line, binding]]));

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4})?$/);
const value = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc.constantFrom("-->", "--!>", "a|b", "--", "\\", '"', "500ms"),
);
const several = { maxKeys: 3, noNullPrototype: true };
// Those whose values are any text.
const figure = fc.constantFrom("value", "run", "file", "url", "event", "table", "hash");
const parameters = fc.dictionary(figure, value, several);
const rules = fc.dictionary(fc.oneof(figure, fc.constant("approver")), value, several);
const check = fc.record(
  { check: fc.tuple(name, name, name).map((parts) => parts.join(".")), component: name, parameters },
  { requiredKeys: ["check", "parameters"] },
);
const signed = fc
  .dictionary(fc.oneof(figure, fc.constantFrom("approver", "rest")), value, several)
  .filter(({ rest }) => rest === undefined || rest.trim() !== "");
const binding: fc.Arbitrary<Binding> = fc.oneof(
  fc.record(
    { by: fc.constant("checks" as const), checks: fc.array(check, { minLength: 1, maxLength: 3 }), signed },
    { requiredKeys: ["by", "checks"] },
  ),
  fc.record({ by: fc.constant("person" as const), parameters: rules }),
  fc.record(
    {
      by: fc.constant("drill" as const),
      drill: name.map((each) => `drill.${each}`),
      parameters,
      signed,
    },
    { requiredKeys: ["by", "drill", "parameters"] },
  ),
  fc.record({
    by: fc.constant("none" as const),
    why: fc.string({ unit: "grapheme" }).filter((text) => text.trim() !== ""),
  }),
);
const LISTS = new URL("../../test/checklists/seeds/", import.meta.url);
const PERSON: Binding = { by: "person", parameters: {} };

describe("the words of a binding", () => {
  it.each<[string, Binding]>([
    ["sign-off", PERSON],
    ["sign-off (approver=cto)", { by: "person", parameters: { approver: "cto" } }],
    ["drill restore", { by: "drill", drill: "drill.restore", parameters: {} }],
    ['none "we send no mail"', { by: "none", why: "we send no mail" }],
    [
      "db/postgres.index.foreign-key, http.header.hsts (p95=500ms, path=/health)",
      {
        by: "checks",
        checks: [
          { check: "postgres.index.foreign-key", component: "db", parameters: {} },
          { check: "http.header.hsts", parameters: { p95: "500ms", path: "/health" } },
        ],
      },
    ],
    [
      'a.b, sign-off (rest="keys are rotated", approver=cto)',
      {
        by: "checks",
        checks: [{ check: "a.b", parameters: {} }],
        signed: { rest: "keys are rotated", approver: "cto" },
      },
    ],
    ["drill restore, sign-off", { by: "drill", drill: "drill.restore", parameters: {}, signed: {} }],
  ])("%s", (words, expected) => {
    expect(parseBinding(words)).toEqual(expected);
    expect(formatBinding(expected)).toBe(words);
  });

  it.each([
    "",
    "Sign-off",
    "drill",
    "drill restore please",
    "none because",
    'none ""',
    "a.b,",
    "a.b c.d",
    "a.b (x)",
    "a.b (x=)",
    "a.b (x=1",
    'a.b (x="1)',
    "/a.b",
    "db/",
    "a..b",
    "sign-off, a.b",
    "a.b, sign-off, c.d",
    "drill restore, a.b",
    "drill restore, drill rollback",
  ])("refuses %j, saying what it expected", (words) => {
    expect(parseBinding(words)).toEqual({ mistake: expect.stringMatching(/\S/) });
  });

  it.each([
    ["a.b (token-lifetme=1200s)", 'there is no parameter "token-lifetme"; did you mean "token-lifetime"?'],
    ["a.b (P95=600ms)", 'there is no parameter "P95"; did you mean "p95"?'],
    ["drill restore (zebras=1)", 'there is no parameter "zebras" (docs/checklists.md names them)'],
    ["a.b (p95=1s, p95=2s)", "p95 stands there twice"],
    ["a.b (p95=banana)", 'p95 is to be a time such as 500ms or 30d, not "banana"'],
    ["a.b (p95=800)", 'p95 is to be a time such as 500ms or 30d, not "800"'],
    ["a.b (availability=0.999)", 'availability is to be a share such as 99.9%, not "0.999"'],
    ['a.b (port="3000 http")', 'port is to be a port such as 3000, not "http"'],
    ["a.b (cron=daily)", 'cron is to be a cron line such as */15 * * * *, not "daily"'],
    ["drill restore (rto=fast)", 'rto is to be a time such as 500ms or 30d, not "fast"'],
    ["sign-off (p95=banana)", 'p95 is to be a time such as 500ms or 30d, not "banana"'],
    ['sign-off (rest="keys")', "rest= says what checks leave open, and no check stands before this sign-off"],
    ["sign-off, a.b", "sign-off stands behind the checks, and nothing behind it"],
    ["a.b, sign-off, c.d", "sign-off stands behind the checks, and nothing behind it"],
    ["a.b, drill restore", "a comment names checks or one drill: two lines may name one each"],
    ['a.b, sign-off (rest=" ")', 'sign-off: rest is to be what is left to sign, not " "'],
    ["a.b, sign-off (for=ever)", 'sign-off: for is to be a length of time such as 30d, not "ever"'],
    ["sign-off (by=anna)", 'there is no parameter "by" (docs/checklists.md names them)'],
  ])("refuses %j: %s", (words, mistake) => {
    expect(parseBinding(words)).toEqual({ mistake });
  });

  it("takes every value that a line says for one", () => {
    const said = readdirSync(LISTS).flatMap((each) =>
      parseChecklist(readFileSync(new URL(each, LISTS), "utf8")).items.map((item) =>
        parametersOf(saidBy(item)),
      ),
    );
    expect(said.filter((each) => Object.keys(each).length > 0).length).toBeGreaterThan(50);
    expect(said.flatMap((each) => figureMistake(each) ?? [])).toEqual([]);
  });

  it("are read back as they were meant, inside a comment, a table and a line", () => {
    fc.assert(
      fc.property(binding, (given) => {
        const words = formatBinding(given);
        expect(words).not.toMatch(/-->|--!>|[\r\n|`]/);
        expect(parseBinding(words)).toEqual(given);
        expect(findComment(`- [ ] a <!-- gonogo: ${words} --> b`)?.words).toBe(words);
      }),
      { numRuns: 500 },
    );
  });
});

describe("writing a binding", () => {
  it.each([
    ["the end of a line", "- [ ] a", "- [ ] a <!-- gonogo: sign-off -->"],
    ["before blanks that break the line", "- [ ] a  ", "- [ ] a <!-- gonogo: sign-off -->  "],
    ["before a backslash that does", "- [ ] a\\", "- [ ] a <!-- gonogo: sign-off -->\\"],
    ["behind an escaped one", "- [ ] a\\\\", "- [ ] a\\\\ <!-- gonogo: sign-off -->"],
    ["the cell that has words", "| 1 | Do it | x |", "| 1 | Do it <!-- gonogo: sign-off --> | x |"],
    ["in place of another", "- [ ] a <!--gonogo:drill x--> b", "- [ ] a <!-- gonogo: sign-off --> b"],
    ["in place of one whose name has a capital", "- a <!-- Gonogo: x -->", "- a <!-- gonogo: sign-off -->"],
    [
      "beside one that is shown as code",
      "- [ ] `<!-- gonogo: x -->`",
      "- [ ] `<!-- gonogo: x -->` <!-- gonogo: sign-off -->",
    ],
  ])("at %s", (_place, line, expected) => {
    expect(bindLine(`one\r\n${line}\r\nthree`, 2, PERSON)).toBe(`one\r\n${expected}\r\nthree`);
  });

  it("passes over lines that are not there", () => {
    expect(bindLines("a\n", new Map([[9, PERSON]]))).toBe("a\n");
  });

  const line = fc.oneof(
    fc.constantFrom("- [ ] a", "- [x] `b` ", "| a | [ ] |", "text\\", "", "  1. c\t", "- d <!-- other -->"),
    fc
      .string({ unit: "binary", maxLength: 30 })
      .map((text) => text.replace(/[\r\n]/g, "").replaceAll("gonogo:", "")),
  );
  const file = fc
    .array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")), { minLength: 1, maxLength: 8 })
    .map((lines) => lines.flat().join(""));

  it("leaves every other byte as it was, and can be taken back", () => {
    fc.assert(
      fc.property(file, fc.nat(9), binding, binding, (text, at, first, second) => {
        const bound = bindLine(text, at, first);
        expect(bound.replace(/ <!-- gonogo: .*? -->/su, "")).toBe(text);
        expect(bindLine(bound, at, undefined)).toBe(text);
        expect(bindLine(bound, at, first)).toBe(bound);
        expect(bindLine(bindLine(bound, at, second), at, first)).toBe(bound);
      }),
      { numRuns: 500 },
    );
  });

  it("is seen by the parser, and changes nothing else it sees", () => {
    const text = "# H\n- [ ] a\n  - [x] `b`\n\n| Task | Done |\n|--|--|\n| c | [ ] |\n";
    const plain = parseChecklist(text).items;
    fc.assert(
      fc.property(binding, (given) => {
        const bound = bindLines(text, new Map(plain.map((item) => [item.line, given])));
        const { items, problems } = parseChecklist(bound);
        expect(problems).toEqual([]);
        expect(items.map((item) => item.binding)).toEqual(plain.map(() => given));
        const rest = ({
          id,
          text: words,
          line: at,
          path,
          claimed,
          phase,
          notes,
        }: (typeof items)[number]) => ({
          id,
          words,
          at,
          path,
          claimed,
          phase,
          notes,
        });
        expect(items.map(rest)).toEqual(plain.map(rest));
      }),
    );
  });
});

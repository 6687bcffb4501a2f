import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseChecklist } from "./parse.ts";

const LIST = `# Launch

## Pre-deployment
### Code
- [x] Tests are green <!-- gonogo: repo.test.green, api/http.header.hsts (max-age=31536000) -->
- [ ] Configure all integrations:
  - [ ] Stripe webhook <!-- gonogo: sign-off -->
- a bullet without a box

## T-24 Hours
1. [ ] Final backup <!-- gonogo: drill restore -->
## Week 3: Production setup
- [ ] Brief *support* team
- [ ] Brief support team
`;

describe("parseChecklist", () => {
  const { items, problems } = parseChecklist(LIST.replaceAll("\n", "\r\n"));

  it("finds every task, with its line, its claim and the headings and parents above it", () => {
    expect(items.map(({ line, claimed, text }) => [line, claimed, text])).toEqual([
      [5, true, "Tests are green"],
      [6, false, "Configure all integrations:"],
      [7, false, "Stripe webhook"],
      [11, false, "Final backup"],
      [13, false, "Brief support team"],
      [14, false, "Brief support team"],
    ]);
    expect(items[2]?.path).toEqual(["Launch", "Pre-deployment", "Code", "Configure all integrations:"]);
    expect(problems).toEqual([]);
  });

  it("reads who answers from the comment, and nobody where there is none", () => {
    expect(items.map((each) => each.answeredBy)).toEqual([
      {
        by: "checks",
        checks: [{ check: "repo.test.green" }, { check: "http.header.hsts", component: "api" }],
      },
      { by: "nobody" },
      { by: "person" },
      { by: "drill", drill: "drill.restore" },
      { by: "nobody" },
      { by: "nobody" },
    ]);
  });

  it("takes phases from headings", () => {
    expect(items.map((each) => each.phase)).toEqual([
      "staging",
      "staging",
      "staging",
      "launch-24h",
      "production",
      "production",
    ]);
  });

  it("gives the same words the same id, and a double a number", () => {
    expect(items.map((each) => each.id).slice(-2)).toEqual(["brief-support-team", "brief-support-team-2"]);
  });

  it("names a comment it cannot read by its line", () => {
    expect(parseChecklist("- [ ] Odd <!-- gonogo: what is this? -->").problems).toEqual([
      { line: 1, what: '"what is this?" is not a check, "sign-off", "drill NAME" or "none"' },
    ]);
  });

  it("never throws, whatever the Markdown", () => {
    const word = fc.constantFrom(
      "- [ ] ",
      "- [x] ",
      "# ",
      "  ",
      "\n",
      "```",
      "|",
      "<!-- gonogo: ",
      " -->",
      "a",
      "🙂",
    );
    fc.assert(fc.property(fc.array(word, { maxLength: 60 }), (words) => void parseChecklist(words.join(""))));
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseChecklist(text)));
  });

  it("refuses a text that cannot be a checklist", () => {
    expect(() => parseChecklist("x".repeat(2_000_001))).toThrow("2000000 are the most");
  });
});

import { expect, test } from "vitest";
import { formatMistakes, type Mistake, nearest } from "./mistakes.ts";

function mistake(more: Partial<Mistake> = {}): Mistake {
  return {
    path: "components.db.backup.every",
    file: "gonogo.config.ts",
    line: 12,
    column: 5,
    expected: 'a duration such as "30s"',
    found: '"1x"',
    didYouMean: undefined,
    fix: 'write it like "30s"',
    ...more,
  };
}

test("a mistake has place, path, expectation, finding and fix", () => {
  expect(formatMistakes([mistake(), mistake({ line: undefined, path: "", didYouMean: "every" })])).toBe(
    `2 mistakes in gonogo.config.ts

  gonogo.config.ts:12:5 components.db.backup.every
      expected  a duration such as "30s"
      found     "1x"
      fix       write it like "30s"

  gonogo.config.ts
      expected  a duration such as "30s"
      found     "1x"
      did you mean every?
      fix       write it like "30s"`,
  );
});

test("of many, fifty are shown and all are counted", () => {
  const text = formatMistakes(Array.from({ length: 200 }, (_, index) => mistake({ path: `c${index}` })));
  expect(text).toContain("200 mistakes in gonogo.config.ts");
  expect(text.match(/expected/g)).toHaveLength(50);
  expect(text).toContain("... and 150 more");
});

test.each([
  [100, {}],
  [40, { width: 40 }],
])("no line is wider than %i columns where words allow it", (columns, options) => {
  const long = mistake({ expected: `one of ${"postgres, ".repeat(40)}redis` });
  const lines = formatMistakes([long], options).split("\n");
  expect(lines.length).toBeGreaterThan(8);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
});

test.each([
  ["strat", "start"],
  ["wbe", "web"],
  ["Postgres", "postgres"],
  ["migrations", undefined],
  ["x", undefined],
])("%s is near to %s", (word, near) => {
  expect(nearest(word, ["start", "web", "postgres", "schedule"])).toBe(near);
  expect(nearest(word, [])).toBeUndefined();
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitStatements } from "./statements.ts";

const texts = (sql: string) => splitStatements(sql).map(({ text }) => text);

describe("statements of a file", () => {
  it.each([
    ["a; b;\n c", ["a", "b", "c"]],
    ["select ';' ; select \"a;b\"", ["select ';'", 'select "a;b"']],
    ["select 'it''s;' ; x", ["select 'it''s;'", "x"]],
    ["select E'\\';' ; x", ["select E'\\';'", "x"]],
    ["-- a;\nb; /* c; */ d", ["b", "d"]],
    ["do $$ begin a; b; end $$; x", ["do $$ begin a; b; end $$", "x"]],
    ["do $f$ $$ ; $$ $f$; x", ["do $f$ $$ ; $$ $f$", "x"]],
    ["create   index\n\ton a  (b)", ["create index on a (b)"]],
    [";;\n;", []],
    ["select 'unfinished; x", ["select 'unfinished", "x"]],
  ])("%j", (sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  it("come with their line and the comments before them", () => {
    const sql = "-- first\nselect\n1;\n\n-- squawk-ignore a\n/* two\nlines */\nselect 2;";
    expect(splitStatements(sql)).toEqual([
      { text: "select 1", line: 2, comments: "-- first\n" },
      { text: "select 2", line: 8, comments: "-- squawk-ignore a\n/* two\nlines */\n" },
    ]);
  });

  it("lose no word whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "'", '"', "$", ";", "-", "\n", "/", "*", " ") }),
        (sql) => {
          const kept = splitStatements(sql)
            .map(({ text, comments }) => text + comments)
            .join("");
          const count = (text: string) => text.split("a").length;
          expect(count(kept)).toBeLessThanOrEqual(count(sql));
          if (!/--|\/\*/.test(sql)) expect(count(kept)).toBe(count(sql));
        },
      ),
    );
  });

  it("splits a long file in no time worth telling", () => {
    const sql = "insert into t values ('x;y', $$z;$$); -- c\n".repeat(20_000);
    expect(splitStatements(sql)).toHaveLength(20_000);
  });
});

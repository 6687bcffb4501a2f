import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseChecklist } from "../markdown/parse.ts";
import type { TickMark } from "./mark.ts";
import { type Tick, writeTicks } from "./ticks.ts";

const MARK: TickMark = { environment: "staging", release: "r7", day: "2026-11-21", rests: "evidence 412" };
const COMMENT = " <!-- gonogo-ticked 2026-11-21 staging r7 evidence 412 -->";

function written(text: string, earned: (line: number) => boolean, mark = MARK) {
  const { items } = parseChecklist(text);
  const ticks = items.map((item): [number, Tick] => [
    item.line,
    earned(item.line) ? { earned: true, mark } : { earned: false },
  ]);
  return writeTicks(text, items, new Map(ticks));
}

const all = () => true;
const none = () => false;

describe("a box", () => {
  it.each([
    ["- [ ] a", "- [x] a"],
    ["* [] a", "* [x] a"],
    ["  1) [-] a", "  1) [x] a"],
    ["- [  ] a", "- [x] a"],
    ["  b) [ ] a", "  b) [x] a"],
    ["> - [ ] a", "> - [x] a"],
    ["- 1. [ ] a", "- 1. [x] a"],
    ["☐ a", "☑ a"],
    ["- 🔲 a", "- ☑ a"],
    ["- [ ] a [ ] b", "- [x] a [ ] b"],
    ["- [ ] a `[ ]`", "- [x] a `[ ]`"],
  ])("%j is ticked when it is earned, with what it rests on", (line, ticked) => {
    expect(written(`# H\r\n${line}\r\n`, all)).toEqual({
      text: `# H\r\n${ticked}${COMMENT}\r\n`,
      changed: [2],
      refused: [],
    });
  });

  it.each([
    ["- [x] a", "- [ ] a"],
    ["+ [X] a", "+ [ ] a"],
    ["- [✓] a", "- [ ] a"],
    ["- [x ] a", "- [ ] a"],
    ["- [ x ] a", "- [ ] a"],
    ["☑ a", "☐ a"],
    [`- [x] a${COMMENT}`, "- [ ] a"],
    ["- [ ] a", "- [ ] a"],
    [`- [x] a <!-- gonogo: sign-off -->${COMMENT}  `, "- [ ] a <!-- gonogo: sign-off -->  "],
  ])("%j is empty when it is not", (line, empty) => {
    expect(written(`${line}\n`, none).text).toBe(`${empty}\n`);
  });

  it.each([
    ["[ ]", "[x]", "[ ]"],
    ["☐", "☑", "☐"],
    ["⏳", "✅", "⏳"],
    ["✅", "✅", "❌"],
    ["Open", "Done", "Open"],
    ["DONE", "DONE", "OPEN"],
    ["offen", "erledigt", "offen"],
    ["Ja", "Ja", "Nein"],
    ["已完成", "已完成", "未完成"],
    ["完了", "完了", "未完了"],
    ["✅ Done", "✅ Done", "❌ Open"],
    ["🟡 In progress", "🟢 Done", "🟡 In progress"],
    [":x:", ":white_check_mark:", ":x:"],
    ["**Done**", "**Done**", "**Open**"],
    ["No-Go", "Go", "No-Go"],
    ["Go", "Go", "No-Go"],
    ["Pass", "Pass", "Open"],
    ["Fail", "Pass", "Fail"],
    ["Y", "Y", "N"],
  ])("in a table %j becomes %j, or %j", (cell, ticked, empty) => {
    const table = (sign: string, more = "") =>
      `| # | Task | Status |\n|--|--|--|\n| 1 | Rotate the keys${more} |  ${sign} |\n`;
    expect(written(table(cell), all).text).toBe(table(ticked, COMMENT));
    expect(written(table(cell), none).text).toBe(table(empty));
    expect(written(table(ticked, COMMENT), none).text).not.toContain("gonogo-ticked");
  });

  it("is found in a table beside the comments that stand in its cell", () => {
    const open = "| Task | Status |\n|--|--|\n| DNS | In progress <!-- gonogo: sign-off --> |\n";
    const done = open.replace("In progress", "Done");
    expect(written(open, all).text).toBe(done.replace(/ \|\n$/, `${COMMENT} |\n`));
    expect(written(written(open, all).text, none).text).toBe(open.replace("In progress", "Open"));
  });

  it("of people who write signs is a sign", () => {
    expect(written("- ✅ a\n- ❌ b\n- ⏳ c\n", (line) => line === 2).text).toBe(
      `- ❌ a\n- ✅ b${COMMENT}\n- ⏳ c\n`,
    );
  });

  it("that is not there is not made", () => {
    expect(written("- a\n- b\n", all)).toEqual({ text: "- a\n- b\n", changed: [], refused: [1, 2] });
  });
});

describe("a mark", () => {
  it("stays while the tick is earned on the same release", () => {
    const text = written("- [ ] a\n", all).text;
    const later = { ...MARK, day: "2026-11-22", rests: "evidence 900" };
    expect(written(text, all, later)).toEqual({ text, changed: [], refused: [] });
    expect(written(text, all, { ...later, release: "r8" }).text).toBe(
      "- [x] a <!-- gonogo-ticked 2026-11-22 staging r8 evidence 900 -->\n",
    );
  });

  it("is not what somebody shows in a code span", () => {
    const shown = "- [ ] a `<!-- gonogo-ticked 2026-11-21 staging r7 x -->`";
    expect(written(`${shown}\n`, none).text).toBe(`${shown}\n`);
    expect(written(`${shown}\n`, all).text).toBe(`${shown.replace("[ ]", "[x]")}${COMMENT}\n`);
  });
});

describe("a comment that ends in another line", () => {
  it("would swallow the mark, so its line stays as it is, however often it is asked", () => {
    const swallowing = "- [ ] <!-- open\nso <!-- other -->\na\n- [ ] b\n";
    const once = written(swallowing, all);
    expect(once).toEqual({
      text: `- [ ] <!-- open\nso <!-- other -->\na\n- [x] b${COMMENT}\n`,
      changed: [4],
      refused: [1],
    });
    expect(written(once.text, all)).toEqual({ ...once, changed: [] });
  });
});

const words = fc.oneof(
  fc.constantFrom(
    "a",
    "Rotate keys",
    "`[ ]` code",
    "**b**: c",
    "<!-- other -->",
    "<!-- open",
    "a ✅",
    "b: ❌ <!-- other -->",
    "x | z",
    "\\",
    "é 漢",
  ),
  fc.string({ unit: "binary", maxLength: 12 }).map((text) => text.replace(/[\r\n]|gonogo/g, "")),
);
const line = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("- ", "* ", "  - ", "1. ", "> - ", "    - ", "## ", "### 1. ", "> # ", ""),
      fc.constantFrom("[ ] ", "[x] ", "[] ", "[X] ", "[✓] ", "☐ ", "☑ ", "✅ ", "❌ ", ""),
      words,
    )
    .map((parts) => parts.join("")),
  fc.constantFrom(
    "# H",
    "",
    "```",
    "| Task | Done |",
    "|--|--|",
    "| a | [ ] |",
    "| b | ✅ |",
    "| c | Open |",
    "---",
  ),
  words,
);
const file = fc
  .array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")), { minLength: 1, maxLength: 14 })
  .map((lines) => lines.flat().join(""));
const choice = fc.func(fc.boolean());

describe("whatever the Markdown is", () => {
  const without = (text: string) => text.replace(/ <!-- gonogo-ticked [^>]*-->/g, "");

  it("only signs of boxes and marks change, every line end stays, and the boxes say what is earned", () => {
    fc.assert(
      fc.property(file, choice, (text, earned) => {
        const result = written(text, earned);
        const before = text.split(/\r\n|\n|\r/);
        const after = without(result.text).split(/\r\n|\n|\r/);
        expect(after).toHaveLength(before.length);
        expect(result.text.match(/\r\n|\n|\r/g)).toEqual(text.match(/\r\n|\n|\r/g));
        const signs = /\[.?\]|[☐☑☒🔲🔳⬜◻🗹✅✔✓❌⏳]|done|open/giu;
        for (const [index, each] of after.entries()) {
          if (!result.changed.includes(index + 1)) expect(each).toBe(before[index]);
          expect(each.replace(signs, "")).toBe(before[index]?.replace(signs, ""));
        }
        for (const item of parseChecklist(result.text).items) {
          if (!result.refused.includes(item.line)) expect(item.claimed).toBe(earned(item.line));
        }
      }),
      { numRuns: 600 },
    );
  });

  it("twice changes nothing, and marks come off with the ticks", () => {
    fc.assert(
      fc.property(file, choice, (text, earned) => {
        const once = written(text, earned);
        expect(written(once.text, earned)).toEqual({ ...once, changed: [] });
        const off = written(once.text, none);
        if (off.refused.length === 0) expect(off.text).not.toContain("<!-- gonogo-ticked");
      }),
      { numRuns: 600 },
    );
  });

  it("a long list takes no long time", () => {
    const long = `# H\n${"- [ ] a line of many words <!-- gonogo: sign-off -->\r\n".repeat(20_000)}`;
    const { changed, text } = written(long, (at) => at % 2 === 0);
    expect(changed).toHaveLength(10_000);
    expect(text.split(COMMENT)).toHaveLength(10_001);
  });
});

import { describe, expect, it } from "vitest";
import { type Tick, writeTicks } from "../ticks/ticks.ts";
import { type ParsedItem, parseChecklist } from "./parse.ts";

const NBSP = "\u00A0";
const NO_WIDTH = "\u200B";

const itemsOf = (markdown: string) => parseChecklist(markdown).items;
const textsOf = (markdown: string) => itemsOf(markdown).map(({ text }) => text);

/** Every box turned over, and over again. */
function turned(markdown: string): string {
  const items = itemsOf(markdown);
  const mark = { day: "2026-11-21", environment: "staging", release: "r7", rests: "evidence 4" };
  const tick = ({ claimed }: ParsedItem): Tick => (claimed ? { earned: false } : { earned: true, mark });
  return writeTicks(markdown, items, new Map(items.map((item) => [item.line, tick(item)]))).text;
}

describe("boxes as people type them", () => {
  const LINES: readonly (readonly [line: string, ticked: string])[] = [
    ["-[ ] in a hurry", "-[x] in a hurry"],
    ["[ ] without a bullet", "[x] without a bullet"],
    [`-${NBSP}[ ] a blank that does not break`, `-${NBSP}[x] a blank that does not break`],
    [`- [${NBSP}] one in the box`, "- [x] one in the box"],
    ["- [\u3000] a wide one", "- [x] a wide one"],
    [`${NO_WIDTH}- [ ] a character without width`, `${NO_WIDTH}- [x] a character without width`],
    ["– [ ] a dash of the editor's", "– [x] a dash of the editor's"],
    ["● [ ] a dot", "● [x] a dot"],
    ["- \\[ \\] a backslash", "- \\[x\\] a backslash"],
    ["□ a square", "☑ a square"],
    ["- □ a square in a list", "- ☑ a square in a list"],
    ["- [>] moved", "- [x] moved"],
    ["- [/] begun", "- [x] begun"],
    ["- [!] urgent", "- [x] urgent"],
    ["- ［ ］ 備份", "- ［x］ 備份"],
    ["- ［　］備份", "- ［x］備份"],
    ["【 】 備份", "【x】 備份"],
    ["［］備份", "［x］備份"],
    ["2.1 [ ] a chapter", "2.1 [x] a chapter"],
    ["2.1.3. [ ] a chapter of it", "2.1.3. [x] a chapter of it"],
    ["iii. [ ] a Roman number", "iii. [x] a Roman number"],
    ["(b) [ ] a letter", "(b) [x] a letter"],
    ["(4) [ ] a number", "(4) [x] a number"],
  ];
  it.each(LINES)("%s", (line, ticked) => {
    const [item, ...others] = itemsOf(`# Launch\n\n- [ ] before\n${line}\n`).slice(1);
    expect(others).toEqual([]);
    expect(item).toMatchObject({ line: 4, claimed: false, writtenAs: "box", path: ["Launch"] });
    expect(turned(`- [x] before\n${line}\n`)).toContain(`${ticked} <!-- gonogo-ticked`);
  });

  it("are ticked in wide brackets too, which may also be a heading", () => {
    const list = "- [ ] a\n- 【x】 b\n- ［√］c\n\n【重要】 d\n";
    expect(itemsOf(list).map(({ text, claimed }) => [text, claimed])).toEqual([
      ["a", false],
      ["b", true],
      ["c", true],
    ]);
    expect(turned(list)).toContain("- 【 】 b\n- ［ ］c\n\n【重要】 d\n");
  });

  it("end where a line in bold, or the end of what stands apart, follows", () => {
    const list =
      "**T-2 h**\n- [ ] Freeze\n**T+30 min**\n- [ ] Errors\n:::tip\n- [ ] Tip\n:::\n- [ ] **All**\n**bold** goes on\n";
    expect(itemsOf(list).map(({ text, phase }) => [text, phase])).toEqual([
      ["Freeze", "launch-6h"],
      ["Errors", "launch+1h"],
      ["Tip", "launch+1h"],
      ["All bold goes on", "launch+1h"],
    ]);
  });

  it("of Word end where its other bullets begin", () => {
    expect(textsOf("☐\tLoad test\no\tError pages\n·\tLegal pages\n☒\tDNS\n")).toEqual(["Load test", "DNS"]);
    expect(textsOf("o\tError pages\n§\tLegal pages\n● DNS\n")).toEqual(["Error pages", "Legal pages", "DNS"]);
  });

  it("stand below a chapter, and below no sentence", () => {
    expect(textsOf("1. Prepare\n   1.1. [ ] Backup\n   1.2. [x] Freeze\n2. [ ] Deploy\n")).toEqual([
      "Backup",
      "Freeze",
      "Deploy",
    ]);
  });

  it("stand below each other, and below the words that head them, without any bullet", () => {
    const items = itemsOf(
      "**Security:**\n\n☐ TLS\n☐ HSTS is\nlong enough\n\nBackups:\n[x] Daily\n  [ ] Off-site\n",
    );
    expect(items.map(({ text, path, claimed }) => [path, text, claimed])).toEqual([
      [["Security"], "TLS", false],
      [["Security"], "HSTS is long enough", false],
      [["Backups"], "Daily", true],
      [["Backups", "Daily"], "Off-site", false],
    ]);
  });

  it("in headings stand for what is below them, or for themselves", () => {
    const list =
      "# Release\n\n### 1.1 [ ] Backups restored\nRun:\n```sh\npg_restore dump\n```\n## ☐ Phase 2: Launch day\n- [ ] Errors\n### [x] Pages\n- [ ] Icons\n";
    expect(itemsOf(list)).toMatchObject([
      { text: "Backups restored", path: ["Release"], isGroup: false, notes: [{ text: "pg_restore dump" }] },
      { text: "Phase 2: Launch day", isGroup: true, parentLines: [] },
      { text: "Errors", phase: "launch", parentLines: [8] },
      { text: "Pages", claimed: true, isGroup: true, parentLines: [8] },
      { text: "Icons", path: ["Release", "Phase 2: Launch day", "Pages"], parentLines: [8, 10] },
    ]);
    expect(turned(list)).toMatch(
      /^### 1\.1 \[x\] Backups restored <!-- .*\n## ☑ Phase 2: Launch day <!--.*\n### \[ \] Pages\n/msu,
    );
  });

  it("in headings leave it to the bullets below what is asked", () => {
    expect(textsOf("## ☐ Mail\n- SPF\n- DKIM\n## [ ]\n")).toEqual(["Mail", "SPF", "DKIM"]);
    expect(parseChecklist("## [ ]\n- SPF\n").problems).toMatchObject([
      { line: 1, what: "a box without words" },
    ]);
  });

  it("are told of in rows without a table's head", () => {
    const { problems, items } = parseChecklist("- [ ] Read\n\n| [ ] | DNS |\n| [x] | SSL | \n\n| a | b |\n");
    expect(items).toHaveLength(1);
    expect(problems).toMatchObject([{ line: 3, what: expect.stringContaining("2 rows with boxes") }]);
  });

  it("are told of where a fence makes code of them", () => {
    const { problems, items } = parseChecklist("- [ ] Read\n\n```\n□ DNS\n□ SSL\n- [ ] Backups\n```\n");
    expect(items).toHaveLength(1);
    expect(problems).toEqual([
      { line: 4, what: expect.stringMatching(/^3 boxes stand in code, not read; where they are meant/) },
    ]);
    expect(parseChecklist("- [ ] Read\n\n```\n- [ ] as an example\n```\n").problems).toEqual([]);
    expect(parseChecklist("- [ ] Read\n\n```sh\n[ ] a\n[ ] b\n[ ] c\n```\n").problems).toEqual([]);
  });
});

describe("Markdown that was pasted as plain text", () => {
  const PASTED = [
    "\\# Launch",
    "",
    "\\#\\# Post-deployment",
    "",
    "\\*\\*Technical:\\*\\*  ",
    "\\- \\[ \\] \\`API\\_URL\\` is set, **nothing** \\< 2s  ",
    "   \\- \\[x\\] and checked  ",
    "1\\. \\[ \\] Backups",
    "",
    "\\`\\`\\`bash  ",
    "\\- \\[ \\] code  ",
    "\\`\\`\\`",
    "",
  ].join("\n");

  it("is read as it was meant: headings, boxes, code, parents", () => {
    expect(
      itemsOf(PASTED).map(({ line, text, path, claimed }) => [line, path.slice(1), text, claimed]),
    ).toEqual([
      [6, ["Post-deployment", "Technical"], "API_URL is set, nothing < 2s", false],
      [7, ["Post-deployment", "Technical", "API_URL is set, nothing < 2s"], "and checked", true],
      [8, ["Post-deployment", "Technical"], "Backups", false],
    ]);
    expect(itemsOf(PASTED)[0]?.phase).toBe("launch+1h");
  });

  it("keeps its backslashes when it is ticked", () => {
    expect(turned(PASTED)).toContain("\n1\\. \\[x\\] Backups <!-- gonogo-ticked");
    expect(turned(PASTED)).toContain("   \\- \\[ \\] and checked  \n");
  });

  it("is no other: a backslash elsewhere is one", () => {
    expect(textsOf("- [ ] a \\*literal\\* star\n")).toEqual(["a *literal* star"]);
  });
});

describe("what folds away", () => {
  const FOLDED = [
    "# Launch",
    "- [ ] first",
    "<details>",
    "<summary><b>Rollback triggers</b></summary>",
    "",
    "Roll back when one of these holds:",
    "",
    "- Error rate > 5%",
    "",
    "Some words in between.",
    "",
    "- p95 > 2s",
    "",
    "</details>",
    "",
    "- [ ] second",
    "<details><summary>Monthly</summary>",
    "",
    "### Keys",
    "- [ ] third",
    "",
    "</details>",
    "",
    "- [ ] fourth",
  ].join("\n");

  it("stands below its summary until it ends, and is no part of the line before", () => {
    expect(
      itemsOf(FOLDED).map(({ text, path, role, phase }) => [text, path.slice(1, 2), role, phase]),
    ).toEqual([
      ["first", [], undefined, "staging"],
      ["Error rate > 5%", ["Rollback triggers"], "trigger", "launch+1h"],
      ["p95 > 2s", ["Rollback triggers"], "trigger", "launch+1h"],
      ["second", [], undefined, "staging"],
      ["third", ["Monthly"], undefined, "monthly"],
      ["fourth", [], undefined, "staging"],
    ]);
  });

  it("belongs to the line that it is indented below", () => {
    const [item] = itemsOf("- [ ] Restore\n  <details><summary>How</summary>\n  by hand\n  </details>\n");
    expect(item).toMatchObject({ text: "Restore", path: [] });
    expect(item?.notes.map(({ text }) => text).join(" ")).toContain("by hand");
  });
});

describe("marks around code", () => {
  it("are no part of the words, nor is the address of a link that names a file", () => {
    expect(
      textsOf(
        "- [ ] **`JWT_SECRET`** is set, see [`docs/keys.md`](docs/keys.md) and *GET `/api`*; `**` stays\n",
      ),
    ).toEqual(["JWT_SECRET is set, see docs/keys.md and GET /api; ** stays"]);
  });
});

describe("a line of text right above a list", () => {
  it("is its heading where it says that a release goes back, or what success is, without boxes too", () => {
    const list =
      "- [ ] first\n\nRollback triggers\n\n- Errors > 5%\n\nRollback wenn\n\n- p95 > 3 s\n\nSecurity\n\n- read by nobody\n";
    expect(itemsOf(list).map(({ text, role }) => [text, role])).toEqual([
      ["first", undefined],
      ["Errors > 5%", "trigger"],
      ["p95 > 3 s", "trigger"],
    ]);
  });

  it("is its heading where it says when, as text from Word has them, and nowhere else", () => {
    const list = `- [ ] first

Launch day

- [ ] second

Week 1

- [ ] third

Security

- [ ] fourth

On launch day we meet in the big room.

- [ ] fifth

Launch day
it is then

- [ ] sixth

Monthly

Nobody knows.

- [ ] seventh
`;
    expect(itemsOf(list).map(({ text, path, phase }) => [text, path, phase])).toEqual([
      ["first", [], "staging"],
      ["second", ["Launch day"], "launch"],
      ["third", ["Week 1"], "day-7"],
      ["fourth", [], "staging"],
      ["fifth", [], "staging"],
      ["sixth", [], "staging"],
      ["seventh", [], "staging"],
    ]);
  });
});

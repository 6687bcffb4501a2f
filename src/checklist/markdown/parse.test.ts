import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
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
- [ ] Send mail <!-- gonogo: none "we send none" -->
`;

const linesOf = (markdown: string) => parseChecklist(markdown).items.map(({ line }) => line);
const textsOf = (markdown: string) => parseChecklist(markdown).items.map(({ text }) => text);

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
      [15, false, "Send mail"],
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
      { by: "nobody", why: "the lines below it answer" },
      { by: "person" },
      { by: "drill", drill: "drill.restore" },
      { by: "nobody" },
      { by: "nobody" },
      { by: "nobody", why: "we send none" },
    ]);
    expect(items[0]?.binding).toMatchObject({ checks: [{}, { parameters: { "max-age": "31536000" } }] });
  });

  it("takes phases from headings", () => {
    expect(items.map((each) => each.phase)).toEqual([
      "staging",
      "staging",
      "staging",
      "launch-24h",
      "production",
      "production",
      "production",
    ]);
  });

  it("gives the same words the same id, and a double the words above it", () => {
    const doubled =
      "# A\n- [ ] Run it\n# B\n- [ ] Run it\n- [ ] Run it\n- [ ] Überprüfe Köln 中文\n- [ ] ***\n";
    expect(parseChecklist(doubled).items.map(({ id }) => id)).toEqual([
      "run-it",
      "run-it-b",
      "run-it-b-2",
      "uberprufe-koln-中文",
      "item",
    ]);
  });
});

describe("the shapes lists come in", () => {
  it.each<[string, string, string[]]>([
    [
      "boxes of other people",
      "* [x] a\n+ [X] b\n- [] c\n- [✓] d\n- [x]e\n- ☑ f\n• ☐ g\n",
      ["a", "b", "c", "d", "e", "f", "g"],
    ],
    ["boxes without bullets", "[ ] a\n[x] b\n\n☐ c\n", ["a", "b", "c"]],
    ["what is no box", "- [a](b)\n- [x](c)\n- [ ]: d\n- [v1] e\n- [ ] f\n", ["f"]],
    ["numbers and brackets", "1. [ ] a\n2) [x] b\n", ["a", "b"]],
    ["letters", "1. [ ] a\n   a. [ ] b\n   b) [x] c\n   d. is a word\n", ["a", "b", "c d. is a word"]],
    ["quotations", "> ## H\n> - [ ] a\n>   - [ ] b\n", ["a", "b"]],
    ["two columns below a number", "1. [ ] a\n  - [ ] b\n", ["a", "b"]],
    ["too much indentation", "Text\n\n      - [ ] a\n", ["a"]],
    [
      "marks of emphasis",
      "- [ ] **bold** `co*de` [link](http://x) <b>y</b> a\\*b &amp; 2 * 3\n",
      ["bold co*de link y a*b & 2 * 3"],
    ],
    ["a text over two lines", "- [ ] one\n  two\nthree\n\n  a note\n", ["one two three"]],
    ["leading emoji", "- [ ] ✅ 🚀 Go\n- [ ] 🎉\n", ["Go", "🎉"]],
    ["front matter", "---\ntitle: x\nitems:\n  - [ ] no\n---\n- [ ] a\n", ["a"]],
    ["comments", "<!-- - [ ] no -->\n<!--\n- [ ] no\n-->\n- [ ] a <!-- x -->\n", ["a"]],
    ["code", "```md\n- [ ] no\n```\n~~~\n- [ ] no\n```\n~~~\n- [ ] a\n", ["a"]],
  ])("%s", (_shape, markdown, expected) => {
    expect(textsOf(markdown)).toEqual(expected);
  });

  it("knows claims by their marks", () => {
    const claimed = "- [x] a\n- [ ] b\n- [~] c\n- [✗] d\n- ☒ e\n- ✅ no box here\n";
    expect(parseChecklist(claimed).items.map((each) => each.claimed)).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  it("keeps what belongs to a line: commands, bullets without boxes, sentences", () => {
    const markdown =
      "- [ ] Vars set:\n  - `A_KEY`\n  - `B_KEY`\n\n  They are secret.\n- [ ] Migrate `db`\n\n```bash\nnpm run migrate\n```\n\nText.\n\n```\nnobody's\n```\n";
    const [vars, migrate] = parseChecklist(markdown).items;
    expect(vars?.notes.map(({ kind, text, line }) => [kind, text, line])).toEqual([
      ["text", "A_KEY", 2],
      ["text", "B_KEY", 3],
      ["text", "They are secret.", 5],
    ]);
    expect(migrate?.notes).toEqual([{ kind: "code", language: "bash", text: "npm run migrate", line: 8 }]);
    expect(migrate?.code).toEqual(["db"]);
  });

  it("keeps the words in front, and short sentences as headings", () => {
    const markdown =
      "# T\n\n###### Deep\n\n**Required events:**\n- [ ] a\n\nOther text.\n\n- [ ] **Security**: no secrets\n- [ ] **All bold**\n";
    expect(parseChecklist(markdown).items.map(({ path, lead }) => [path, lead])).toEqual([
      [["T", "Deep", "Required events"], undefined],
      [["T", "Deep"], "Security"],
      [["T", "Deep"], undefined],
    ]);
  });

  it("reads rows of tables with a tick column, in any language, and leaves other tables alone", () => {
    const markdown = [
      "| ID | Aufgabe | Owner | Status |\n|---|---|---|---|\n| REL-01 | Backup \\| prüfen <!-- gonogo: sign-off --> | Ada | open |\n| REL-02 | `deploy` | | done |",
      "| Name | Phone |\n|--|--|\n| Ada | 1 |",
      "Check | ✓\n--|--\nTLS | ☐\nDNS | ✅\n",
    ].join("\n\n");
    expect(
      parseChecklist(markdown).items.map(({ line, text, claimed, writtenAs }) => [
        line,
        text,
        claimed,
        writtenAs,
      ]),
    ).toEqual([
      [3, "Backup | prüfen", false, "table"],
      [4, "deploy", true, "table"],
      [12, "TLS", false, "table"],
      [13, "DNS", true, "table"],
    ]);
    expect(parseChecklist(markdown).items[0]).toMatchObject({
      answeredBy: { by: "person" },
      notes: [{ text: "ID: REL-01" }, { text: "Owner: Ada" }],
    });
  });

  it.each([
    ["| Check | Go/No-Go |", ["Go", "No-Go", ""], [true, false, false]],
    ["| Check | Pass/Fail |", ["Pass", "Fail", "PASS"], [true, false, true]],
    ["| Step | Complete? (Y/N) |", ["Y", "n", ""], [true, false, false]],
    ["| Task | Status |", ["✅ Done", "🟡 In progress", ":x: Not started"], [true, false, false]],
    ["| Task | Status |", ["Done", "In review", "waiting for Ada"], [true, false, false]],
    ["| Task | Done |", ["", "", ""], [false, false, false]],
    ["| タスク | 状態 |", ["完了", "対応中", "未着手"], [true, false, false]],
    ["| Задача | Статус |", ["Готово", "в работе", "🔴"], [true, false, false]],
    ["| Tarefa | Feito |", ["sim", "não", ""], [true, false, false]],
  ])("reads %s with %j", (header, cells, claimed) => {
    const rows = cells.map((cell, at) => `| Backup ${at} | ${cell} |`);
    const { items } = parseChecklist([header, "|--|--|", ...rows].join("\n"));
    expect(items.map((each) => each.claimed)).toEqual(claimed);
  });

  it("asks nothing of a row that does not apply, and reads no table that reports how far areas are", () => {
    const { items } = parseChecklist("| Task | Status |\n|--|--|\n| Mail | N/A |\n| DNS | Done |\n");
    expect(items.map(({ text, setAside }) => [text, setAside])).toEqual([
      ["Mail", "the list says that it does not apply"],
      ["DNS", undefined],
    ]);
    expect(
      textsOf(
        "- [ ] a\n\n| Area | Score | Status |\n|--|--|--|\n| Security | 60% | Pending |\n| Tests | 90% | ✅ |\n",
      ),
    ).toEqual(["a"]);
    expect(textsOf("- [ ] a\n\n| Service | Status |\n|--|--|\n| api | Running |\n| db | OK |\n")).toEqual([
      "a",
    ]);
  });

  it("takes ticked bullets, else bullets, where a document has no box at all", () => {
    expect(textsOf("- ✅ a\n- ❌ b\n- plain\n")).toEqual(["a", "b"]);
    expect(textsOf("# To do\n1. a\n   - b\n\n## References\n- c\n\n## Contents\n- [x](#x)\n")).toEqual([
      "a",
      "b",
    ]);
    expect(textsOf("- plain\n- [ ] a\n")).toEqual(["a"]);
  });

  it("understands text that was encoded twice, and says so", () => {
    const misread = new TextDecoder("windows-1252").decode(
      new TextEncoder().encode("## ✅ Früh\n- [ ] login → go\n"),
    );
    const { items, problems } = parseChecklist(`# T\n${misread}`);
    expect(items).toMatchObject([{ text: "login → go", path: ["T", "Früh"], line: 3 }]);
    expect(problems).toEqual([
      { line: 2, what: expect.stringMatching(/^3 characters are UTF-8 that was read as windows-1252/) },
    ]);
  });
});

describe("bullets without a box in a document with boxes", () => {
  it("are lines below a heading that says what they are", () => {
    const markdown = [
      "# Launch",
      "- [ ] Tests are green",
      "- a remark",
      "## Success metrics",
      "- 99.95% uptime over 30 days",
      "  - measured from outside",
      "- **Week 1:**",
      "  - errors below 1%",
      "- [ ] p95 below 500 ms",
      "  - a note",
      "- [dashboard](http://x)",
      "### Sign-off",
      "- CTO: ______",
      "## Rollback triggers",
      "- Error rate above 5%",
      "## Alerts",
      "- Disk above 90%",
      "- Configure the pager",
    ].join("\n");
    const { items, problems } = parseChecklist(markdown);
    expect(items.map(({ line, role, writtenAs }) => [line, role, writtenAs])).toEqual([
      [2, undefined, "box"],
      [5, "metric", "bullet"],
      [8, "metric", "bullet"],
      [9, "metric", "box"],
      [15, "trigger", "bullet"],
      [17, "alert", "bullet"],
    ]);
    expect(items[1]?.notes.map(({ text }) => text)).toEqual(["measured from outside"]);
    expect(items[2]?.path).toEqual(["Launch", "Success metrics", "Week 1:"]);
    expect(problems).toEqual([]);
  });

  it("leaves them alone where only the title says so", () => {
    expect(linesOf("# Success metrics\n- a\n- [ ] b\n")).toEqual([3]);
  });

  it("tells once of signs in place of boxes", () => {
    const markdown =
      "- [ ] a\n  - ✅ a note\n- ✅ Domain registered\n- ❌ www redirects\n## Legend\n- ✅ done\n## Success metrics\n- ❌ 99% uptime\n";
    const { items, problems } = parseChecklist(markdown);
    expect(items.map(({ line }) => line)).toEqual([1]);
    expect(problems).toEqual([{ line: 3, what: expect.stringMatching(/^3 lines with signs like ✅/) }]);
    expect(parseChecklist("- ✅ a\n- b\n").problems).toEqual([]);
  });

  it("knows a sign-off below metrics for what it is", () => {
    const markdown =
      "# L\n\n## Success metrics\n- [ ] 99% uptime\n\nSign-off:\n\n| Role | Done |\n|---|---|\n| CTO | ☐ |\n";
    expect(parseChecklist(markdown).items.map(({ role }) => role)).toEqual(["metric", undefined]);
  });
});

describe("what cannot be read", () => {
  const problemsOf = (markdown: string, knownChecks?: readonly string[]) =>
    parseChecklist(markdown, knownChecks && { knownChecks }).problems;

  it.each<[string, string, number, RegExp]>([
    ["an odd comment", "- [ ] Odd <!-- gonogo: what is this? -->", 1, /"what" is not a check/],
    ["none without a reason", "- [ ] a\n- [ ] b <!-- gonogo: none -->", 2, /say why/],
    ["nothing to answer", "just text\n", 1, /no line to answer/],
    ["a box without words", "- [ ] a\n- [ ]\n", 2, /without words/],
    ["a fence that stays open", "- [ ] a\n```\n- [ ] b\n", 2, /never closed/],
    ["binary", "- [ ] a\n\u0000\u0001\n", 2, /not UTF-8/],
    ["bytes that were lost", "- [ ] a\uFFFD\n", 1, /not UTF-8/],
  ])("%s", (_what, markdown, line, told) => {
    expect(problemsOf(markdown)).toMatchObject([{ line, what: expect.stringMatching(told) }]);
  });

  it("a check that does not exist, with the one that was meant", () => {
    const markdown = "- [ ] a <!-- gonogo: http.header.htst, made.up.entirely, tls.x -->";
    expect(problemsOf(markdown, ["http.header.hsts", "tls.x"]).map(({ what }) => what)).toEqual([
      "there is no check http.header.htst; did you mean http.header.hsts?",
      "there is no check made.up.entirely",
    ]);
    expect(problemsOf(markdown)).toEqual([]);
    const drills = "- [ ] a <!-- gonogo: drill restor -->\n- [ ] b <!-- gonogo: drill load -->";
    expect(problemsOf(drills, ["drill.restore", "redis.load"]).map(({ what }) => what)).toEqual([
      "there is no drill restor; did you mean restore?",
      "there is no drill load",
    ]);
  });

  it("a text that cannot be a checklist", () => {
    expect(() => parseChecklist("x".repeat(20_000_001))).toThrow("20000000 are the most");
  });
});

describe("any Markdown at all", () => {
  const word = fc.constantFrom(
    ...'- [ ] |- [x] |# |## |## [ ] |  |    |\t|\n|\r\n|\n\n|```|~~~|||--|> |1. |* |**|`|<!-- gonogo: | -->|(|)|"|a|b c|🙂|âœ…|\\'.split(
      "|",
    ),
    "|",
  );
  const markdown = fc.oneof(
    fc.array(word, { maxLength: 80 }).map((words) => words.join("")),
    fc.string({ unit: "binary", maxLength: 200 }),
  );

  it("never throws, and gives each line one item with an id of its own", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const { items } = parseChecklist(text);
        expect(new Set(items.map(({ line }) => line)).size).toBe(items.length);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        expect(items.every(({ id }) => id !== "" && !/[/.\s]/.test(id))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("sees every task that GitHub sees, at the same line, ticked alike", () => {
    const line = fc.constantFrom(
      ..."- [ ] a|- [x] b|  - [ ] c|    - [x] d|1. [ ] e|   - [ ] f|- plain|  text|text|# H|| |```|  ```|<!-- x -->|> - [ ] q|---|**B:**|* [x] g".split(
        "|",
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
        const text = lines.join("\n");
        const ours = new Map(parseChecklist(text).items.map((item) => [item.line, item.claimed]));
        for (const [at, ticked] of tasksOfGitHub(text)) expect([at, ours.get(at)]).toEqual([at, ticked]);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

/** By the reference parser, which takes minutes for what people write in an afternoon. */
function tasksOfGitHub(markdown: string): [line: number, ticked: boolean][] {
  const tasks: [number, boolean][] = [];
  const waiting: unknown[] = [
    fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
  ];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { type, checked, position, children } = node as {
      type: string;
      checked?: boolean | null;
      position: { start: { line: number } };
      children?: unknown[];
    };
    if (type === "listItem" && typeof checked === "boolean") tasks.push([position.start.line, checked]);
    waiting.push(...(children ?? []));
  }
  return tasks;
}

describe("size", () => {
  it("reads 10 MB, a hundred thousand tasks and a thousand levels", () => {
    const section = `## Section\n\n- [ ] **Lead**: a line of ordinary length with \`code\` and [a link](http://x)\n${"word ".repeat(100)}\n\n`;
    expect(linesOf(section.repeat(Math.ceil(10_000_000 / section.length))).length).toBeGreaterThan(16_000);
    expect(linesOf("- [ ] x\n".repeat(100_000))).toHaveLength(100_000);
    const deep = Array.from({ length: 1_000 }, (_, depth) => `${"  ".repeat(depth)}- [ ] x${depth}\n`).join(
      "",
    );
    const { items, problems } = parseChecklist(deep);
    expect(items).toHaveLength(1_000);
    expect(items.at(-1)?.path.length).toBeLessThanOrEqual(100);
    expect(problems).toMatchObject([{ line: 101, what: expect.stringContaining("deeper than 100 levels") }]);
  });

  it("is not slowed down by what makes parsers slow", () => {
    const nasty = [
      "[",
      "*a ",
      "**a",
      "`a ``",
      "<!--",
      "![",
      "_a",
      "> ",
      "- ",
      "| ",
      "&",
      "â€",
      "\\",
      "(",
      "~",
    ];
    for (const each of nasty) parseChecklist(`- [ ] x ${each.repeat(50_000)}`);
    for (const each of nasty) parseChecklist(each.repeat(50_000));
    parseChecklist("- [ ] x <!-- gonogo: ".repeat(5_000));
  });
});

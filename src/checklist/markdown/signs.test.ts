import { describe, expect, it } from "vitest";
import { type Tick, writeTicks } from "../ticks/ticks.ts";
import { parseChecklist } from "./parse.ts";

const read = (markdown: string) =>
  parseChecklist(markdown).items.map(({ text, claimed }) => [text, claimed] as const);

/** Every line earned, or none. */
function written(markdown: string, earned: boolean): string {
  const { items } = parseChecklist(markdown);
  const mark = { day: "2026-11-21", environment: "staging", release: "r7", rests: "evidence 4" };
  const tick: Tick = earned ? { earned, mark } : { earned: false };
  return writeTicks(markdown, items, new Map(items.map(({ line }) => [line, tick]))).text.replaceAll(
    / <!-- gonogo-ticked [^>]*-->/g,
    "",
  );
}

describe("signs in place of boxes", () => {
  const STATUS = "# Status\n\n✅ Domain registered\n❌ Backups daily\n\n## Data\n⏳ - Load test\n";

  it("are lines without any bullet where a document has little else", () => {
    expect(read(STATUS)).toEqual([
      ["Domain registered", true],
      ["Backups daily", false],
      ["Load test", false],
    ]);
    expect(written(STATUS, true)).toBe(STATUS.replaceAll(/[❌⏳]/gu, "✅"));
    expect(written(STATUS, false)).toBe(STATUS.replace("✅", "❌"));
  });

  it.each([
    ["two of them in a text", "✅ All done\n\n❌ Not that\n\n- a\n- b\n"],
    ["warnings", "⚠️ Mind a\n\n⚠️ Mind b\n\n⚠️ Mind c\n\n- a\n- b\n"],
    ["a legend", "✅ Done\n🔄 In progress\n❌ Open\n\n- a\n- b\n"],
    ["sentences that go on", "✅ One\nand more\n\n✅ Two\nand more\n\n✅ Three\nand more\n\n- a\n- b\n"],
  ])("are no lines: %s", (_what, markdown) => {
    expect(read(markdown).map(([text]) => text)).toEqual(["a", "b"]);
  });

  it("are told of where other lines have brackets", () => {
    const { items, problems } = parseChecklist(`- [ ] a\n\n${STATUS}`);
    expect(items).toHaveLength(1);
    expect(problems).toEqual([{ line: 5, what: expect.stringMatching(/^3 lines with signs like ✅/) }]);
  });

  it("are told of at the ends of lines, too", () => {
    const { items, problems } = parseChecklist(
      "- [ ] a\n\nBackups ✅\nDrill done ❌\nAlerts ✅\n\nWe ship ✅\nsoon\n",
    );
    expect(items).toHaveLength(1);
    expect(problems).toEqual([{ line: 3, what: expect.stringMatching(/^3 lines with signs like ✅/) }]);
  });

  it.each([
    [
      "<table>\n<tr><td>HTTPS</td><td>✅</td></tr>\n<tr><td>HSTS</td><td></td></tr>\n</table>",
      4,
      /^1 line of HTML/,
    ],
    [
      '<ul>\n<li><input type="checkbox"> a\n<li><input checked type=checkbox> b\n</ul>',
      4,
      /^2 lines of HTML/,
    ],
    [
      "<table>\n<tr><td>Backups</td><td>Done</td></tr>\n<tr><td>TLS</td>\n<td>in progress</td></tr>\n</table>",
      4,
      /^2 lines of HTML/,
    ],
    ['- <input type="checkbox"> in a bullet', 3, /^1 line of HTML/],
  ])("are told of where only a browser shows them: %s", (html, line, what) => {
    const { items, problems } = parseChecklist(`- [ ] a\n\n${html}\n`);
    expect(items).toHaveLength(1);
    expect(problems).toEqual([{ line, what: expect.stringMatching(what) }]);
    const shown = `- [ ] a\n\n<p>\n✅ is done, <b>it</b>\n</p>\n\n\`\`\`html\n${html}\n\`\`\`\n`;
    expect(parseChecklist(shown).problems).toEqual([]);
  });

  it("are boxes beside boxes that are signs themselves", () => {
    const list =
      "- ⬜ Restore\n- ✅ Backups\n- ❌ Pool\n\n☐ Audit\n\n## Rollback triggers\n- ❌ Errors > 5%\n";
    expect(read(list)).toEqual([
      ["Restore", false],
      ["Backups", true],
      ["Pool", false],
      ["Audit", false],
      ["Errors > 5%", false],
    ]);
    expect(written(list, true).slice(0, 60)).toBe(
      "- ☑ Restore\n- ✅ Backups\n- ✅ Pool\n\n☑ Audit\n\n## Rollback triggers\n".slice(0, 60),
    );
    expect(written(written(list, true), false)).toContain(
      "- ☐ Restore\n- ❌ Backups\n- ❌ Pool\n\n☐ Audit\n",
    );
  });

  it("have names on some platforms", () => {
    const list = "- :white_check_mark: Mail sent\n- :x: Hooks\n- :red_circle: DNS\n";
    expect(read(list)).toEqual([
      ["Mail sent", true],
      ["Hooks", false],
      ["DNS", false],
    ]);
    expect(written(list, true)).toBe(
      "- :white_check_mark: Mail sent\n- :white_check_mark: Hooks\n- :green_circle: DNS\n",
    );
    expect(written(list, false)).toBe("- :x: Mail sent\n- :x: Hooks\n- :red_circle: DNS\n");
  });

  it("stand at the ends of bullets, too", () => {
    const list = "# Status\n- TLS ✅\n- Backups daily: ❌\n- Mail\n- Pool of 20 :hourglass: <!-- soon -->\n";
    expect(read(list)).toEqual([
      ["TLS", true],
      ["Backups daily:", false],
      ["Mail", false],
      ["Pool of 20", false],
    ]);
    const ticked =
      "# Status\n- TLS ✅\n- Backups daily: ✅\n- Mail\n- Pool of 20 :white_check_mark: <!-- soon -->\n";
    expect(written(list, true)).toBe(ticked);
    expect(written(ticked, false)).toBe(
      "# Status\n- TLS ❌\n- Backups daily: ❌\n- Mail\n- Pool of 20 :x: <!-- soon -->\n",
    );
    expect(written(ticked, true)).toBe(ticked);
  });

  it.each([
    ["in the next line of a bullet", "- Backups\n  every day ✅\n", "Backups every day ✅"],
    ["in the middle of one", "- Ship ✅ only when calm\n", "Ship ✅ only when calm"],
    ["of a box, which says it itself", "- [ ] Backups ✅\n", "Backups ✅"],
  ])("stay part of the text %s", (_where, markdown, text) => {
    expect(read(markdown)).toEqual([[text, false]]);
  });
});

it("open boxes in a table say that what stands behind them is still to be ticked", () => {
  const table =
    "| Area | Status |\n|---|---|\n| Restore | ☐ Approved |\n| TLS | ✅ Approved |\n| Mail | ❌ Done |\n";
  expect(read(table)).toEqual([
    ["Restore", false],
    ["TLS", true],
    ["Mail", false],
  ]);
  expect(written(table, true)).toBe(
    "| Area | Status |\n|---|---|\n| Restore | ☑ Approved |\n| TLS | ✅ Approved |\n| Mail | ✅ Done |\n",
  );
});

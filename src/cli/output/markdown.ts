import { formatDuration } from "../../model/duration.ts";
import { type Cause, causesOf } from "./board/causes.ts";
import { closingLine } from "./closing.ts";
import type { AnswerRecord, CheckRecord, ItemRecord } from "./contracts/check.ts";
import { harmless } from "./plain-text.ts";
import { isBoxEarned } from "./report/words.ts";
import { tally } from "./tally.ts";
import { troubleOf } from "./trouble.ts";

/** The record as GitHub-flavoured Markdown, for a pull request or a wiki. */
export function markdown(record: CheckRecord): string {
  const { launch, environment, release, at } = record;
  const what = release
    ? `release ${release.id}, ${formatDuration(at - release.createdAt)} old`
    : "nothing deployed";
  const due = record.answers.filter((each) => each.due);
  const causes = causesOf(due);
  const troubled = due.filter((each) => ["failing", "warning", "waived"].includes(each.state));
  const lines = record.items.filter((item) => item.line !== null);
  const parts = [
    `# ${escaped(`${launch} · ${environment} · ${what}`)}`,
    `**${escaped(closingLine(record, tally(record)))}**`,
    componentTable(record),
    ...(causes.length > 0 ? ["## Not known", causes.map(causeOf).join("\n")] : []),
    ...(troubled.length > 0 ? ["## Not right", ...troubled.flatMap(troubleLines)] : []),
    ...(lines.length > 0 ? ["## Checklist", lines.map((each) => lineOf(each, lines)).join("\n")] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function componentTable({ answers }: CheckRecord): string {
  const rows = [...Map.groupBy(answers, (each) => each.component)].map(([name, all]) => {
    const applicable = all.filter((each) => each.due && each.state !== "not applicable");
    const passed = applicable.filter((each) => each.state === "go" || each.state === "waived").length;
    const verdict = applicable.some((each) => each.blocks)
      ? "NO-GO"
      : applicable.length > 0
        ? "GO"
        : "nothing applies";
    return `| ${escaped(name)} | ${passed}/${applicable.length} | ${verdict} |`;
  });
  return ["| component | right | |", "|---|---|---|", ...rows].join("\n");
}

function causeOf({ says, answers }: Cause): string {
  const checks = answers.map((each) => `${each.component}/${each.check}`).join(", ");
  return `- ${escaped(says)}: ${escaped(checks)}`;
}

function troubleLines(answer: AnswerRecord): string[] {
  const told = troubleOf(answer);
  if (!told) return [];
  const heading = `### ${escaped(`${answer.component}: ${answer.check}`)}`;
  const names = answer.findings.filter((each) => each.name !== "").map((each) => `- ${escaped(each.name)}`);
  const waived =
    answer.state === "waived" ? ` (waived by ${escaped(answer.findings[0]?.waivedBy ?? "somebody")})` : "";
  return [
    heading,
    `${escaped(told.summary)}${waived}`,
    ...(names.length > 0 ? [names.join("\n")] : []),
    `- found: ${escaped(told.found)}\n- expected: ${escaped(told.expected)}`,
    escaped(answer.consequence),
    fenced(told.fix),
  ];
}

/** A tick is earned: the box is empty until the line is GO. What the checks of a line leave open stands below it. */
function lineOf(item: ItemRecord, items: readonly ItemRecord[]): string {
  const { text, state, reason, restOf } = item;
  const box = isBoxEarned(item, items) ? "x" : " ";
  return `${restOf === null ? "" : "  "}- [${box}] ${escaped(text)} (${state}: ${escaped(reason)})`;
}

/** Text that stays text: no mark-up, no HTML, no mention that calls somebody. */
export function escaped(text: string): string {
  return harmless(text)
    .trim()
    .replace(/[\\`*_[\]<>|~&]/g, "\\$&")
    .replace(/^(?:[#+=-]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
    .replaceAll("@", "&#64;");
}

export function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${harmless(text, { lines: true })}\n${fence}`;
}

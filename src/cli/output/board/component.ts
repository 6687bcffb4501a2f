import { quantity } from "../../../model/quantity.ts";
import type { AnswerRecord, CheckRecord } from "../contracts/check.ts";
import { harmless } from "../plain-text.ts";
import { isNothingDue } from "../tally.ts";
import { troubleOf } from "../trouble.ts";
import { causesOf } from "./causes.ts";
import { line, listed, type Style, sectionLine } from "./line.ts";

/** Past this a server's or a command's words are told only in the machine-readable formats. */
const LONGEST_TEXT = 800;
const MOST_NAMES = 12;

/** One component: its figures, then everything that is not simply right, blockers first. */
export function componentSection(
  name: string,
  record: CheckRecord,
  { style, told }: { style: Style; told: ReadonlySet<AnswerRecord> },
): string[] {
  const due = record.answers.filter((each) => each.component === name && each.due);
  const applicable = due.filter((each) => each.state !== "not applicable");
  const good = !due.some((each) => each.blocks);
  const passed = applicable.filter((each) => each.state === "go" || each.state === "waived");
  if (due.length === 0) return isNothingDue(record) ? earlySection(name, record, style) : [];
  const section = {
    name: harmless(name),
    passed: passed.length,
    of: applicable.length,
    says: applicable.length === 0 ? "nothing applies" : good ? "GO" : "NO-GO",
    good,
  };
  const untold = due.filter((each) => !told.has(each));
  return [
    ...sectionLine(style, section),
    ...untold.filter((each) => each.state === "failing").flatMap((each) => trouble(each, record, style)),
    ...causesOf(untold).flatMap((cause) => missing(cause, style)),
    ...untold.filter((each) => each.state === "warning").flatMap((each) => trouble(each, record, style)),
    ...untold.filter((each) => each.state === "waived").flatMap((each) => waived(each, style)),
  ];
}

/** What somebody asked for by name is told, though it is due only later. */
function earlySection(name: string, record: CheckRecord, style: Style): string[] {
  const own = record.answers.filter((each) => each.component === name);
  const applicable = own.filter(({ state }) => state !== "not applicable");
  const phases = [...new Set(own.map(({ phase }) => phase))];
  const moot = Map.groupBy(
    own.filter(({ state }) => state === "not applicable"),
    ({ reason }) => reason,
  );
  return [
    ...sectionLine(style, {
      name: harmless(name),
      passed: applicable.filter(({ state }) => state === "go" || state === "waived").length,
      of: applicable.length,
      says: `not due yet: ${phases.join(", ")}`,
      good: true,
    }),
    ...own
      .filter(({ state }) => state === "failing" || state === "warning")
      .flatMap((each) => trouble(each, record, style)),
    ...causesOf(own).flatMap((cause) => missing(cause, style)),
    ...[...moot].flatMap(([reason, answers]) => {
      const ids = answers.map(({ check }) => check);
      return line(style, 4, harmless(`- ${listed(ids, MOST_NAMES)}  does not apply: ${reason}`), 4);
    }),
  ];
}

function trouble(answer: AnswerRecord, record: CheckRecord, style: Style): string[] {
  const told = troubleOf(answer);
  if (!told) return [];
  const { paint } = style;
  const [mark, colour] = answer.blocks
    ? ["✗", paint.red]
    : answer.severity === "info"
      ? ["i", paint.cyan]
      : ["!", paint.yellow];
  const [first = "", ...rest] = line(style, 4, `${mark} ${answer.check}  ${harmless(told.summary)}`, 4);
  const open = answer.findings.filter((each) => each.waivedBy === null);
  const names = open.map((each) => harmless(each.name).trim()).filter((each) => each !== "");
  const detail = (text: string): string[] => line(style, 8, text, 2);
  return [
    first.replace(mark, colour(mark)),
    ...rest,
    ...(names.length > 0 ? detail(listed(names, MOST_NAMES)) : []),
    ...detail(`Found: ${clipped(told.found)}`),
    ...detail(`Expected: ${clipped(told.expected)}`),
    ...(told.isOfLine ? [] : detail(answer.consequence)),
    ...detail(`Fix: ${harmless(told.fix, { lines: true })}`),
    ...(answer.blocks && open.length > 0
      ? detail(`Or \`gonogo waive\`: ${listed(open.map(waiverOf), 6)}`)
      : []),
    ...linesOf(answer, record).flatMap(detail),
  ];
}

function waiverOf({ name, fingerprint }: AnswerRecord["findings"][number]): string {
  return `${fingerprint}${name === "" ? "" : ` ${harmless(name)}`}`;
}

function waived(answer: AnswerRecord, style: Style): string[] {
  const [finding] = answer.findings;
  const until = new Date(finding?.waivedUntil ?? 0).toISOString().slice(0, 10);
  const says = `${harmless(answer.reason)} (waived by ${harmless(finding?.waivedBy ?? "somebody")} until ${until})`;
  return line(style, 4, `~ ${answer.check}  ${says}`, 4);
}

function missing(
  { says, answers }: { says: string; answers: readonly AnswerRecord[] },
  style: Style,
): string[] {
  const [only, second] = answers;
  const ids = answers.map((each) => each.check);
  if (only && !second) return line(style, 4, `? ${only.check}  ${clipped(says)}`, 4);
  return [
    ...line(style, 4, `? ${quantity(answers.length, "line")} ${clipped(says)}`, 4),
    ...line(style, 8, listed(ids, MOST_NAMES)),
  ];
}

/** "LAUNCH.md:12 Indexes on foreign keys": the lines of the team's own list that rest on it. */
function linesOf(answer: AnswerRecord, record: CheckRecord): string[] {
  return record.items
    .filter((item) => item.line !== null && answer.items.includes(item.id) && !isWellFor(item.id, answer))
    .map((item) => harmless(`${record.checklist ?? "checklist"}:${item.line} ${item.text}`));
}

/** What another line asks of the same check is not so, and what this one asks is. */
function isWellFor(item: string, { otherwise, state }: AnswerRecord): boolean {
  return state === "failing" && otherwise.some((each) => each.item === item && each.state !== "failing");
}

function clipped(text: string): string {
  const safe = harmless(text, { lines: true });
  return safe.length <= LONGEST_TEXT ? safe : `${safe.slice(0, LONGEST_TEXT)}… (${text.length} characters)`;
}

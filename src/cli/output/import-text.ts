import pc from "picocolors";
import { quantity } from "../../model/quantity.ts";
import type { ImportRecord } from "./contracts/import.ts";
import { nextOf } from "./import-next.ts";
import { harmless, textWidth, wrap } from "./plain-text.ts";

/** What an import came to, for people. */
export function importText(
  record: ImportRecord,
  { columns, colour }: { columns: number; colour: boolean },
): string {
  const width = textWidth(columns);
  const sections = [
    [`${record.file} · ${quantity(record.lines.length, "line")} to answer`],
    answers(record),
    asides(record),
    contradictions(record),
    components(record),
    declarations(record, "promises"),
    declarations(record, "deploy.rollbackOn"),
    declarations(record, "alerts.thresholds"),
    declarations(record, "variables"),
    troubles(record),
    nextOf(record),
  ];
  const preview = record.dryRun ? previewOf(record, pc.createColors(colour)) : "";
  const summary = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.flatMap((line) => hung(line, width)).join("\n"))
    .join("\n\n")
    .concat("\n");
  return preview + summary;
}

/** As a diff shows it, without the old lines: they are in the new ones, byte for byte. */
function previewOf({ changes }: ImportRecord, paint: ReturnType<typeof pc.createColors>): string {
  const width = String(changes.at(-1)?.line ?? 0).length;
  const lines = changes.map(
    ({ line, after }) => `${String(line).padStart(width)} ${paint.green(`+ ${harmless(after)}`)}\n`,
  );
  return lines.length === 0 ? "" : `${lines.join("")}\n`;
}

/** What does not fit into the line goes on below its own beginning. */
function hung(text: string, width: number): string[] {
  const safe = harmless(text);
  const lead = /^\s*(?:\d+ {2})?/.exec(safe)?.[0].length ?? 0;
  // What hangs below a figure stands below its words; elsewhere two columns deeper.
  const indent = " ".repeat(/^\s*\d/.test(safe) ? lead : lead + 2);
  const [first = "", ...rest] = wrap(safe.trimStart(), width - indent.length);
  return [safe.slice(0, safe.length - safe.trimStart().length) + first, ...rest.map((each) => indent + each)];
}

function answers({ lines, file }: ImportRecord): string[] {
  const by = (who: string): number => lines.filter((each) => each.answeredBy === who).length;
  const groups = lines.filter((each) => each.how === "group").length;
  const inPart = lines.filter((each) => each.inPart).length;
  const near = lines.filter((each) => each.near !== null).length;
  const doubted = lines.filter((each) => each.doubt !== null).length;
  const none = lines.filter(
    ({ how, answeredBy }) => how === "aside" || (how === "kept" && answeredBy === "nobody"),
  ).length;
  return [
    row(by("checks"), "answered by checks"),
    row(by("drill"), "answered by drills: held, not claimed"),
    ...(doubted > 0
      ? [row(doubted, `of these may ask for more than is shown: gonogo import ${file} --doubts`)]
      : []),
    ...(inPart > 0 ? [row(inPart, "of these in part: a person signs the rest, gonogo sign")] : []),
    row(by("person"), "answered by a named person, with evidence: gonogo sign"),
    ...(near > 0 ? [row(near, `of these a check may answer: gonogo import ${file} --near`)] : []),
    ...(groups > 0 ? [row(groups, "answered by the lines below them")] : []),
    ...(none > 0 ? [row(none, "answered by nobody, as the list says")] : []),
  ];
}

function row(count: number, says: string): string {
  return `${String(count).padStart(7)}  ${says}`;
}

function asides({ lines, misread }: ImportRecord): string[] {
  const having = (test: (line: ImportRecord["lines"][number]) => boolean): number =>
    lines.filter(test).length;
  const rows: [number, string][] = [
    [having((each) => each.claimed), "ticked in the file: claims, until there is evidence"],
    [
      having((each) => each.condition !== null),
      'conditional: where one does not apply, write <!-- gonogo: none "why" --> behind it',
    ],
    [
      having((each) => each.role === "trigger" || each.role === "alert"),
      "say when to act: what answers them is watched, and speaks up",
    ],
    [having((each) => each.role === "metric"), "say what success is: they are held against the promises"],
    [having((each) => each.how === "kept"), "bound before: kept as they are"],
    [
      misread?.repaired === false ? misread.characters : 0,
      `misread (UTF-8 taken for ${misread?.as}): understood, and kept as they are; gonogo import --repair puts them right`,
    ],
  ];
  return rows.filter(([count]) => count > 0).map(([count, says]) => row(count, says));
}

function contradictions({ contradictions: found, file }: ImportRecord): string[] {
  if (found.length === 0) return [];
  return [
    `${quantity(found.length, "contradiction")}: the line and the declaration say different things`,
    ...found.map(
      ({ line, what, says, declares, where }) =>
        `  ${file}:${line} ${what}: the list says ${says}, the declaration ${declares} (${where})`,
    ),
  ];
}

function components({ proposals }: ImportRecord): string[] {
  const found = proposals.filter(({ under }) => under === "components");
  const [known, unknown] = [found.filter(({ add }) => add !== null), found.filter(({ add }) => add === null)];
  return [
    ...(known.length > 0 ? ["Components the list implies and the declaration lacks:"] : []),
    ...known.flatMap(({ add, why }) => [`  ${add}`, `      ${why}`]),
    ...(unknown.length > 0 ? ["No component yet, so people answer:"] : []),
    ...unknown.map(({ why }) => `  ${why.replace(/: no component for.*/, "")}`),
  ];
}

const MOST_NAMES = 12;

const TITLES = {
  promises: "Promises the list makes; add under promises:",
  "alerts.thresholds": "From where people are to be alerted, says the list; add under alerts.thresholds:",
  "deploy.rollbackOn": "What sends a release back, says the list; add under deploy.rollbackOn:",
  variables: "Variables the list names; add under variables:",
} as const;

function declarations({ proposals }: ImportRecord, under: keyof typeof TITLES): string[] {
  const found = proposals.filter((each) => each.under === under);
  if (found.length === 0) return [];
  return [
    TITLES[under],
    ...found.slice(0, MOST_NAMES).map(({ add, why }) => `  ${add}  // ${why}`),
    ...(found.length > MOST_NAMES
      ? [`  and ${found.length - MOST_NAMES} more: gonogo import --format json`]
      : []),
  ];
}

function troubles({ lines, problems }: ImportRecord): string[] {
  const refused = lines.filter((each) => each.how === "refused");
  return [
    ...refused.map(({ line }) => `line ${line} cannot take a comment and stays unbound: bind it by hand`),
    ...problems
      .filter(({ what }) => !what.includes("as they were meant"))
      .map(({ line, what }) => `line ${line}: ${what}`),
  ];
}

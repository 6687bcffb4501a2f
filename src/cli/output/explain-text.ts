import type { ExplainRecord } from "./contracts/import.ts";
import { cropped, harmless, textWidth, wrap } from "./plain-text.ts";

type CandidateRecord = ExplainRecord["chosen"][number];

/** Why a line is bound as it is, for people. */
export function explainText(record: ExplainRecord, { columns }: { columns: number }): string {
  const { line, path, chosen, rest, holder, rivals, least, file } = record;
  const lines = [
    `${file}:${line.line} ${line.text}`,
    ...(path.length > 0 ? [`  below     ${path.join(" > ")}`] : []),
    `  due       ${line.phase}`,
    ...aspects(line),
    `  answered  ${answered(record)}`,
    ...chosen.flatMap((each) => candidateLines(each)),
    ...(rest.length > 0 ? [`  signed    the rest: ${rest.join("; ")}`] : []),
    ...(holder === null ? [] : [`  held      by ${holder}, to what the line says of a variable`]),
    ...(rivals.length > 0 ? [chosen.length > 0 ? "  rivals" : `  nearest, all below ${percent(least)}`] : []),
    ...rivals.flatMap((each) => candidateLines(each)),
    `Next: ${next(record)}`,
  ];
  const width = textWidth(columns);
  return lines
    .flatMap((each) => hung(harmless(each), width))
    .join("\n")
    .concat("\n");
}

function aspects({ claimed, condition, role, parameters }: ExplainRecord["line"]): string[] {
  const says = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [
    ...(claimed ? ["  claimed   its box is ticked"] : []),
    ...(condition === null ? [] : [`  only      ${condition}`]),
    ...(role === null ? [] : [`  is        ${ROLES[role]}`]),
    ...(says.length > 0 ? [`  says      ${says.join(", ")}`] : []),
  ];
}

const ROLES = {
  trigger: "a rollback trigger: an alert rule, once declared",
  alert: "an alert: a rule, once declared",
  metric: "a success metric: held against the promises",
} as const;

function answered({ line, chosen, rest, holder, least }: ExplainRecord): string {
  const kept = line.how === "kept" ? `as its comment says: ${line.binding}` : undefined;
  const would =
    chosen.length > 0
      ? `by ${chosen.map(({ id }) => id).join(", ")}${rest.length > 0 ? ", in part" : ""}`
      : holder !== null
        ? `by ${holder}`
        : `by a person: nothing is asked for with at least ${percent(least)}`;
  if (line.how === "group") return "by the lines below it";
  if (line.how === "aside") return "by nobody, as the line itself says";
  return kept === undefined ? would : `${kept}; unbound it would be answered ${would}`;
}

function candidateLines(candidate: CandidateRecord): string[] {
  const { id, confidence, worded, asked, matched, open, likeness, likeBy } = candidate;
  const words = matched.map(({ word, from }) => (from === "heading" ? `${word} (above)` : word));
  const by = likeBy.length > 0 ? ` (by ${likeBy.join(", ")})` : "";
  return [
    `    ${percent(confidence).padStart(5)}  ${id}`,
    asked === null
      ? "           said in none of the ways in which it is asked for"
      : `           ${percent(worded)}: asked as "${cropped(asked, 60)}" by ${words.join(", ") || "no word of its own"}`,
    ...(open.length > 0 ? [`           leaves open: ${open.join(", ")}`] : []),
    ...(likeness === null ? [] : [`           ${percent(likeness)} of lines in such words ask for it${by}`]),
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Nobody binds a line by hand to what shares one word with it. */
const WORTH_NAMING = 0.35;

function next({ line, chosen, rivals }: ExplainRecord): string {
  const [rival] = rivals;
  const isNear = rival !== undefined && rival.confidence >= WORTH_NAMING;
  const other = chosen.length > 0 ? "sign-off" : isNear ? rival.id : "a check's id";
  return `to decide otherwise, write <!-- gonogo: ${other} --> behind line ${line.line}; it is never bound again`;
}

function hung(text: string, width: number): string[] {
  const indent =
    /^\s*(?:(?:below|due|claimed|only|is|says|answered|signed|held)\s+)?/.exec(text)?.[0].length ?? 0;
  const [first = "", ...rest] = wrap(text.trimStart(), width - indent);
  const lead = text.slice(0, text.length - text.trimStart().length);
  return [lead + first, ...rest.map((each) => " ".repeat(indent) + each)];
}

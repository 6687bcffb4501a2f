import type { LineBinding } from "../../checklist/bind-checklist.ts";
import { withoutCredentials } from "../../checklist/credentials.ts";
import { formatBinding } from "../../checklist/format-binding.ts";
import type { Import } from "../../checklist/import-checklist.ts";
import { parametersOf, saidBy } from "../../checklist/line-figures.ts";
import { splitLines } from "../../checklist/markdown/text-lines.ts";
import type { ImportRecord } from "./contracts/import.ts";

export interface ImportRecordInput {
  readonly done: Import;
  /** The file as it was read. */
  readonly before: string;
  /** Left out of what is told. */
  readonly secrets: readonly string[];
  /** As people call it: relative to where they are. */
  readonly file: string;
  readonly declared: boolean;
  readonly hasConfiguration: boolean;
  readonly dryRun: boolean;
  readonly written: boolean;
  readonly repaired: boolean;
}

/** What an import found, in the documented shape. */
export function importRecord({ done, before, secrets, repaired, ...known }: ImportRecordInput): ImportRecord {
  const { lines, refused, problems, misread, contradictions, proposals } = done;
  return {
    version: 1,
    kind: "import",
    ...known,
    lines: lines.map((each) => lineRecord(each, refused)),
    changes: changesOf(before, done.text, secrets),
    contradictions,
    proposals: proposals.map(({ under, add, why, lines: numbers }) => ({
      under,
      add: add ?? null,
      why,
      lines: numbers,
    })),
    problems: problems.map(({ line, what }) => ({ line, what })),
    misread: misread ? { as: misread.as, characters: misread.characters, repaired } : null,
  };
}

function changesOf(before: string, after: string, secrets: readonly string[]): ImportRecord["changes"] {
  const [was, is] = [splitLines(before), splitLines(after)];
  const [toldBefore, toldAfter] = [before, after].map((text) =>
    splitLines(withoutCredentials(text, secrets)),
  );
  return was.flatMap(({ text }, at) =>
    text === (is[at]?.text ?? "")
      ? []
      : [{ line: at + 1, before: toldBefore?.[at]?.text ?? "", after: toldAfter?.[at]?.text ?? "" }],
  );
}

/** One line of an import, in the documented shape. */
export function lineRecord(
  { item, how, binding, confidence, near, doubt }: LineBinding,
  refused: readonly number[],
): ImportRecord["lines"][number] {
  const isRefused = refused.includes(item.line);
  return {
    line: item.line,
    id: item.id,
    text: item.text,
    phase: item.phase,
    claimed: item.claimed,
    answeredBy: answeredBy(isRefused ? undefined : binding),
    binding: binding && !isRefused ? formatBinding(binding) : null,
    inPart: !isRefused && isInPart(binding),
    parameters: parametersOf(saidBy(item)),
    role: item.role ?? null,
    condition: item.condition ?? null,
    how: isRefused ? "refused" : how,
    confidence: confidence ?? null,
    doubt: doubt && !isRefused ? { open: doubt.open } : null,
    near: near ? { id: near.answerer.id, confidence: near.confidence } : null,
  };
}

function isInPart(binding: LineBinding["binding"]): boolean {
  return (binding?.by === "checks" || binding?.by === "drill") && binding.signed !== undefined;
}

function answeredBy(binding: LineBinding["binding"]): ImportRecord["lines"][number]["answeredBy"] {
  return binding === undefined || binding.by === "none" ? "nobody" : binding.by;
}

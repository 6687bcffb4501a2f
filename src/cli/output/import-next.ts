import { NOTHING_DECLARED } from "../../checklist/declared-figure.ts";
import { quantity } from "../../model/quantity.ts";
import type { ImportRecord } from "./contracts/import.ts";

/** How an import ends: what it did, and what its reader does next. */
export function nextOf(record: ImportRecord): string[] {
  const { declared, file, hasConfiguration } = record;
  return [
    did(record),
    ...(declared || !hasConfiguration
      ? []
      : [`Add to the declaration:  checklist: ${JSON.stringify(file)},`]),
    `Next: ${next(record)}`,
  ];
}

function did({ dryRun, written, file, lines, misread }: ImportRecord): string {
  const bound = lines.filter(({ how }) => how === "bound").length;
  const refused = lines.filter(({ how }) => how === "refused").length;
  if (dryRun)
    return bound === 0
      ? "Nothing would be written."
      : `Nothing was written; ${quantity(bound, "comment")} would be.`;
  const repaired = misread?.repaired ? `${quantity(misread.characters, "character")} as they were meant` : "";
  if (written && bound === 0) return `Wrote ${file}: ${repaired}, and nothing else.`;
  if (written)
    return `Wrote ${file}: ${repaired === "" ? "" : `${repaired}, `}a comment behind ${bound === 1 ? "one line" : `each of ${bound} lines`}, and nothing else. Yours to edit; it is never bound again.`;
  return refused === 0
    ? "Every line is bound; nothing was written."
    : `Nothing was written: ${quantity(refused, "line")} cannot be bound here.`;
}

function next({ dryRun, changes, hasConfiguration, contradictions, proposals, file }: ImportRecord): string {
  if (dryRun && changes.length > 0) return `gonogo import ${file}`;
  if (!hasConfiguration)
    return "gonogo init writes a first declaration; then gonogo import tells what it lacks";
  const first = contradictions.find(({ declares }) => declares !== NOTHING_DECLARED);
  if (first) {
    return `say the same in ${file} and the declaration, or put the line right in its comment: (${first.name}=...)`;
  }
  const add = proposals.find((each) => each.under === "components" && each.add !== null);
  return add || contradictions.length > 0
    ? `add what the list implies to the declaration, then gonogo check`
    : "gonogo check";
}

import type { ImportRecord } from "./import-contract.ts";
import { harmless, wrap } from "./plain-text.ts";

/** What an import came to, for people. */
export function importText(record: ImportRecord, { columns }: { columns: number }): string {
  const width = Math.max(40, Math.min(100, columns));
  return [heading(record), "", ...answers(record), ...asides(record), "", ...closing(record)]
    .flatMap((line) => wrap(harmless(line), width))
    .map((line) => `${line}\n`)
    .join("");
}

function heading({ file, lines }: ImportRecord): string {
  return `${file} · ${lines.length} lines to answer`;
}

function answers({ lines }: ImportRecord): string[] {
  const by = (who: string): number => lines.filter((each) => each.answeredBy === who).length;
  const groups = lines.filter((each) => each.how === "group").length;
  return [
    row(by("checks"), "answered by checks"),
    row(by("drill"), "answered by drills, held and not claimed"),
    row(by("person"), "answered by a named person: gonogo sign"),
    ...(groups > 0 ? [row(groups, "answered by the lines below them")] : []),
  ];
}

function row(count: number, says: string): string {
  return `${String(count).padStart(7)}  ${says}`;
}

function asides({ lines, misread, problems }: ImportRecord): string[] {
  const claimed = lines.filter((each) => each.claimed).length;
  const kept = lines.filter((each) => each.how === "kept").length;
  const refused = lines.filter((each) => each.how === "refused");
  return [
    ...(claimed > 0 ? ["", `${row(claimed, "ticked already: claims, until there is evidence")}`] : []),
    ...(kept > 0 ? [row(kept, "bound before: kept as they are")] : []),
    ...refused.map(
      ({ line }) => `  line ${line} cannot take a comment; bind it by hand on a line of its own`,
    ),
    ...(misread && !misread.repaired
      ? [
          "",
          `${misread.characters} characters are UTF-8 that was read as ${misread.as}. They were understood; gonogo import --repair writes them as they were meant.`,
        ]
      : []),
    ...problems
      .filter(({ what }) => !what.includes("were meant"))
      .map(({ line, what }) => `  line ${line}: ${what}`),
  ];
}

function closing({ dryRun, written, file, declared }: ImportRecord): string[] {
  const did = dryRun
    ? "Nothing was written."
    : written
      ? `Wrote ${file}: one comment behind each line that was bound now, nothing else.`
      : "Nothing had to be written.";
  const name = declared ? [] : [`Add to gonogo.config.ts:  checklist: ${JSON.stringify(file)},`];
  const next = dryRun ? "gonogo import" : "gonogo check";
  return [did, ...name, `Next: ${next}`];
}

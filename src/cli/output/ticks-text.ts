import { quantity } from "../../model/quantity.ts";
import type { TicksRecord } from "./contracts/report.ts";
import { folded, harmless } from "./plain-text.ts";

const MOST_REFUSED = 20;

/** What was written, or with `--dry-run` the difference it would make. */
export function ticksText(
  record: TicksRecord,
  items: readonly { readonly line: number; readonly claimed: boolean }[],
  output: { readonly columns: number },
): string {
  const { file, lines, refused, dryRun, earned, environment } = record;
  const claimed = new Set(items.filter((item) => item.claimed).map(({ line }) => line));
  const refusals = refused
    .slice(0, MOST_REFUSED)
    .map((line) => `  ${file}:${line} has no box that can be ${claimed.has(line) ? "emptied" : "ticked"}`);
  const more = refused.length > MOST_REFUSED ? [`  and ${refused.length - MOST_REFUSED} more`] : [];
  const difference = dryRun && lines.length > 0 ? [`--- ${file}`, `+++ ${file}`, ...lines.flatMap(hunk)] : [];
  const done =
    lines.length === 0
      ? `${file} says what the evidence says; nothing to change`
      : `${quantity(lines.length, "line")} of ${file} ${dryRun ? "would change" : "changed"}`;
  const said = [
    `${done}; ${quantity(earned, "box").replace("boxs", "boxes")} earned in ${environment}`,
    ...refusals,
    ...more,
    dryRun ? "Next: `gonogo report --write` writes it" : `Next: git diff ${file}`,
    "",
  ];
  // A difference is as it is in the file, however wide.
  return [...difference, folded(said.join("\n"), output)].join("\n");
}

/** As `diff -U0` shows it. */
function hunk({ line, was, now }: TicksRecord["lines"][number]): string[] {
  return [`@@ -${line} +${line} @@`, `-${harmless(was)}`, `+${harmless(now)}`];
}

import { quantity } from "../../model/quantity.ts";
import type { NearRecord } from "./contracts/import.ts";
import { firstTwo, judgedLinesText } from "./judged-lines.ts";
import { textWidth, wrap } from "./plain-text.ts";

/** Lines that a check may answer, for people who know which of them it does. */
export function nearText({ file, lines, least }: NearRecord, { columns }: { columns: number }): string {
  const none = `${file} · no check is near to answering a line that a person answers`;
  if (lines.length === 0) return `${wrap(none, textWidth(columns)).join("\n")}\n`;
  const told = lines.map(({ check, title, confidence, ...line }) => ({
    ...line,
    below: [`${Math.round(confidence * 100)} %  ${check}: ${title}`],
  }));
  return judgedLinesText(
    {
      head: `${file} · ${quantity(lines.length, "line")} that a person answers, and a check may: none is ${Math.round(least * 100)} % sure`,
      lines: told,
      next: `where the check shows what the line asks, gonogo import ${file} --accept ${firstTwo(told)}`,
    },
    columns,
  );
}

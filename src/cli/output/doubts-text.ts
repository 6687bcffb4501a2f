import { quantity } from "../../model/quantity.ts";
import type { DoubtsRecord } from "./contracts/import.ts";
import { firstTwo, judgedLinesText } from "./judged-lines.ts";
import { textWidth, wrap } from "./plain-text.ts";

/** Lines that may ask for more than their checks show, for people who know of which that is so. */
export function doubtsText({ file, lines }: DoubtsRecord, { columns }: { columns: number }): string {
  const none = `${file} · nothing tells that a line asks for more than its checks show`;
  if (lines.length === 0) return `${wrap(none, textWidth(columns)).join("\n")}\n`;
  const told = lines.map(({ checks, open, ...line }) => ({
    ...line,
    below: [
      ...checks.map(({ id, title }) => `${id}: ${title}`),
      ...(open.length > 0 ? [`none of it speaks of: ${open.join(", ")}`] : []),
    ],
  }));
  return judgedLinesText(
    {
      head: `${file} · ${quantity(lines.length, "line")} that checks answer, and that may ask for more than these show`,
      lines: told,
      next: `where one does, gonogo import ${file} --also-sign ${firstTwo(told)} has a person sign it too; where another check shows it, name that in its comment`,
    },
    columns,
  );
}

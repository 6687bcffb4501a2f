import { quantity } from "../../model/quantity.ts";
import type { NearRecord } from "./contracts/import.ts";
import { harmless, textWidth, wrap } from "./plain-text.ts";

/** Lines that a check may answer, for people who know which of them it does. */
export function nearText({ file, lines, least }: NearRecord, { columns }: { columns: number }): string {
  const width = textWidth(columns);
  const none = `${file} · no check is near to answering a line that a person answers`;
  if (lines.length === 0) return `${wrap(none, width).join("\n")}\n`;
  const figure = String(lines.at(-1)?.line ?? 0).length;
  const told = lines.flatMap(({ line, text, path, check, title, confidence }) => {
    const indent = " ".repeat(figure + 2);
    const above = path.at(-1);
    return [
      `${String(line).padStart(figure)}  ${text}${above === undefined ? "" : ` (below ${above})`}`,
      `${indent}${Math.round(confidence * 100)} %  ${check}: ${title}`,
    ];
  });
  const first = lines.slice(0, 2).map(({ line }) => line);
  return [
    `${file} · ${quantity(lines.length, "line")} that a person answers, and a check may: none is ${Math.round(least * 100)} % sure`,
    "",
    ...told,
    "",
    `Next: where the check shows what the line asks, gonogo import ${file} --accept ${first.join(",")}`,
  ]
    .flatMap((each) => hanging(harmless(each), { width, hang: figure + 4 }))
    .join("\n")
    .concat("\n");
}

function hanging(text: string, { width, hang }: { width: number; hang: number }): string[] {
  const indent = /^ */.exec(text)?.[0] ?? "";
  const [first = "", ...rest] = wrap(text.slice(indent.length), width - hang);
  return [indent + first, ...rest.map((each) => " ".repeat(hang) + each)];
}

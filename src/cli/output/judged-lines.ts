import { harmless, textWidth, wrap } from "./plain-text.ts";

/** Lines of a checklist that people are asked to judge, and what they do then. */
export interface JudgedLines {
  readonly head: string;
  readonly lines: readonly {
    readonly line: number;
    readonly text: string;
    readonly path: readonly string[];
    /** What stands below each, a line for each. */
    readonly below: readonly string[];
  }[];
  readonly next: string;
}

/** Each line with its number, below it what is known of it. */
export function judgedLinesText({ head, lines, next }: JudgedLines, columns: number): string {
  const width = textWidth(columns);
  const figure = String(lines.at(-1)?.line ?? 0).length;
  const told = lines.flatMap(({ line, text, path, below }) => {
    const above = path.at(-1);
    return [
      `${String(line).padStart(figure)}  ${text}${above === undefined ? "" : ` (below ${above})`}`,
      ...below.map((each) => " ".repeat(figure + 2) + each),
    ];
  });
  return [head, "", ...told, "", `Next: ${next}`]
    .flatMap((each) => hanging(harmless(each), { width, hang: figure + 4 }))
    .join("\n")
    .concat("\n");
}

/** Of the lines, two to write behind an option. */
export function firstTwo(lines: JudgedLines["lines"]): string {
  return lines
    .slice(0, 2)
    .map(({ line }) => line)
    .join(",");
}

function hanging(text: string, { width, hang }: { width: number; hang: number }): string[] {
  const indent = /^ */.exec(text)?.[0] ?? "";
  const [first = "", ...rest] = wrap(text.slice(indent.length), width - hang);
  return [indent + first, ...rest.map((each) => " ".repeat(hang) + each)];
}

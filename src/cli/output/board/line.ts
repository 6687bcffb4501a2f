import type pc from "picocolors";
import { widthOf, wrap } from "../plain-text.ts";

export interface Style {
  readonly width: number;
  /** Width of the column of component names. */
  readonly names: number;
  readonly paint: ReturnType<typeof pc.createColors>;
}

/** A text at an indent, wrapped; what follows the first line hangs `hang` columns deeper. */
export function line(style: Style, indent: number, text: string, hang = 0): string[] {
  const [first = "", ...rest] = wrap(text, style.width - indent - hang);
  return [" ".repeat(indent) + first, ...rest.map((each) => " ".repeat(indent + hang) + each)];
}

/** "  database   11/12  NO-GO": the words at the right wrap under themselves. */
export function sectionLine(
  style: Style,
  section: { name: string; passed: number; of: number; says: string; good: boolean },
): string[] {
  // A name that has no room beside its figures stands above them.
  const isBeside = widthOf(section.name) <= style.names;
  const name = isBeside ? section.name : "";
  const gap = style.names - widthOf(name) + 1;
  const figures = `${section.passed}/${section.of}`.padStart(7);
  const left = `  ${name}${" ".repeat(gap)}${figures}  `;
  const indent = widthOf(left);
  const [first = "", ...rest] = wrap(section.says, style.width - indent);
  const paint = section.good ? style.paint.green : style.paint.red;
  const above = isBeside ? [] : line(style, 2, section.name);
  return [...above, left + paint(first), ...rest.map((each) => " ".repeat(indent) + paint(each))];
}

/** "a, b, c and 4 more". */
export function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

import { UserError } from "../model/errors.ts";
import type { LineBinding } from "./bind-checklist.ts";

/** The line of that number or id. Throws UserError that names the nearest, where there is none. */
export function lineNamed(asked: string, lines: readonly LineBinding[]): LineBinding {
  const found = lines.find(({ item }) => String(item.line) === asked || item.id === asked);
  if (found) return found;
  const number = Number(asked);
  const near = Number.isFinite(number)
    ? lines.toSorted((a, b) => Math.abs(a.item.line - number) - Math.abs(b.item.line - number))
    : lines.filter(({ item }) => item.id.includes(asked));
  const named = near.slice(0, 3).map(({ item }) => `${item.line} (${item.text.slice(0, 40)})`);
  throw new UserError(`"${asked}" is no line of the checklist that asks for something`, {
    fix: named.length > 0 ? `the nearest: ${named.join(", ")}` : "gonogo import --dry-run shows its lines",
  });
}

/** The lines, of which those that are named become something else. Throws UserError where there is none of that name. */
export function changedWhereNamed(
  lines: readonly LineBinding[],
  named: readonly string[],
  change: (line: LineBinding) => LineBinding,
): readonly LineBinding[] {
  const chosen = new Set(named.map((name) => lineNamed(name, lines)));
  return lines.map((each) => (chosen.has(each) ? change(each) : each));
}

import type { Binding } from "./binding.ts";
import { formatBinding } from "./binding.ts";
import { bindLines } from "./markdown/binding-comment.ts";
import { type ParsedItem, parseChecklist } from "./markdown/parse.ts";

export interface Written {
  readonly text: string;
  /** Lines that cannot take a comment, such as one in which another comment begins and never ends. */
  readonly refused: readonly number[];
}

/** Each attempt takes out at least one line; a file needs hardly more than two. */
const MOST_ATTEMPTS = 8;

/**
 * Writes comments into a checklist and reads the result: a comment that is not read again as it was written, or that
 * changes another line, is not written at all.
 */
export function writeBindings(
  text: string,
  items: readonly ParsedItem[],
  bindings: ReadonlyMap<number, Binding>,
): Written {
  const wanted = new Map(bindings);
  const refused: number[] = [];
  for (let attempt = 0; attempt < MOST_ATTEMPTS && wanted.size > 0; attempt++) {
    const written = bindLines(text, wanted);
    const spoilt = spoiltLines(items, parseChecklist(written).items, wanted);
    if (spoilt.length === 0) return { text: written, refused };
    for (const line of spoilt) if (wanted.delete(line)) refused.push(line);
    if (!spoilt.some((line) => refused.includes(line))) break;
  }
  return { text, refused: [...refused, ...wanted.keys()].sort((a, b) => a - b) };
}

/** Lines whose comment is not read as it was written; of lines that changed without one, the nearest that has one. */
function spoiltLines(
  before: readonly ParsedItem[],
  after: readonly ParsedItem[],
  bindings: ReadonlyMap<number, Binding>,
): number[] {
  const now = new Map(after.map((item) => [item.line, item]));
  const spoilt = new Set<number>();
  let latest: number | undefined;
  for (const item of before) {
    const wanted = bindings.get(item.line);
    if (wanted) latest = item.line;
    const found = now.get(item.line);
    const isSame =
      found !== undefined &&
      found.id === item.id &&
      found.text === item.text &&
      found.claimed === item.claimed &&
      found.phase === item.phase &&
      formatted(found.binding) === formatted(wanted ?? item.binding);
    if (!isSame && latest !== undefined) spoilt.add(latest);
  }
  if (after.length !== before.length && spoilt.size === 0)
    for (const line of bindings.keys()) spoilt.add(line);
  return [...spoilt];
}

function formatted(binding: Binding | undefined): string {
  return binding ? formatBinding(binding) : "";
}

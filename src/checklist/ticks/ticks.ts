import type { Binding } from "../binding.ts";
import { formatBinding } from "../format-binding.ts";
import { type ParsedItem, parseChecklist } from "../markdown/parse.ts";
import { joinLines, splitLines } from "../markdown/text-lines.ts";
import { withTick } from "./box.ts";
import { type TickMark, withTickMark } from "./mark.ts";

/** What a line's box shall say: earned and by what, or not earned. */
export type Tick = { readonly earned: true; readonly mark: TickMark } | { readonly earned: false };

export interface TickedText {
  readonly text: string;
  /** Lines whose box or mark is another now. */
  readonly changed: readonly number[];
  /** Lines that should change and cannot: no box, or a box that could not be written without changing more. */
  readonly refused: readonly number[];
}

const MOST_ATTEMPTS = 8;

/**
 * Ticks and un-ticks boxes of a checklist, by line. Everything else stays byte for byte, and doing it twice changes
 * nothing: the result is read again, and a line that would be read otherwise than it was meant is left as it was.
 * `secrets` are those without which the items were read.
 */
export function writeTicks(
  text: string,
  items: readonly ParsedItem[],
  ticks: ReadonlyMap<number, Tick>,
  secrets: readonly string[] = [],
): TickedText {
  const wanted = new Map(ticks);
  const refused = new Set<number>();
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const written = applied(text, items, wanted);
    for (const line of written.without) refused.add(line);
    const after = parseChecklist(written.text, { secrets }).items;
    const spoilt = spoiltLines(items, { after, wanted, written });
    if (spoilt.length === 0) {
      return { text: written.text, changed: written.changed, refused: [...refused].sort((a, b) => a - b) };
    }
    for (const line of spoilt) {
      wanted.delete(line);
      refused.add(line);
    }
  }
  return { text, changed: [], refused: [...wanted.keys(), ...refused].sort((a, b) => a - b) };
}

interface Applied {
  readonly text: string;
  readonly changed: readonly number[];
  readonly without: readonly number[];
}

function applied(text: string, items: readonly ParsedItem[], ticks: ReadonlyMap<number, Tick>): Applied {
  const lines = splitLines(text);
  const changed: number[] = [];
  const without: number[] = [];
  for (const item of items) {
    const tick = ticks.get(item.line);
    const line = lines[item.line - 1];
    if (!tick || !line) continue;
    const boxed = item.claimed === tick.earned ? line.text : withTick(line.text, tick.earned, item);
    const isTicked = tick.earned && item.writtenAs !== "bullet";
    const marked = boxed === undefined ? undefined : withTickMark(boxed, isTicked ? tick.mark : undefined);
    if (marked === undefined) {
      without.push(item.line);
      continue;
    }
    if (marked === line.text) continue;
    lines[item.line - 1] = { ...line, text: marked };
    changed.push(item.line);
  }
  return { text: changed.length === 0 ? text : joinLines(lines), changed, without };
}

/** Lines that are not read as meant; of lines that changed though nobody meant it, the nearest written one above. */
function spoiltLines(
  before: readonly ParsedItem[],
  now: {
    after: readonly ParsedItem[];
    wanted: ReadonlyMap<number, Tick>;
    written: Applied;
  },
): number[] {
  const found = new Map(now.after.map((item) => [item.line, item]));
  const changed = new Set(now.written.changed);
  const spoilt = new Set<number>();
  let latest: number | undefined;
  for (const item of before) {
    if (changed.has(item.line)) latest = item.line;
    const tick = changed.has(item.line) ? now.wanted.get(item.line) : undefined;
    if (!isMeant(item, found.get(item.line), tick) && latest !== undefined) spoilt.add(latest);
  }
  if (now.after.length !== before.length && spoilt.size === 0) return [...changed];
  return [...spoilt];
}

function isMeant(before: ParsedItem, after: ParsedItem | undefined, tick: Tick | undefined): boolean {
  return (
    after !== undefined &&
    after.id === before.id &&
    after.text === before.text &&
    after.phase === before.phase &&
    after.writtenAs === before.writtenAs &&
    formatted(after.binding) === formatted(before.binding) &&
    after.claimed === (tick?.earned ?? before.claimed)
  );
}

function formatted(binding: Binding | undefined): string {
  return binding ? formatBinding(binding) : "";
}

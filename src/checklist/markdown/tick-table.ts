import type { Table } from "./blocks.ts";
import type { Cell } from "./line-shapes.ts";
import { plainText } from "./plain-text.ts";

/** A row of a table that says whether something is done. */
export interface TickRow {
  readonly line: number;
  /** Raw Markdown of the cell that says what. */
  readonly text: string;
  readonly ticked: boolean;
  /** Which cell of the row holds the tick, from 0. */
  readonly column: number;
  /** The other cells: "Owner: Ada". */
  readonly details: readonly string[];
}

const MARK = /^(?:\[[ \t]*[xX✓✔]?[ \t]*\]|[☐☑☒⬜🔲□✅✔✓✗✘❌✖❎⏳🔄🚧]\uFE0F?)$/u;
const TICKED_MARK = /^(?:\[[ \t]*[xX✓✔][ \t]*\]|[☑✅✔✓]\uFE0F?)$/u;
const WORD =
  /^(open|todo|to do|pending|not started|in[ _-]?progress|blocked|done|complete|completed|finished|ok|passed|yes|no|n\/a|offen|erledigt|fertig|in arbeit|ja|nein|hecho|pendiente|fait|à faire|en cours|oui|non|klar|pågår|完成|已完成|未完成|进行中|待办)$/iu;
const TICKED_WORD =
  /^(done|complete|completed|finished|ok|passed|yes|erledigt|fertig|ja|hecho|fait|oui|klar|完成|已完成)$/iu;
const TICK_HEADER =
  /^(status|state|done\??|complete[d]?\??|check(ed)?|tick|✓|✔|✅|☑️?|ok\??|stand|erledigt|fertig|estado|hecho|statut|état|fait|klar|状态|完成)$/iu;
const WHAT_HEADER =
  /\b(task|item|check|requirement|action|step|what|description|activity|control|aufgabe|prüfpunkt|punkt|maßnahme|tarea|elemento|tâche|élément|uppgift|要求)\b|任务|检查项|项目/iu;

/** Rows of a table in which one column holds ticks; undefined for a table about something else. */
export function tickRows(table: Table): TickRow[] | undefined {
  const columns = table.header.map((header, index) => ({
    header: plainText(header),
    cells: table.rows.map(({ cells }) => plainText(cells[index]?.text ?? "")),
  }));
  const tick = columns.findIndex(({ header, cells }) => isTickColumn(header, cells));
  if (tick === -1) return undefined;
  const what = whatColumn(columns, tick);
  if (what === -1) return undefined;
  return table.rows
    .filter(({ cells }) => (cells[what]?.text ?? "") !== "")
    .map(({ cells, line }) => ({
      line,
      text: cells[what]?.text ?? "",
      ticked: isTicked(plainText(cells[tick]?.text ?? "")),
      column: tick,
      details: detailsOf(cells, { skip: [what, tick], headers: columns.map(({ header }) => header) }),
    }));
}

function isTickColumn(header: string, cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== "");
  if (filled.length === 0) return false;
  if (filled.every((cell) => MARK.test(cell))) return true;
  return TICK_HEADER.test(header.trim()) && filled.every((cell) => MARK.test(cell) || WORD.test(cell));
}

function isTicked(cell: string): boolean {
  return TICKED_MARK.test(cell) || TICKED_WORD.test(cell);
}

/** The column named like a task, else the first whose cells are words and no running numbers ("REL-01"). */
function whatColumn(
  columns: readonly { readonly header: string; readonly cells: readonly string[] }[],
  tick: number,
): number {
  const named = columns.findIndex(({ header }, index) => index !== tick && WHAT_HEADER.test(header));
  if (named !== -1) return named;
  return columns.findIndex(({ cells }, index) => {
    const filled = cells.filter((cell) => cell !== "");
    return index !== tick && filled.length > 0 && !filled.every(isRunningNumber);
  });
}

/** "3", "2.1", "REL-01". */
export function isRunningNumber(cell: string): boolean {
  return /^#?[A-Z]{0,6}-?\d+(\.\d+)*\.?$/.test(cell);
}

function detailsOf(
  cells: readonly Cell[],
  { skip, headers }: { skip: readonly number[]; headers: readonly string[] },
): string[] {
  return cells.flatMap(({ text }, index) =>
    skip.includes(index) || text === "" ? [] : [`${headers[index] ?? ""}: ${plainText(text)}`],
  );
}

import type { Table } from "./blocks.ts";
import type { Cell } from "./line-shapes.ts";
import { plainText } from "./plain-text.ts";
import { saysNotApplicable } from "./set-aside.ts";
import { tickSaidBy } from "./tick-words.ts";

/** A row of a table that says whether something is done. */
export interface TickRow {
  readonly line: number;
  /** Raw Markdown of the cell that says what. */
  readonly text: string;
  readonly ticked: boolean;
  /** In place of a tick it says "N/A". */
  readonly doesNotApply?: true;
  /** Which cell of the row holds the tick, from 0. */
  readonly column: number;
  /** How much of it there has to be, where a column says so: "< 800 ms". */
  readonly measure?: string;
  /** The other cells: "Owner: Ada". */
  readonly details: readonly string[];
}

const MARK = /^(?:\[[ \t]*[xX✓✔]?[ \t]*\]|[☐☑☒⬜🔲□✅✔✓✗✘❌✖❎⏳🔄🚧]\uFE0F?)$/u;
const TICKED_BOX = /^\[[ \t]*[xX✓✔][ \t]*\]$/;
/** "Done?", "Complete (Y/N)" */
const QUESTION = /(?:\s*(?:\?|\((?:y\/n|yes\/no|j\/n|ja\/nein|s\/n|o\/n)\)))+$/iu;
const DONE_HEADER =
  /^(done|completed?|check(ed)?|tick(ed)?|✓|✔|✅|☑️?|ok|verified|erledigt|fertig|hecho|listo|fait|terminé|feito|concluído|fatto|klaar|gereed|klar|gotowe|готово|сделано|tamam|完成|完了|완료)$/iu;
const STATE_HEADER =
  /^(status|state|ready|result|go ?\/ ?no-?go|pass(?:ed)? ?\/ ?fail(?:ed)?|y ?\/ ?n|stand|estado|statut|état|stato|situação|статус|durum|状态|状態|ステータス|상태)$/iu;
/** Of a table that reports how far whole areas are. */
const REPORT_HEADER = /^(?:scores?|weight|progress|completion|fortschritt|avance|avancement)$/iu;
const WHAT_HEADER =
  /\b(task|item|check|requirement|action|step|what|description|activity|control|aufgabe|prüfpunkt|punkt|maßnahme|tarea|elemento|tâche|élément|uppgift|要求)\b|任务|检查项|项目/iu;

/** What a column is called that says how much of something there has to be, or when somebody acts. */
export const MEASURE_HEADER =
  /\b(?:targets?|thresholds?|goals?|objectives?|limits?|slos?|slas?|when|zielwerte?|ziele?|schwell(?:e|enwerte?)|grenzwerte?|cibles?|seuils?|objectifs?|objetivos?|umbral(?:es)?|obiettiv[oi]|sogli[ae]|limiar|doel(?:en)?|drempel|mål)\b|(?<!\p{L})meta(?!\p{L})|цел[ьи]|порог|目标|目標|基準|标准|阈值|閾値|しきい値|기준|목표|임계/iu;

/** Rows of a table in which one column holds ticks; undefined for a table about something else. */
export function tickRows(table: Table): TickRow[] | undefined {
  const columns = table.header.map((header, index) => ({
    header: plainText(header).trim(),
    cells: table.rows.map(({ cells }) => plainText(cells[index]?.text ?? "")),
  }));
  if (columns.some(({ header }) => REPORT_HEADER.test(header))) return undefined;
  const tick = columns.findIndex(({ header, cells }) => isTickColumn(header, cells));
  if (tick === -1) return undefined;
  const what = whatColumn(columns, tick);
  if (what === -1) return undefined;
  const measure = columns.findIndex(
    ({ header }, index) => index !== tick && index !== what && MEASURE_HEADER.test(header),
  );
  return table.rows
    .filter(({ cells }) => (cells[what]?.text ?? "") !== "")
    .map(({ cells, line }) => ({
      line,
      ...(cells[measure]?.text && { measure: plainText(cells[measure].text) }),
      text: cells[what]?.text ?? "",
      ticked: isTicked(plainText(cells[tick]?.text ?? "")),
      ...(saysNotApplicable(plainText(cells[tick]?.text ?? "")) && { doesNotApply: true as const }),
      column: tick,
      details: detailsOf(cells, { skip: [what, tick], headers: columns.map(({ header }) => header) }),
    }));
}

/** A column "Done" that nobody has written in yet is one; of states, a few may be words of their own ("waiting for Ada"). */
function isTickColumn(header: string, cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== "");
  const name = header.replace(QUESTION, "");
  if (filled.length === 0) return cells.length > 0 && DONE_HEADER.test(name);
  if (filled.every((cell) => MARK.test(cell))) return true;
  if (!DONE_HEADER.test(name) && !STATE_HEADER.test(name)) return false;
  return filled.filter(isState).length > filled.length / 2;
}

function isState(cell: string): boolean {
  return MARK.test(cell) || tickSaidBy(cell) !== undefined || saysNotApplicable(cell);
}

function isTicked(cell: string): boolean {
  return TICKED_BOX.test(cell) || tickSaidBy(cell) === true;
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

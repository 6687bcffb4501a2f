import type { Table } from "./blocks.ts";
import { withoutComments } from "./html-comments.ts";
import { plainText } from "./plain-text.ts";
import { isRunningNumber, MEASURE_HEADER, type TickRow } from "./tick-table.ts";

/** And one that says what happens, without a column for how much. */
const EVENT_HEADER =
  /\b(?:triggers?|conditions?|criteri(?:a|on|um|en|os?)|crit[èe]res?|symptoms?|signals?|alerts?|alarms?|auslöser|bedingung(?:en)?|déclencheurs?|condici(?:ón|ones)|condizion[ei])\b|触发|条件|트리거|조건|триггер|услови/iu;

/**
 * Rows of a table that says what is measured and how much of it there has to be ("| Uptime | 99.9 % |"), or what must
 * not happen; undefined for a table about something else. They have no box: nothing ticks them.
 */
export function measureRows({
  header,
  rows,
}: Table): Omit<TickRow, "ticked" | "column" | "measure">[] | undefined {
  const headers = header.map(plainText);
  const cellOf = (row: Table["rows"][number], at: number): string =>
    withoutComments(row.cells[at]?.text ?? "").trim();
  const measure = headers.findIndex((words) => MEASURE_HEADER.test(words));
  const what = headers.findIndex(
    (_, at) => at !== measure && !rows.every((row) => isRunningNumber(plainText(cellOf(row, at)))),
  );
  const event = headers.findIndex((words) => EVENT_HEADER.test(words));
  if (what === -1 || (measure === -1 && event === -1)) return undefined;
  const told = measure === -1 ? [event] : [what, measure];
  return rows.flatMap((row) => {
    const texts = told.map((at) => cellOf(row, at));
    if (texts.some((text) => !/[\p{L}\d]/u.test(plainText(text)))) return [];
    const details = row.cells.flatMap(({ text }, at) =>
      told.includes(at) || text === "" ? [] : [`${headers[at] ?? ""}: ${plainText(text)}`],
    );
    return [{ line: row.line, text: texts.join(": "), details }];
  });
}

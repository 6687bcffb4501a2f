import { refersTo } from "../identifiers.ts";
import type { Table } from "../table/facts.ts";
import type { PendingSql } from "./facts.ts";
import { type Hazard, hazardsOf } from "./rules.ts";
import { type Statement, splitStatements } from "./statements.ts";

export interface Finding extends Hazard {
  /** "0004_index.sql:3" */
  readonly where: string;
  /** The server's estimate. */
  readonly rows: number;
}

/** A table whose statistics were never gathered is taken for large from here on. */
const LARGE_BYTES = 1_048_576;

/**
 * Hazards of pending migrations for the tables as they are: what concerns a table that does not exist yet, or is
 * small, is none. "-- squawk-ignore rule" before a statement accepts it.
 */
export function review(
  pending: readonly PendingSql[],
  tables: readonly Table[],
  limits: { readonly smallTableRows: number; readonly firstSchema: string },
): Finding[] {
  return pending.flatMap(({ name, text }) =>
    splitStatements(text ?? "").flatMap((statement, index, all) => {
      const where = `${name}:${statement.line}`;
      const found = hazardsOf(statement.text).flatMap((hazard): Finding[] => {
        const table = tables.find((each) => refersTo(hazard.table, each, limits.firstSchema));
        if (!table || accepts(statement, hazard.rule)) return [];
        return matters(hazard, table, limits.smallTableRows)
          ? [{ ...hazard, where, rows: rowsOf(table) }]
          : [];
      });
      return [...found, ...inTransaction(statement, all.slice(0, index), where)];
    }),
  );
}

function matters(hazard: Hazard, table: Table, smallTableRows: number): boolean {
  if (hazard.kind === "breaks") return true;
  if (hazard.kind === "fails") return rowsOf(table) > 0;
  if (table.rows < 0 && table.liveRows === 0) return table.bytes > LARGE_BYTES;
  return rowsOf(table) > smallTableRows;
}

function rowsOf(table: Table): number {
  return Math.max(table.rows, table.liveRows, 0);
}

function accepts({ comments }: Statement, rule: string): boolean {
  return [...comments.matchAll(/squawk-ignore\b([^\n]*)/g)].some(
    ([, rules = ""]) => rules.trim() === "" || rules.split(/[\s,]+/).includes(rule),
  );
}

function inTransaction(statement: Statement, before: readonly Statement[], where: string): Finding[] {
  const match = /^(?:create (?:unique )?|drop |re)index .*?\bconcurrently\b/i.exec(statement.text);
  const opened = before.filter(({ text }) => /^(?:begin|start transaction)\b/i.test(text)).length;
  const closed = before.filter(({ text }) => /^(?:commit|rollback|end)\b/i.test(text)).length;
  if (!match || opened <= closed) return [];
  return [
    {
      rule: "ban-concurrent-index-creation-in-transaction",
      table: "",
      kind: "fails",
      why: "PostgreSQL refuses concurrently inside a transaction",
      safer: "put it into a migration without begin and commit",
      where,
      rows: 0,
    },
  ];
}

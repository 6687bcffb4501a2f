import { tableName } from "../identifiers.ts";
import type { Index } from "../index/facts.ts";
import type { Table } from "../table/facts.ts";
import type { Hazard, Relation } from "./hazard.ts";
import type { ReadStatement, WriteSql } from "./read-sql.ts";
import { hazardsOf } from "./rules.ts";

/** A migration that the database has not seen, with its statements; undefined when it is a program. */
export interface PendingSql {
  readonly name: string;
  readonly statements: readonly ReadStatement[] | undefined;
}

export interface PlacedHazard extends Omit<Hazard, "on"> {
  /** "0004_index.sql:3" */
  readonly where: string;
  /** As people write it. */
  readonly table: string;
  /** The server's estimate. */
  readonly rows: number;
}

/** What there is, and from when on a table is large. */
export interface Ground {
  readonly tables: readonly Table[];
  readonly indexes: readonly Index[];
  readonly smallTableRows: number;
  readonly firstSchema: string;
  readonly write: WriteSql;
}

/** A table whose statistics were never gathered is taken for large from here on. */
const LARGE_BYTES = 1_048_576;

/**
 * Hazards of pending migrations for the tables as they are: what concerns a table that does not exist yet, or is
 * small, is none. "-- squawk-ignore rule" before a statement accepts it.
 */
export function review(pending: readonly PendingSql[], ground: Ground): PlacedHazard[] {
  return pending.flatMap(({ name, statements = [] }) =>
    statements.flatMap((statement, index) => {
      const where = `${name}:${statement.line}`;
      const found = statement.node ? hazardsOf(statement.node, ground.write) : [];
      return [
        ...found.flatMap((hazard) =>
          accepts(statement, hazard.rule) ? [] : onTables(hazard, where, ground),
        ),
        ...inTransaction(statement, statements.slice(0, index), where),
      ];
    }),
  );
}

/** The largest of the tables it concerns, if that one matters. */
function onTables({ on, ...hazard }: Hazard, where: string, ground: Ground): PlacedHazard[] {
  const tables = on
    .flatMap((target) => tableOf(target, ground) ?? [])
    .filter((table) => matters(hazard.kind, table, ground.smallTableRows))
    .toSorted((a, b) => rowsOf(b) - rowsOf(a));
  const [table] = tables;
  return table ? [{ ...hazard, where, table: tableName(table), rows: rowsOf(table) }] : [];
}

function tableOf(target: Relation, { tables, indexes, firstSchema }: Ground): Table | undefined {
  const isHere = (schema: string) =>
    target.schema === undefined ? schema === firstSchema || schema === "public" : schema === target.schema;
  if (target.is === "table")
    return tables.find(({ schema, table }) => table === target.name && isHere(schema));
  const index = indexes.find((each) => each.index === target.name && isHere(each.schema));
  return index && tables.find(({ schema, table }) => table === index.table && schema === index.schema);
}

function matters(kind: Hazard["kind"], table: Table, smallTableRows: number): boolean {
  if (kind === "breaks") return true;
  if (kind === "fails") return rowsOf(table) > 0;
  if (table.rows < 0 && table.liveRows === 0) return table.bytes > LARGE_BYTES;
  return rowsOf(table) > smallTableRows;
}

function rowsOf(table: Table): number {
  return Math.max(table.rows, table.liveRows, 0);
}

function accepts({ comments }: ReadStatement, rule: string): boolean {
  return [...comments.matchAll(/squawk-ignore\b([^\n]*)/g)].some(
    ([, rules = ""]) => rules.trim() === "" || rules.split(/[\s,]+/).includes(rule),
  );
}

function inTransaction(
  { node }: ReadStatement,
  before: readonly ReadStatement[],
  where: string,
): PlacedHazard[] {
  if (!node || !isConcurrent(node)) return [];
  const kinds = before.flatMap((each) =>
    each.node && "TransactionStmt" in each.node ? [each.node.TransactionStmt.kind] : [],
  );
  const opened = kinds.filter((kind) => kind === "TRANS_STMT_BEGIN" || kind === "TRANS_STMT_START").length;
  const closed = kinds.filter(
    (kind) => kind === "TRANS_STMT_COMMIT" || kind === "TRANS_STMT_ROLLBACK",
  ).length;
  if (opened <= closed) return [];
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

function isConcurrent(node: NonNullable<ReadStatement["node"]>): boolean {
  if ("IndexStmt" in node) return node.IndexStmt.concurrent === true;
  if ("DropStmt" in node) return node.DropStmt.concurrent === true;
  return (
    "ReindexStmt" in node &&
    (node.ReindexStmt.params ?? []).some(
      (each) => "DefElem" in each && each.DefElem.defname === "concurrently",
    )
  );
}

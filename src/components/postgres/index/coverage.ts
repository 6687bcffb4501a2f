import type { ForeignKey, Index } from "./facts.ts";

/**
 * Whether an index finds the child rows of a parent row: its first columns are the key's, in any order. A partial
 * one counts only when all it leaves out is null, because a null refers to nothing.
 */
export function covers(index: Index, key: ForeignKey): boolean {
  if (index.schema !== key.schema || index.table !== key.table) return false;
  if (
    !index.isValid ||
    !(index.method === "btree" || (index.method === "hash" && key.columns.length === 1))
  ) {
    return false;
  }
  const first = index.columns.slice(0, key.columns.length);
  return (
    key.columns.every((column) => first.includes(column)) && leavesOutOnlyNulls(index.predicate, key.columns)
  );
}

function leavesOutOnlyNulls(predicate: string | null, columns: readonly string[]): boolean {
  if (predicate === null) return true;
  const match = /^\(("(?:[^"]|"")+"|\w+) IS NOT NULL\)$/.exec(predicate);
  const column = match?.[1]?.replace(/^"(.*)"$/, "$1").replaceAll('""', '"');
  return column !== undefined && columns.includes(column);
}

import { isNamed, quoteIdentifier, quoteLiteral } from "../identifiers.ts";
import { keepsMigrations } from "../migration/runners.ts";
import type { PostgresOptions } from "../options.ts";
import type { Table } from "../table/facts.ts";

type Rls = NonNullable<PostgresOptions["rls"]>;

/** Tables the declaration wants protected, and names in it that no table has. */
export function declaredTables(
  all: readonly Table[],
  rls: Rls,
  schemas: readonly string[],
): { readonly protects: readonly Table[]; readonly missing: readonly string[] } {
  const first = schemas[0] ?? "public";
  const named = (names: readonly string[]) =>
    all.filter((table) => names.some((name) => isNamed(name, table, first)));
  const missing = (names: readonly string[]) =>
    names.filter((name) => !all.some((table) => isNamed(name, table, first)));
  if (rls.tables !== "all") return { protects: named(rls.tables), missing: missing(rls.tables) };
  const excepted = new Set(named(rls.except));
  const protects = all.filter(
    (table) => !table.isPartition && !excepted.has(table) && !keepsMigrations(table),
  );
  return { protects, missing: missing(rls.except) };
}

/** "user_id::text = (select current_setting('app.user_id'))", in the declaration's own words where it has them. */
export function ownerCondition(
  { rls, schemas }: PostgresOptions,
  table: { schema: string; table: string },
): string {
  const first = schemas[0] ?? "public";
  const proof = rls?.proof.find((each) => isNamed(each.table, table, first)) ?? rls?.proof[0];
  const setting = Object.keys(proof?.users[0].settings ?? {})[0] ?? "app.user_id";
  return `${quoteIdentifier(proof?.owner ?? "user_id")}::text = (select current_setting(${quoteLiteral(setting)}))`;
}

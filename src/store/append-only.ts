/** The two databases a store can be in: they differ in little more than triggers. */
export type StoreKind = "sqlite" | "postgres";

/** Statements after which rows of the table can be added and never changed or removed. */
export function appendOnly(table: string, kind: StoreKind): string[] {
  if (kind === "sqlite") {
    return ["update", "delete"].map(
      (verb) =>
        `create trigger ${table}_no_${verb} before ${verb} on ${table} ` +
        `begin select raise(abort, '${table} is append-only'); end`,
    );
  }
  return [
    `create or replace function refuse_change() returns trigger language plpgsql as
      $$ begin raise exception '% is append-only', tg_table_name; end $$`,
    ...["update", "delete", "truncate"].map(
      (verb) =>
        `create trigger ${table}_no_${verb} before ${verb} on ${table} ` +
        "for each statement execute function refuse_change()",
    ),
  ];
}

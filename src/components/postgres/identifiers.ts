/** An SQL identifier that stays the same whatever it contains. */
export function quoteIdentifier(name: string): string {
  return isPlain(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes("\\") ? `E${quoted.replaceAll("\\", "\\\\")}` : quoted;
}

/** "account.email" or "billing.account.email", as declared, in SQL: its table and its column. */
export function columnOf(declared: string): { readonly table: string; readonly column: string } {
  const parts = declared.split(".").map(quoteIdentifier);
  return { table: parts.slice(0, -1).join("."), column: parts.at(-1) ?? "" };
}

/** How a table is written in SQL and shown to people: without "public.", with every other schema. */
export function tableName(table: { readonly schema: string; readonly table: string }): string {
  return table.schema === "public"
    ? quoteIdentifier(table.table)
    : `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.table)}`;
}

/** Whether a name from the declaration ("wallet", "billing.wallet", "Odd Name") means this table. */
export function isNamed(
  declared: string,
  table: { readonly schema: string; readonly table: string },
  firstSchema: string,
): boolean {
  return (
    declared === `${table.schema}.${table.table}` ||
    declared === tableName(table) ||
    (table.schema === firstSchema && (declared === table.table || declared === quoteIdentifier(table.table)))
  );
}

/** Whether a name in SQL text means this table: what is not quoted there is lower case. */
export function refersTo(
  written: string,
  table: { readonly schema: string; readonly table: string },
  firstSchema: string,
): boolean {
  const parts = [...written.matchAll(/"((?:[^"]|"")*)"|[^\s."]+/g)].map(([whole, quoted]) =>
    quoted === undefined ? whole.toLowerCase() : quoted.replaceAll('""', '"'),
  );
  const [first, second] = parts;
  if (second !== undefined) return first === table.schema && second === table.table;
  return first === table.table && (table.schema === firstSchema || table.schema === "public");
}

/** Words that PostgreSQL reserves fully or for types and functions (appendix C of its manual), lower case. */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
  column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze
  from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
  localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
  returning right select session_user similar some symmetric system_user table tablesample then to trailing true union
  unique user using variadic verbose when where window with`.split(/\s+/),
);

function isPlain(name: string): boolean {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name);
}

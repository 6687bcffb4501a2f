import { quoteIdentifier, quoteLiteral } from "./identifiers.ts";

/** Settings whose value is a list of names: quoted as a whole it would be one name (Postgres' GUC_LIST_QUOTE). */
const LISTS = new Set([
  "local_preload_libraries",
  "search_path",
  "session_preload_libraries",
  "shared_preload_libraries",
  "temp_tablespaces",
  "unix_socket_directories",
]);

/**
 * The end of an "alter database ..." or "alter role ..." that sets again what `pg_db_role_setting` keeps: from
 * `search_path=app, "Public"` comes `set "search_path" to 'app', 'Public'`.
 */
export function setAgain(kept: string): string {
  const at = kept.indexOf("=");
  const [name, value] = [kept.slice(0, at), kept.slice(at + 1)];
  const values = LISTS.has(name) ? namesIn(value) : [value];
  return `set ${quoteIdentifier(name)} to ${values.map(quoteLiteral).join(", ")}`;
}

/** `app, "Public"`; an empty list is kept as `""`. */
function namesIn(list: string): string[] {
  const names = [...list.matchAll(/"((?:[^"]|"")*)"|[^",\s]+/g)].map(([whole, quoted]) =>
    quoted === undefined ? whole : quoted.replaceAll('""', '"'),
  );
  return names.length === 0 ? [""] : names;
}

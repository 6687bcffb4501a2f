import { messageOf } from "../../model/errors.ts";

/** The five characters PostgreSQL names an error with (manual, appendix A); undefined when it was not the server's. */
export function sqlStateOf(thrown: unknown): string | undefined {
  return /\[SQLSTATE ([0-9A-Z]{5})\]/.exec(messageOf(thrown))?.[1];
}

/** insufficient_privilege */
export function isDenied(thrown: unknown): boolean {
  return sqlStateOf(thrown) === "42501";
}

/** undefined_table, undefined_object, invalid_schema_name */
export function isMissing(thrown: unknown): boolean {
  return ["42P01", "42704", "3F000"].includes(sqlStateOf(thrown) ?? "");
}

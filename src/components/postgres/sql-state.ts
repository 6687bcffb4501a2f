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

/** What went wrong, without what a row holds: data exceptions (class 22) quote the value they stumbled over. */
export function withoutValues(thrown: unknown): string {
  const message = messageOf(thrown);
  return sqlStateOf(thrown)?.startsWith("22") ? message.replace(/".*"/s, "a value") : message;
}

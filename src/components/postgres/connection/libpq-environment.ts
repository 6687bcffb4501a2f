import type { Secret } from "../../../model/secret.ts";

const PARAMETERS: Readonly<Record<string, string>> = {
  host: "PGHOST",
  port: "PGPORT",
  user: "PGUSER",
  password: "PGPASSWORD",
  dbname: "PGDATABASE",
  sslmode: "PGSSLMODE",
  sslrootcert: "PGSSLROOTCERT",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
  channel_binding: "PGCHANNELBINDING",
  target_session_attrs: "PGTARGETSESSIONATTRS",
};

/**
 * A connection address as the variables PostgreSQL's own programs read, so that no password stands in an argument
 * (manual, "Environment Variables" of libpq). `options` is left out: time-outs of the application are not a dump's.
 */
export function libpqEnvironment(url: Secret): Record<string, string> {
  const parsed = new URL(url.reveal());
  const given: [string, string][] = [
    ["host", parsed.hostname.replace(/^\[|\]$/g, "")],
    ["port", parsed.port],
    ["user", parsed.username],
    ["password", parsed.password],
    ["dbname", parsed.pathname.slice(1)],
  ];
  const named = given.map(([name, value]): [string, string] => [name, decodeURIComponent(value)]);
  const environment: Record<string, string> = {};
  for (const [name, value] of [...named, ...parsed.searchParams]) {
    const variable = PARAMETERS[name];
    if (variable !== undefined && value !== "") environment[variable] = value;
  }
  return environment;
}

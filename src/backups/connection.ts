import { join } from "node:path";
import { migrationVariableOf, type PostgresOptions } from "../components/postgres/options.ts";
import { accountsFor } from "../components/postgres/server/accounts.ts";
import type { Component } from "../model/launch.ts";
import type { BackupScene } from "./scene.ts";
import { databaseAddress } from "./sources.ts";

/** How a person reaches a database on the live one's server, as the role that owns it. Never holds the password. */
export interface Connection {
  /** "postgres://shop_owner@127.0.0.1:5433/shop_b20261121t073000z_4f2a" */
  readonly address: string;
  /** Where the password lies: a key of a JSON file, or the address in a variable. */
  readonly password: { readonly file: string; readonly key: string } | { readonly variable: string };
}

/** What of an address a client needs besides who and where; others may be secrets (`sslpassword`). */
const KEPT: readonly string[] = ["sslmode", "sslrootcert", "options", "channel_binding"];

export async function connectionTo(
  { variables, directory, launch, doors }: BackupScene,
  component: Component,
  database: string,
): Promise<Connection> {
  const url = new URL(databaseAddress(component, variables).reveal());
  const user = decodeURIComponent(url.username);
  url.password = "";
  url.pathname = `/${encodeURIComponent(database)}`;
  for (const name of [...url.searchParams.keys()]) if (!KEPT.includes(name)) url.searchParams.delete(name);
  const address = url.toString();
  const own = join(directory, component.name);
  const file = join(own, "passwords.json");
  const declared = component.options as PostgresOptions;
  if (url.hostname === "127.0.0.1" && (await doors.files.stat(file))) {
    const { owner, application } = await accountsFor({
      launch: launch.name,
      declared,
      directory: own,
      data: undefined,
      doors,
    });
    if (user === owner.role) return { address, password: { file, key: "owner" } };
    if (user === application.role) return { address, password: { file, key: "application" } };
  }
  const migration = migrationVariableOf(declared);
  return { address, password: { variable: variables.has(migration) ? migration : declared.variable } };
}

/** A line for a shell that opens the database; it asks for the password unless a file has it. */
export function psqlLine({ address, password }: Connection): string {
  const line = `psql ${quoted(address)}`;
  if ("variable" in password) return line;
  const read = `require(${JSON.stringify(password.file)}).${password.key}`;
  return `PGPASSWORD="$(node -p ${quoted(read)})" ${line}`;
}

function quoted(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

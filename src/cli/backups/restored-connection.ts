import { connectionTo, psqlLine } from "../../backups/connection.ts";
import type { BackupScene } from "../../backups/scene.ts";
import type { RestoreRecord } from "./records.ts";

/** What is told of how to reach a database on the live one's server; undefined when its component is no longer declared. */
export async function connectionOf(
  backups: BackupScene,
  { component, database }: { readonly component: string; readonly database: string },
): Promise<RestoreRecord["connection"]> {
  const declared = backups.launch.components.find(({ name }) => name === component);
  if (!declared) return undefined;
  const connection = await connectionTo(backups, declared, database);
  const { address, password } = connection;
  const lies =
    "variable" in password
      ? `the one in the address that ${password.variable} holds`
      : `${password.key} in ${password.file}`;
  return { address, password: lies, psql: psqlLine(connection) };
}

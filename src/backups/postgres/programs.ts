import { dirname, join } from "node:path";
import { libpqEnvironment } from "../../components/postgres/connection/libpq-environment.ts";
import { chooseDump, findPrograms } from "../../components/postgres/server/binaries.ts";
import type { Doors } from "../../model/doors.ts";
import { UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";

/** pg_dump, pg_restore and psql of one version. */
export interface Tools {
  readonly dump: string;
  readonly restore: string;
  readonly psql: string;
  /** "15.18" */
  readonly version: string;
}

/** Those of the server's own version, else of the next newer one. Throws UserError. */
export async function findTools(serverMajor: number, doors: Doors): Promise<Tools> {
  const { file, version } = chooseDump(await findPrograms("pg_dump", doors), serverMajor);
  const beside = async (name: string): Promise<string> => {
    const program = join(dirname(file), name);
    if (await doors.files.stat(program)) return program;
    throw new UserError(`there is a pg_dump in ${dirname(file)} and no ${name}`, { where: program });
  };
  return { dump: file, restore: await beside("pg_restore"), psql: await beside("psql"), version };
}

interface ProgramSession {
  /** What the server calls it. */
  readonly name?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Variables for PostgreSQL's programs: the address, no time-out of the role's, and other settings of their sessions. */
export function programEnvironment(
  url: Secret,
  { name = "gonogo", settings = {} }: ProgramSession = {},
): Record<string, string> {
  const all = {
    statement_timeout: "0",
    lock_timeout: "60000",
    idle_in_transaction_session_timeout: "0",
    ...settings,
  };
  return {
    LC_ALL: "C",
    ...libpqEnvironment(url),
    PGOPTIONS: Object.entries(all)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    PGAPPNAME: name,
  };
}

/** What a program of PostgreSQL ended with, without the password. Behind the error stand the statement and who died of it. */
export function lastWords(stderr: string, url: Secret): string {
  const password = libpqEnvironment(url).PGPASSWORD;
  const all = stderr.trim().split("\n");
  const error = all.findIndex((line) => /\b(?:error|ERROR|FATAL):/.test(line));
  const lines = (error < 0 ? all.slice(-4) : all.slice(error, error + 4)).join(" ");
  return password ? lines.replaceAll(password, "[secret]") : lines;
}

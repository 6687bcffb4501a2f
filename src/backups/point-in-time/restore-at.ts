import { join } from "node:path";
import type { PostgresOptions } from "../../components/postgres/options.ts";
import type { BackupProblem, DatabaseContents } from "../../model/backup.ts";
import type { Place } from "../../model/destination.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { identitiesOf } from "../keys.ts";
import { compareDatabase } from "../postgres/compare.ts";
import { listTables, readAlike, readStructure, readTable, samplingOf } from "../postgres/contents.ts";
import { findTools, lastWords, programEnvironment } from "../postgres/programs.ts";
import type { BackupScene } from "../scene.ts";
import { temporaryDirectory } from "../temporary.ts";
import { recoverServer } from "./recover.ts";
import type { Window } from "./window.ts";

export interface RestoreAtRequest {
  readonly at: number;
  readonly window: Window;
  readonly place: Place;
  /** An empty database, as a role that may make everything in it. */
  readonly url: Secret;
  readonly options: Pick<PostgresOptions, "invariants" | "rls">;
  readonly signal: AbortSignal;
  readonly onBytes?: (storedBytes: number) => void;
}

/**
 * Recovers the whole server as of a time on this machine, and copies the application's database out of it into an
 * empty one. What differs between the two; empty when nothing does.
 */
export async function restoreAt(scene: BackupScene, request: RestoreAtRequest): Promise<BackupProblem[]> {
  const { doors, launch, directory, policy } = scene;
  const { at, window, place, url, signal, onBytes } = request;
  const { database, serverMajor: major } = window.base;
  const identities = await identitiesOf({ ...scene, project: launch.directory });
  await using recovered = await recoverServer({
    at,
    window,
    place,
    identities,
    from: [launch.directory, directory],
    doors,
    signal,
    ...(onBytes && { onBytes }),
  });
  const from = recovered.addressOf(database);
  const { jobs } = policy;
  await expectRoles(from, url, { doors, signal });
  await copyDatabase({ from, to: url, major, jobs, doors, signal });
  const contents = await readContents(from, doors, signal);
  // Invariants are asked of the live data all the time; what they said then is what is being looked for.
  const options = { invariants: {}, rls: request.options.rls };
  return await compareDatabase({
    part: { contents, serverMajor: major },
    url,
    options,
    major,
    jobs,
    doors,
    signal,
  });
}

async function readContents(url: Secret, doors: Doors, signal: AbortSignal): Promise<DatabaseContents> {
  await using session = await doors.sql.open(url, { statementTimeoutMs: 0, signal });
  await session.query("begin transaction read only");
  await readAlike(session);
  const tables: DatabaseContents["tables"][number][] = [];
  for (const table of await listTables(session)) {
    signal.throwIfAborted();
    tables.push(await readTable(session, table, samplingOf(table)));
  }
  return { tables, ...(await readStructure(session)) };
}

/** Of the recovered server's roles; a server elsewhere may lack them. Throws UserError with what makes them. */
async function expectRoles(
  from: Secret,
  to: Secret,
  { doors, signal }: { readonly doors: Doors; readonly signal: AbortSignal },
): Promise<void> {
  const rolesOf = async (url: Secret): Promise<{ name: string; quoted: string }[]> => {
    await using session = await doors.sql.open(url, { signal });
    return await session.query(
      "select rolname::text as name, quote_ident(rolname) as quoted from pg_roles where rolname !~ '^pg_' order by 1",
    );
  };
  const known = new Set((await rolesOf(to)).map(({ name }) => name));
  const missing = (await rolesOf(from)).filter(({ name }) => !known.has(name));
  if (missing.length === 0) return;
  throw new UserError(
    `the server that is restored into has no role ${missing.map(({ name }) => name).join(", ")}, and what is restored may belong to it`,
    { fix: missing.map(({ quoted }) => `create role ${quoted};`).join(" ") },
  );
}

async function copyDatabase(copy: {
  readonly from: Secret;
  readonly to: Secret;
  readonly major: number;
  readonly jobs: number;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { from, to, major, jobs, doors, signal } = copy;
  const tools = await findTools(major, doors);
  const home = await temporaryDirectory("restore", doors);
  const run = async (name: string, file: string, url: Secret, args: readonly string[]): Promise<void> => {
    const result = await doors.shell.run({ file, args, env: programEnvironment(url), signal });
    signal.throwIfAborted();
    if (result.code === 0) return;
    const said = lastWords(result.stderr, url);
    throw new OutsideError(`${name}: ${said}`);
  };
  try {
    const archive = join(home, "dump");
    const dump = [
      "--format=directory",
      "--compress=1",
      `--jobs=${jobs}`,
      "--no-password",
      `--file=${archive}`,
    ];
    await run("pg_dump", tools.dump, from, dump);
    const { PGDATABASE = "" } = programEnvironment(to);
    const quoted = PGDATABASE.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
    const restore = [
      "--exit-on-error",
      "--no-password",
      `--dbname=dbname='${quoted}'`,
      `--jobs=${jobs}`,
      archive,
    ];
    await run("pg_restore", tools.restore, to, restore);
  } finally {
    await doors.files.remove(home);
  }
}

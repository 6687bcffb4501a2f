import { join } from "node:path";
import type { Files } from "../../../model/doors.ts";
import { UserError } from "../../../model/errors.ts";
import { alembicRevisions } from "./alembic.ts";
import { djangoMigrations } from "./django.ts";
import type { MigrationFile } from "./migration-file.ts";
import { type Recognised, recogniseRunners } from "./recognise.ts";
import { USUAL_FOLDERS } from "./runners.ts";

export interface MigrationFolder {
  /** Relative to the project. */
  readonly folder: string;
  readonly files: readonly MigrationFile[];
  /** Whose files they are, where the project tells: "Prisma". */
  readonly runner: string | undefined;
}

/**
 * The declared folder; else that of a runner whose own files are there, else the first of the usual ones that holds a
 * migration. Throws UserError.
 */
export async function readFolder(
  files: Files,
  directory: string,
  declared: string | undefined,
): Promise<MigrationFolder> {
  const recognised = await recogniseRunners(files, directory);
  const places = [
    ...recognised.flatMap(({ runner, folders, order }) =>
      folders.map((folder) => ({ runner, folder, order })),
    ),
    ...USUAL_FOLDERS.map((folder) => ({ runner: undefined, folder, order: undefined })),
  ];
  const given = { runner: recognised[0]?.runner, folder: declared ?? "", order: recognised[0]?.order };
  for (const { runner, folder, order } of declared === undefined ? places : [given]) {
    const found = await inPlace(files, join(directory, folder), order);
    if (found.length > 0) return { folder, files: found, runner };
  }
  const looked = declared ?? USUAL_FOLDERS.join(", ");
  throw new UserError(`no migrations were found in ${looked}`, {
    fix: 'declare postgres({ migrations: "folder" }) with the folder of your migrations',
  });
}

async function inPlace(files: Files, folder: string, order: Recognised["order"]): Promise<MigrationFile[]> {
  if (order === "alembic") return await alembicRevisions(files, folder);
  if (order === "django") return await djangoMigrations(files, folder);
  return await migrationsIn(files, folder);
}

async function migrationsIn(files: Files, folder: string): Promise<MigrationFile[]> {
  const journal = await files.read(join(folder, "meta/_journal.json"));
  if (journal !== undefined) return drizzleJournal(journal, folder);
  const names = await files.list(folder);
  const found = await Promise.all(names.map((name) => migrationOf(files, folder, name)));
  return onlyNumbered(found.filter((each) => each !== undefined));
}

/** Where migrations are numbered, what has no number is something else: grants, seeds, a program's own code. */
function onlyNumbered(found: MigrationFile[]): MigrationFile[] {
  const numbered = found.filter((file) => /^V?\d/.test(file.name));
  return numbered.length > 0 ? numbered : found;
}

async function migrationOf(files: Files, folder: string, name: string): Promise<MigrationFile | undefined> {
  const path = join(folder, name);
  if (/\.sql$/i.test(name)) return isBackwards(name) ? undefined : { name, keys: keysOf(name), sql: path };
  if (/\.(?:[cm]?[jt]s|rb|py)$/.test(name)) {
    return isProgram(name) ? { name, keys: keysOf(name), sql: undefined } : undefined;
  }
  if (name.includes(".")) return undefined;
  for (const file of ["migration.sql", "up.sql"]) {
    if (await files.stat(join(path, file))) return { name, keys: keysOf(name), sql: join(path, file) };
  }
  return undefined;
}

/** Undo scripts, and Flyway's repeatable ones, which have no version. */
function isBackwards(name: string): boolean {
  return /(?:[._-]down|[._-]rollback)\.sql$|^down\.sql$|^U\d|^R__/i.test(name);
}

function isProgram(name: string): boolean {
  return /^[\w.-]*\d/.test(name) && !/\.d\.[cm]?ts$|\.(?:test|spec)\.|^(?:index|__init__)\./.test(name);
}

/** "0001_accounts.up.sql" may be kept as itself, "0001_accounts", "0001" or 1; "V1_2__x.sql" as "1.2". */
function keysOf(name: string): readonly string[] {
  const base = name.replace(/\.[^.]+$/, "");
  const bare = base.replace(/[._-]up$/, "");
  const digits = /^\d+/.exec(bare)?.[0];
  const flyway = /^V(\d+(?:[._]\d+)*)__/.exec(bare)?.[1]?.replaceAll("_", ".");
  const numbers = digits === undefined ? [] : [digits, digits.replace(/^0+(?=\d)/, "")];
  return [...new Set([name, base, bare, ...numbers, ...(flyway === undefined ? [] : [flyway])])];
}

/** Drizzle keeps the order and the times of its migrations in a journal, and the times in the database. */
function drizzleJournal(text: string, folder: string): MigrationFile[] {
  const { entries = [] } = JSON.parse(text) as { entries?: { tag: string; when: number }[] };
  return entries.map(({ tag, when }) => ({
    name: `${tag}.sql`,
    keys: [String(when)],
    sql: join(folder, `${tag}.sql`),
  }));
}

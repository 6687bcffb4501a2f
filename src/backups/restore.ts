import { join } from "node:path";
import type { OpenPostgresPart, PostgresPart } from "../model/backup.ts";
import { UserError } from "../model/errors.ts";
import { quantity } from "../model/quantity.ts";
import type { Secret } from "../model/secret.ts";
import { readDatabaseContents } from "./contents.ts";
import { BackupFault } from "./fault.ts";
import { identitiesOf } from "./keys.ts";
import { olderFormat } from "./manifest.ts";
import { restoreDatabase } from "./postgres/restore.ts";
import type { BackupScene } from "./scene.ts";
import type { StoredBackup } from "./shelf.ts";

export interface RestoreOptions {
  /** An empty database, or one that an interrupted restore of the same backup has begun. */
  readonly url: Secret;
  /** Component whose database it is; needed where the backup holds several. */
  readonly component?: string;
  /** Roles that the server has not are made, without a login: for a server that holds copies only. */
  readonly makesRoles?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly bytes: number; readonly ofBytes: number }) => void;
}

/**
 * Restores the database of a backup into an empty one. Interrupted, the next call with the same backup and database
 * goes on after the last object that was finished. Throws BackupFault naming what is wrong with the backup.
 */
export async function restoreInto(
  scene: BackupScene,
  backup: StoredBackup,
  options: RestoreOptions,
): Promise<OpenPostgresPart> {
  const { doors, policy, launch } = scene;
  const { url, signal, onProgress } = options;
  const sealed = databasePart(backup, options.component);
  const identities = await identitiesOf({ ...scene, project: launch.directory });
  const journal = openRestoreJournal(scene, `${backup.manifest.id} ${keyOf(url)}`);
  const done = new Set(await journal.read());
  await expectEmpty(scene, url, { begun: done.size > 0, signal });
  let bytes = 0;
  const ofBytes = sealed.objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const from = {
    place: backup.place,
    backup: backup.manifest.id,
    identities,
    signal,
    onBytes: (more: number) => {
      bytes += more;
      onProgress?.({ bytes, ofBytes });
    },
  };
  const part = { ...sealed, contents: await readDatabaseContents(sealed, from) };
  await restoreDatabase({
    ...from,
    part,
    url,
    makesRoles: options.makesRoles ?? false,
    jobs: policy.jobs,
    doors,
    done,
    onDone: (step) => journal.add(step),
  });
  await journal.close();
  return part;
}

/** The database of a backup, of one component where it holds several. Throws UserError or BackupFault. */
export function databasePart({ manifest }: Pick<StoredBackup, "manifest">, component?: string): PostgresPart {
  const parts = manifest.parts.filter(
    (part): part is PostgresPart =>
      part.kind === "postgres" && (component === undefined || part.component === component),
  );
  const [part, other] = parts;
  const older = olderFormat(manifest);
  if (part && older) throw new BackupFault(older.kind, `${manifest.id}: ${older.what}`);
  if (part && !other) return part;
  const names = manifest.parts.filter(({ kind }) => kind === "postgres").map((each) => each.component);
  throw new UserError(
    part
      ? `${manifest.id} holds several databases`
      : `${manifest.id} holds no database${component ? ` of ${component}` : ""}`,
    { fix: `--component with one of: ${names.join(", ")}` },
  );
}

async function expectEmpty(
  { doors }: BackupScene,
  url: Secret,
  { begun, signal }: { begun: boolean; signal: AbortSignal },
): Promise<void> {
  if (begun) return;
  await using session = await doors.sql.open(url, { signal });
  const [found] = await session.query<{ name: string; tables: number }>(`
    select current_database()::text as name, count(c.oid)::int as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast'`);
  if (found && found.tables > 0) {
    throw new UserError(
      `the database ${found.name} is not empty: it has ${quantity(found.tables, "table")}`,
      {
        fix: "restore into a new one, or over the live one with gonogo restore --over",
      },
    );
  }
}

/** Host, port and database; no user, no password. */
function keyOf(url: Secret): string {
  const { host, pathname } = new URL(url.reveal());
  return `${host}${pathname}`;
}

interface RestoreJournal {
  read(): Promise<readonly string[]>;
  add(step: string): Promise<void>;
  close(): Promise<void>;
}

/** What a restore has finished, kept until it is over. */
function openRestoreJournal({ doors, directory }: BackupScene, name: string): RestoreJournal {
  const folder = join(directory, "backups");
  const file = join(folder, `restore-${name.replace(/[^\w.-]+/g, "_")}.json`);
  let steps: string[] = [];
  let writing: Promise<void> = Promise.resolve();
  return {
    async read() {
      const text = await doors.files.read(file);
      const found: unknown = text === undefined ? [] : JSON.parse(text);
      steps = Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
      return steps;
    },
    add(step) {
      steps.push(step);
      const text = JSON.stringify(steps);
      writing = writing.then(async () => {
        await doors.files.makeDirectory(folder, { mode: 0o700 });
        await doors.files.write(file, text, { mode: 0o600 });
      });
      return writing;
    },
    close: () => doors.files.remove(file),
  };
}

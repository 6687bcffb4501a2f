import { join } from "node:path";
import { z } from "zod";
import type { OpenPostgresPart, PostgresPart } from "../model/backup.ts";
import { UserError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { readDatabaseContents } from "./contents.ts";
import { BackupFault } from "./fault.ts";
import { identitiesOf } from "./keys.ts";
import { olderFormat } from "./manifest.ts";
import { expectEmpty } from "./postgres/committed.ts";
import { holdDatabase } from "./postgres/held-database.ts";
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
  /** What was finished stays noted when all of it is, for whoever has more to do with it: until `forgetRestored`. */
  readonly keepsNote?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly bytes: number; readonly ofBytes: number }) => void;
}

/**
 * Restores the database of a backup into an empty one. Interrupted, the next call with the same backup and database
 * goes on after the last object that was finished. Throws BackupFault naming what is wrong with the backup, UserError
 * while another restore into that database goes on.
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
  const { id } = backup.manifest;
  await using held = await holdDatabase(url, { backup: id, doors, signal });
  const journal = openRestoreJournal(scene, { name: noteOf(backup, url), database: held.identity });
  const done = new Set(await journal.read());
  if (done.size === 0) await expectEmpty({ url, doors, signal });
  let bytes = 0;
  const ofBytes = sealed.objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const from = {
    place: backup.place,
    backup: id,
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
  if (!options.keepsNote) await journal.close();
  return part;
}

/** That a restore into this database was finished. */
export async function forgetRestored(scene: BackupScene, backup: StoredBackup, url: Secret): Promise<void> {
  await openRestoreJournal(scene, { name: noteOf(backup, url), database: "" }).close();
}

function noteOf({ manifest: { id } }: StoredBackup, url: Secret): string {
  return `${id} ${keyOf(url)}`;
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

/** Host, port and database; no user, no password. */
function keyOf(url: Secret): string {
  const { host, pathname } = new URL(url.reveal());
  return `${host}${pathname}`;
}

const kept = z.object({ database: z.string(), steps: z.array(z.string()) });

interface RestoreJournal {
  read(): Promise<readonly string[]>;
  add(step: string): Promise<void>;
  close(): Promise<void>;
}

/** What a restore has finished in one database, kept until it is over. */
function openRestoreJournal(
  { doors, directory }: BackupScene,
  { name, database }: { readonly name: string; readonly database: string },
): RestoreJournal {
  const folder = join(directory, "backups");
  const file = join(folder, `restore-${name.replace(/[^\w.-]+/g, "_")}.json`);
  const steps: string[] = [];
  let writing: Promise<void> = Promise.resolve();
  return {
    async read() {
      const text = await doors.files.read(file);
      const found = kept.safeParse(text === undefined ? undefined : JSON.parse(text));
      // A database of this name that was made anew has nothing of what was done to the one before.
      if (found.data?.database === database) steps.push(...found.data.steps);
      return steps;
    },
    add(step) {
      steps.push(step);
      const text = JSON.stringify({ database, steps });
      writing = writing.then(async () => {
        await doors.files.makeDirectory(folder, { mode: 0o700 });
        await doors.files.write(file, text, { mode: 0o600 });
      });
      return writing;
    },
    close: () => doors.files.remove(file),
  };
}

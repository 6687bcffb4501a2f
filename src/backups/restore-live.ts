import type { BackupProblem } from "../model/backup.ts";
import { UserError } from "../model/errors.ts";
import type { Component } from "../model/launch.ts";
import type { Secret } from "../model/secret.ts";
import { exchange, type LiveServer, liveServer, makeAlike } from "./live-database.ts";
import { expectName, nameBeside } from "./name-beside.ts";
import { compareDatabase } from "./postgres/compare.ts";
import { invariantsOf } from "./postgres/prove.ts";
import { databasePart, forgetRestored, type RestoreOptions, restoreInto } from "./restore.ts";
import type { BackupScene } from "./scene.ts";
import type { StoredBackup } from "./shelf.ts";

export interface BesideOptions extends Omit<RestoreOptions, "url" | "makesRoles"> {
  /** Of the new database; default: the live one's name and the backup's time. */
  readonly name?: string;
}
export interface RestoredBeside {
  readonly database: string;
  readonly live: string;
  readonly url: Secret;
  /** What differs from what was backed up; empty when nothing does. */
  readonly problems: readonly BackupProblem[];
}

/** Restores into a new database on the live one's server and compares it; the live one is not touched. */
export async function restoreBeside(
  scene: BackupScene,
  backup: StoredBackup,
  options: BesideOptions,
): Promise<RestoredBeside> {
  const part = databasePart(backup, options.component);
  const component = componentOf(scene, part.component);
  const server = await liveServer(scene, component);
  const database = options.name ?? nameBeside(server.database, `_${nameOf(backup)}`);
  expectName(database);
  await makeUnlessBegun(server, database, options.signal);
  const url = server.addressOf(database);
  const problems = await restoreCompared(scene, backup, { ...options, component: part.component, url });
  return { database, live: server.database, url, problems };
}

/** Restores into an empty database; what differs from what was backed up. */
export async function restoreCompared(
  scene: BackupScene,
  backup: StoredBackup,
  options: RestoreOptions,
): Promise<readonly BackupProblem[]> {
  const part = await restoreInto(scene, backup, options);
  return compareDatabase({
    part,
    url: options.url,
    options: invariantsOf(scene, part.component),
    major: part.serverMajor,
    jobs: scene.policy.jobs,
    doors: scene.doors,
    signal: options.signal,
  });
}

/**
 * Restores beside the live database and, only when the copy agrees with what was backed up, exchanges the two. The
 * former live database stays under the name that is returned. Throws UserError when the copy differs.
 */
export async function restoreOver(
  scene: BackupScene,
  backup: StoredBackup,
  options: BesideOptions,
): Promise<{ readonly database: string; readonly aside: string }> {
  const own = databasePart(backup, options.component);
  const { database: live } = await liveServer(scene, componentOf(scene, own.component));
  const name = incomingName(live, backup);
  const beside = await restoreBeside(scene, backup, { ...options, name, keepsNote: true });
  if (beside.problems.length > 0) {
    throw new UserError(
      `the restored copy differs from what was backed up: ${beside.problems.map(({ what }) => what).join("; ")}`,
      { fix: `look at the copy in ${beside.database}; the live database was not touched` },
    );
  }
  const part = databasePart(backup, options.component);
  const server = await liveServer(scene, componentOf(scene, part.component));
  const aside = asideName(beside.live, scene);
  await exchange(server, { live: beside.live, restored: beside.database, aside }, options.signal);
  await forgetRestored(scene, backup, beside.url);
  return { database: beside.live, aside };
}

/** A name of its own: a copy that was restored beside may still be looked at. */
function incomingName(live: string, backup: StoredBackup): string {
  return nameBeside(live, `_incoming_${nameOf(backup)}`);
}

/** Those that a restore over the live database of this component has begun with and not ended. */
export async function begunOver<Kept extends { readonly backup: StoredBackup }>(
  scene: BackupScene,
  { stored, component, signal }: { stored: readonly Kept[]; component: string; signal: AbortSignal },
): Promise<readonly Kept[]> {
  const server = await liveServer(scene, componentOf(scene, component));
  await using session = await server.open(signal);
  const found = await session.query<{ name: string }>("select datname::text as name from pg_database");
  const names = new Set(found.map(({ name }) => name));
  return stored.filter(({ backup }) => names.has(incomingName(server.database, backup)));
}

function nameOf({ manifest }: StoredBackup): string {
  return manifest.id.toLowerCase().replace(/\W/g, "_");
}

async function makeUnlessBegun(server: LiveServer, database: string, signal: AbortSignal): Promise<void> {
  await using session = await server.open(signal);
  await makeAlike(session, server.database, database);
}

function componentOf({ launch }: BackupScene, name: string): Component {
  const found = launch.components.find((each) => each.name === name);
  if (found?.kind.kind === "postgres") return found;
  throw new UserError(`the backup is of the component ${name}, which the declaration no longer has`, {
    where: launch.configFile,
  });
}

/** "shop_until_20261121_073000": where a live database goes when another takes its place. */
export function asideName(live: string, { doors }: Pick<BackupScene, "doors">): string {
  const now = new Date(doors.clock.now()).toISOString();
  return nameBeside(live, `_until_${now.slice(0, 19).replace(/[-:]/g, "").replace("T", "_")}`);
}

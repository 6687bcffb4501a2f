import type {
  BackupPart,
  BackupProblem,
  FilesPart,
  PostgresPart,
  RedisPart,
  StorePart,
} from "../model/backup.ts";
import { UserError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { readRedisContents } from "./contents.ts";
import { compareFiles, unpackFiles } from "./files/restore.ts";
import { identitiesOf } from "./keys.ts";
import type { ReadFrom } from "./objects.ts";
import { compareStore, unpackStore } from "./own-store/restore.ts";
import { compareRedis } from "./redis/compare.ts";
import { restoreRedis } from "./redis/restore.ts";
import type { BackupScene } from "./scene.ts";
import type { StoredBackup } from "./shelf.ts";

export interface PartOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly bytes: number; readonly ofBytes: number }) => void;
}

/** The part of one component; without a name the one database. Throws UserError naming what the backup holds. */
export function partOf({ manifest }: Pick<StoredBackup, "manifest">, component?: string): BackupPart {
  const { parts, id } = manifest;
  const fitting = parts.filter((part) =>
    component === undefined ? part.kind === "postgres" : part.component === component,
  );
  const [part, other] = fitting;
  if (part && !other) return part;
  const said = part ? "several databases" : `no ${component ?? "database"}`;
  throw new UserError(`${id} holds ${said}`, {
    fix: `--component with one of: ${parts.map((each) => each.component).join(", ")}`,
  });
}

/** Into a directory that is new or empty; what differs from what was backed up. */
export async function restoreFilesInto(
  scene: BackupScene,
  backup: StoredBackup,
  options: PartOptions & { readonly part: FilesPart; readonly into: string },
): Promise<readonly BackupProblem[]> {
  const { part, into } = options;
  const { files } = scene.doors;
  const there = await files.stat(into);
  if (there && (!there.isDirectory || (await files.list(into)).length > 0))
    throw new UserError(`${into} is there and not an empty directory`, {
      where: into,
      fix: "name a new one",
    });
  await files.makeDirectory(into);
  const from = { ...(await readingOf(scene, backup, options)), doors: scene.doors, into };
  await unpackFiles(part, from);
  return compareFiles(part, from);
}

/** Into an empty Redis. */
export async function restoreRedisInto(
  scene: BackupScene,
  backup: StoredBackup,
  options: PartOptions & { readonly part: RedisPart; readonly url: Secret },
): Promise<readonly BackupProblem[]> {
  const { part, url, signal } = options;
  const from = await readingOf(scene, backup, options);
  await restoreRedis(part, { ...from, doors: scene.doors, url });
  await using session = await scene.doors.redis.open(url, { signal });
  return (await compareRedis(part, await readRedisContents(part, from), session)).problems;
}

/** Into a file that is not there yet. */
export async function restoreStoreInto(
  scene: BackupScene,
  backup: StoredBackup,
  options: PartOptions & { readonly part: StorePart; readonly into: string },
): Promise<readonly BackupProblem[]> {
  const { part, into } = options;
  const { doors } = scene;
  if (await doors.files.stat(into))
    throw new UserError(`${into} is there already`, { where: into, fix: "name a new file" });
  await unpackStore(part, { ...(await readingOf(scene, backup, options)), doors, into });
  return compareStore(part, { doors, into });
}

async function readingOf(
  scene: BackupScene,
  backup: StoredBackup,
  options: PartOptions & { readonly part: Exclude<BackupPart, PostgresPart> },
): Promise<ReadFrom> {
  const { part, signal, onProgress } = options;
  const ofBytes = part.objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let bytes = 0;
  return {
    place: backup.place,
    backup: backup.manifest.id,
    identities: await identitiesOf({ ...scene, project: scene.launch.directory }),
    signal,
    onBytes: (more) => {
      bytes += more;
      onProgress?.({ bytes, ofBytes });
    },
  };
}

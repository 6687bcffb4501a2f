import { resolve } from "node:path";
import { restoreCompared } from "../../backups/restore-live.ts";
import {
  type PartOptions,
  partOf,
  restoreFilesInto,
  restoreRedisInto,
  restoreStoreInto,
} from "../../backups/restore-part.ts";
import type { BackupScene } from "../../backups/scene.ts";
import type { StoredBackup } from "../../backups/shelf.ts";
import type { BackupProblem } from "../../model/backup.ts";
import { UserError } from "../../model/errors.ts";
import { Secret } from "../../model/secret.ts";
import type { World } from "../../wiring.ts";

/** One part of a backup to where nothing is yet; what differs from what was backed up. Throws UserError. */
export async function restoreElsewhere(
  world: World,
  request: {
    readonly backups: BackupScene;
    readonly backup: StoredBackup;
    readonly into: string;
    readonly options: PartOptions & { readonly component?: string };
  },
): Promise<readonly BackupProblem[]> {
  const { backups, backup, into, options } = request;
  const part = partOf(backup, options.component);
  const path = resolve(world.workingDirectory, into);
  switch (part.kind) {
    case "postgres":
      return restoreCompared(backups, backup, {
        ...options,
        url: addressIn(into, "database", { world, backups }),
      });
    case "redis":
      return restoreRedisInto(backups, backup, {
        ...options,
        part,
        url: addressIn(into, "Redis", { world, backups }),
      });
    case "files":
      return restoreFilesInto(backups, backup, { ...options, part, into: path });
    case "store":
      return restoreStoreInto(backups, backup, { ...options, part, into: path });
  }
}

/** Throws UserError. */
export function addressIn(
  variable: string,
  what: string,
  { world, backups }: { readonly world: World; readonly backups: BackupScene },
): Secret {
  const known = backups.variables.get(variable);
  if (known) return known;
  const value = world.doors.environment.value(variable);
  if (value) return new Secret(value);
  throw new UserError(`${variable} is not set`, { fix: `set it to the address of an empty ${what}` });
}

import type { BackupPolicy } from "../model/backup-policy.ts";
import type { Place } from "../model/destination.ts";
import type { Doors } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import type { Environment, Launch } from "../model/launch.ts";
import type { Secret } from "../model/secret.ts";
import type { Store } from "../store/store.ts";

/** What a backup, a restore and a proof need of one environment. */
export interface BackupScene {
  readonly launch: Launch;
  readonly environment: Pick<Environment, "name">;
  readonly policy: BackupPolicy;
  /** The environment's own directory on this machine. */
  readonly directory: string;
  /** Every value of the environment, Gonogo's own credentials too. */
  readonly variables: ReadonlyMap<string, Secret>;
  readonly release: string | undefined;
  readonly store: Pick<Store, "copyTo">;
  readonly doors: Doors;
}

export interface NamedPlace {
  readonly name: string;
  readonly isElsewhere: boolean;
  readonly place: Place;
}

/** Every declared destination, or the one that is named. Opening reaches nothing yet. Throws UserError. */
export function placesOf(scene: BackupScene, only?: string): NamedPlace[] {
  const { policy, launch, environment, variables, doors } = scene;
  const wanted = policy.destinations.filter(({ name }) => only === undefined || name === only);
  if (wanted.length === 0) {
    const names = policy.destinations.map(({ name }) => name).join(", ");
    throw new UserError(`there is no destination "${only}"`, { fix: `one of: ${names}` });
  }
  return wanted.map(({ name, kind, options }) => ({
    name,
    isElsewhere: kind.isElsewhere,
    place: kind.openPlace({
      options,
      launch: launch.name,
      environment: environment.name,
      project: launch.directory,
      variables,
      doors,
    }),
  }));
}

/** The policy of a launch. Throws UserError when it declares none. */
export function policyOf(launch: Launch): BackupPolicy {
  if (launch.backups) return launch.backups;
  throw new UserError("no backups are declared", {
    where: launch.configFile,
    fix: 'backups: { destinations: { here: directory() }, every: "1d" }',
  });
}

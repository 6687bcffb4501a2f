import type { Doors } from "../model/doors.ts";
import type { Environment, Launch } from "../model/launch.ts";
import type { Variables } from "../model/variable.ts";
import type { Store } from "../store/store.ts";
import { type BackupScene, policyOf } from "./scene.ts";

/** The scene of a deploy, a drill or a command as backups need it. Throws UserError when none are declared. */
export function backupSceneOf(
  scene: {
    readonly launch: Launch;
    readonly environment: Environment;
    readonly directory: string;
    readonly store: Store;
    readonly doors: Doors;
  },
  known: { readonly variables: Variables; readonly release: string | undefined },
): BackupScene {
  const { launch, environment, directory, store, doors } = scene;
  const values = [...known.variables.values].map(([name, { value }]) => [name, value] as const);
  return {
    launch,
    environment,
    policy: policyOf(launch),
    directory,
    variables: new Map(values),
    release: known.release,
    store,
    doors,
  };
}

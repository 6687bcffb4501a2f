import { backUp } from "../backups/back-up.ts";
import { backupSceneOf } from "../backups/open-scene.ts";
import { prove } from "../backups/prove.ts";
import { prune } from "../backups/prune.ts";
import { type BackupScene, placesOf } from "../backups/scene.ts";
import { listBackups } from "../backups/shelf.ts";
import { type DeployScene, liveRelease } from "../deploy/scene.ts";
import { messageOf } from "../model/errors.ts";

const LOOK_EVERY_MS = 60_000;
/** After one that failed; the environment's data is not dumped again and again to no avail. */
const PATIENCE_MS = 900_000;

/** Makes the declared backups when they are due, proves each and removes what need not be kept. */
export function startBackupKeeper(request: {
  readonly scene: DeployScene;
  readonly who: string;
  readonly onTrouble: (text: string) => void;
}): AsyncDisposable {
  const { scene, who, onTrouble } = request;
  const { clock } = scene.doors;
  const ended = new AbortController();
  const { signal } = ended;

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      const waits = await keepOnce().then(
        () => LOOK_EVERY_MS,
        (thrown: unknown) => {
          if (!signal.aborted) onTrouble(`no backup could be made: ${messageOf(thrown)}`);
          return PATIENCE_MS;
        },
      );
      await clock.delay(waits, signal).catch(() => undefined);
    }
  }

  async function keepOnce(): Promise<void> {
    const policy = scene.launch.backups;
    const release = policy && (await liveRelease(scene, signal));
    if (!policy || !release) return;
    const variables = await scene.readVariables(new Map());
    const backups = backupSceneOf(scene, { variables, release: release.id });
    const newest = await newestOf(backups, signal);
    if (newest !== undefined && clock.now() - newest < policy.everyMs) return;
    // As a deploy: neither may change what the other one is reading.
    await using lease = await scene.target.lock(who, "scheduled backup", signal);
    await lease.step("backup");
    await make(backups, AbortSignal.any([signal, lease.lost]));
  }

  const kept = scene.launch.backups ? keep() : Promise.resolve();
  return {
    async [Symbol.asyncDispose]() {
      ended.abort(new Error("the watch ends"));
      await kept;
    },
  };
}

/** When the newest whole backup was begun, wherever it lies; one nobody has proven yet counts as made. */
async function newestOf(scene: BackupScene, signal: AbortSignal): Promise<number | undefined> {
  const [first] = placesOf(scene);
  const found = first && (await listBackups(first.place, signal)).find(({ damage }) => damage.length === 0);
  return found?.manifest.startedAt;
}

async function make(scene: BackupScene, signal: AbortSignal): Promise<void> {
  const { id } = await backUp(scene, { reason: "schedule", signal });
  const places = placesOf(scene);
  const [first] = places;
  const made = first && (await listBackups(first.place, signal)).find(({ manifest }) => manifest.id === id);
  const proof = made && (await prove(scene, made, { signal }));
  if (proof?.verdict === "failed") {
    throw new Error(
      `${id} was restored and is not good: ${proof.problems.map(({ what }) => what).join("; ")}`,
    );
  }
  for (const place of places) await prune(scene, place, { signal });
}

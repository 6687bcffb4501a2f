import { backupSceneOf } from "../backups/open-scene.ts";
import { keepServer } from "../backups/point-in-time/keep.ts";
import { ownServers } from "../backups/point-in-time/own-server.ts";
import { recoverableOf } from "../backups/point-in-time/reach.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { messageOf } from "../model/errors.ts";

const LOOK_EVERY_MS = 10_000;

/** Brings away what databases have written, as often as each is declared to be, and copies their servers when due. */
export function startRecoveryKeeper(request: {
  readonly scene: DeployScene;
  readonly onTrouble: (text: string) => void;
}): AsyncDisposable {
  const { scene, onTrouble } = request;
  const { clock } = scene.doors;
  const ended = new AbortController();
  const { signal } = ended;
  const nextAt = new Map<string, number>();
  const told = new Map<string, string>();

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      await keepOnce().catch((thrown: unknown) => tell("the environment", messageOf(thrown)));
      await clock.delay(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  }

  /** The same again every minute would hide everything else. */
  function tell(what: string, trouble: string | undefined): void {
    if (signal.aborted || told.get(what) === trouble) return;
    if (trouble === undefined) told.delete(what);
    else {
      told.set(what, trouble);
      onTrouble(`what ${what} has written could not be brought away: ${trouble}`);
    }
  }

  async function keepOnce(): Promise<void> {
    const variables = await scene.readVariables(new Map());
    const backups = backupSceneOf(scene, { variables, release: undefined });
    for (const server of await ownServers(backups)) {
      const now = clock.monotonicMs();
      if (now < (nextAt.get(server.component) ?? 0)) continue;
      nextAt.set(server.component, now + server.declared.everyMs);
      tell(server.component, await keepServer(backups, server, { signal }).then(() => undefined, messageOf));
    }
  }

  const isAsked = scene.launch.backups !== undefined && recoverableOf(scene).length > 0;
  const kept = isAsked ? keep() : Promise.resolve();
  return {
    async [Symbol.asyncDispose]() {
      ended.abort(new Error("the watch ends"));
      await kept;
    },
  };
}

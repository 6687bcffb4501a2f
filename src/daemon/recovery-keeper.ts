import { backupSceneOf } from "../backups/open-scene.ts";
import { bringAway } from "../backups/point-in-time/bring-away.ts";
import { copyWhenDue } from "../backups/point-in-time/keep.ts";
import { type OwnServer, ownServers } from "../backups/point-in-time/own-server.ts";
import { recoverableOf } from "../backups/point-in-time/reach.ts";
import type { BackupScene } from "../backups/scene.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { messageOf } from "../model/errors.ts";

/** While there is no server yet. */
const LOOK_EVERY_MS = 60_000;
/** Whether a copy is due is seen by listing everything that lies at every destination. */
const COPY_LOOK_EVERY_MS = 900_000;

/** Brings away what databases have written, as often as each is declared to be, and copies their servers when due. */
export function startRecoveryKeeper(request: {
  readonly scene: DeployScene;
  readonly onTrouble: (text: string) => void;
}): AsyncDisposable {
  const { scene, onTrouble } = request;
  const { clock } = scene.doors;
  const ended = new AbortController();
  const { signal } = ended;
  const told = new Map<string, string>();
  const copying = new Map<string, Promise<void>>();
  const nextCopyLook = new Map<string, number>();

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      const waitMs = await keepOnce().catch((thrown: unknown) => {
        tell("bringing away what was written", messageOf(thrown));
        return LOOK_EVERY_MS;
      });
      await clock.delay(waitMs, signal).catch(() => undefined);
    }
    await Promise.all(copying.values());
  }

  /** The same again every minute would hide everything else. */
  function tell(what: string, trouble: string | undefined): void {
    if (signal.aborted || told.get(what) === trouble) return;
    if (trouble === undefined) told.delete(what);
    else {
      told.set(what, trouble);
      onTrouble(`${what}: ${trouble}`);
    }
  }

  /** When to look again. */
  async function keepOnce(): Promise<number> {
    const variables = await scene.readVariables(new Map());
    const backups = backupSceneOf(scene, { variables, release: undefined });
    const servers = await ownServers(backups);
    for (const server of servers) {
      const trouble = await bringAway(backups, server, signal).then(() => undefined, messageOf);
      tell(`bringing away what ${server.component} has written`, trouble);
      if (trouble === undefined) copy(backups, server);
    }
    return Math.min(LOOK_EVERY_MS, ...servers.map(({ declared }) => declared.everyMs));
  }

  /** Beside what goes on being brought away: a large server takes an hour. */
  function copy(backups: BackupScene, server: OwnServer): void {
    const { component } = server;
    const now = clock.monotonicMs();
    if (copying.has(component) || now < (nextCopyLook.get(component) ?? 0)) return;
    nextCopyLook.set(component, now + Math.min(COPY_LOOK_EVERY_MS, server.declared.baseEveryMs));
    const made = copyWhenDue(backups, server, { signal })
      .then(() => undefined, messageOf)
      .then((trouble) => {
        copying.delete(component);
        if (trouble !== undefined) nextCopyLook.set(component, clock.monotonicMs() + LOOK_EVERY_MS);
        tell(`copying the server of ${component}`, trouble);
      });
    copying.set(component, made);
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

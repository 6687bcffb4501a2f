import path from "node:path";
import { answerQuestions } from "../deploy/open-questions.ts";
import { messageOf, UserError } from "../model/errors.ts";
import type { Environment, Launch } from "../model/launch.ts";
import type { Target } from "../model/target.ts";
import { openAwayStore } from "../store/away-store.ts";
import { takeKernelLock } from "../store/kernel-lock.ts";
import { keepKnown, knownFileOf, knownIn } from "../store/known-rows.ts";
import type { Store } from "../store/store.ts";
import { StoreAway } from "../store/store-away.ts";
import type { World } from "../wiring.ts";
import { harmless } from "./output/plain-text.ts";

/** What a command is for when the store's server does not answer: `acts` is written down here and handed in later. */
export type WithoutStore = "looks" | "acts";

interface Ground {
  readonly launch: Launch;
  readonly environment: Environment;
  /** The environment's own; its files for such a day lie beside it, where `gonogo stop --purge` leaves them. */
  readonly directory: string;
  readonly target: Target;
}

const placesOf = (directory: string) => ({
  known: knownFileOf(directory),
  file: `${directory}.away.db`,
  lock: `${directory}.away.lock`,
});

/** What stands in for the store while its server is away, and why; rethrows what is no such absence. */
export async function openWithout(
  world: World,
  { launch, environment, directory, target }: Ground,
  { thrown, without }: { thrown: unknown; without: WithoutStore | undefined },
): Promise<{ store: Store; away: string }> {
  if (!(thrown instanceof StoreAway) || without === undefined) throw thrown;
  const { files, clock, random } = world.doors;
  const { known, file, lock } = placesOf(directory);
  const away = `${thrown.message} (${thrown.where})`;
  const held = without === "acts" ? takeKernelLock(lock) : undefined;
  if (without === "acts" && !held) {
    throw new UserError(`the store is away, and another command writes to ${path.basename(file)} already`, {
      where: file,
      fix: "wait until it has ended",
    });
  }
  const keeps = without === "acts" || (await files.stat(file)) !== undefined;
  const store = await openAwayStore({
    file: keeps ? file : undefined,
    environment: environment.name,
    // Damaged or not, what runs is asked of the target all the same.
    known: knownIn(await files.read(known)),
    runs: await target.status(world.signal),
    clock,
    random,
  });
  const shown = path.relative(launch.directory, file);
  const what = held
    ? `what is done now is kept in ${shown} and handed in by the next command here that reaches it`
    : "what follows is known without it";
  world.output.note(`the store is away: ${harmless(away)}\n  ${what}\n`);
  return {
    store: {
      ...store,
      async [Symbol.asyncDispose]() {
        await store[Symbol.asyncDispose]();
        held?.[Symbol.dispose]();
      },
    },
    away,
  };
}

/** Hands in what was done while the store was away. Never throws: the command was given for something else. */
export async function handIn(
  world: World,
  ground: Pick<Ground, "environment" | "directory"> & { readonly store: Store },
): Promise<void> {
  const { store, environment, directory } = ground;
  const { file, lock } = placesOf(directory);
  const { doors, output } = world;
  if (!store.server || !(await doors.files.stat(file))) return;
  // Somebody works on without the store: whoever comes next hands it in.
  using held = takeKernelLock(lock);
  if (!held) return;
  try {
    for (const { deploy, was } of await store.server.takeIn(environment.name, file)) {
      const { id, kind, from, release, by } = deploy;
      output.note(`${kind} ${was}, done while the store was away, is ${id} in it\n`);
      if (deploy.state !== "done") continue;
      const text = `${id}: ${from} to ${release}, while the store was away`;
      await answerQuestions({ store, environment, doors }, { by, text, isBack: true });
    }
    for (const each of ["", "-wal", "-shm"]) await doors.files.remove(`${file}${each}`);
  } catch (thrown) {
    output.note(
      `what was done while the store was away is still in ${harmless(`${file}: ${messageOf(thrown)}`)}\n`,
    );
  }
}

/** Best effort, at the end of a command. */
export async function rememberKnown(
  world: World,
  { store, environment, directory }: Pick<Ground, "environment" | "directory"> & { readonly store: Store },
): Promise<void> {
  const { files, clock } = world.doors;
  const given = { store, environment: environment.name, files, clock };
  await keepKnown(placesOf(directory).known, given).catch(() => undefined);
}

import path from "node:path";
import { itemsFor } from "../assess/items.ts";
import { readVariables } from "../config/variables.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { readProvisioned, toBeSupplied, withSupplied } from "../deploy/supply.ts";
import { UserError } from "../model/errors.ts";
import type { Launch } from "../model/launch.ts";
import { reviewItems } from "../watch/incidents/review-items.ts";
import type { World } from "../wiring.ts";
import { handIn, openWithout, rememberKnown, type WithoutStore } from "./away.ts";
import { chosenEnvironment } from "./chosen-environment.ts";
import { type Given, text } from "./command.ts";
import { openLaunchStore } from "./launch-store.ts";
import { openLaunch } from "./open-launch.ts";
import { otherEnvironments } from "./other-environments.ts";
import { withSubjects } from "./sign-off-subjects.ts";
import { readWatch } from "./watch-seen.ts";

/** Everything one command needs of one environment; closes the store with it. */
export interface OpenScene extends DeployScene, AsyncDisposable {
  /** Why the store's server does not answer: `store` stands in for it. Undefined: it does. */
  readonly away: string | undefined;
  /** What is wrong with lines of the checklist: for the commands that are about it. */
  readonly listProblems: readonly string[];
}

export async function openScene(
  world: World,
  given: Given,
  { name = text(given, "env"), without }: { name?: string | undefined; without?: WithoutStore } = {},
): Promise<OpenScene> {
  return await openSceneOf(world, given, { launch: await openLaunch(world, given), name, without });
}

/** For what must work whatever has become of the checklist: going back, stopping, reading logs. */
export async function openWithoutChecklist(
  world: World,
  given: Given,
  without?: WithoutStore,
): Promise<OpenScene> {
  const launch = await openLaunch(world, given);
  return await openSceneOf(world, given, {
    launch: { ...launch, checklist: undefined },
    name: text(given, "env"),
    without,
  });
}

async function openSceneOf(
  world: World,
  given: Given,
  { launch, name, without }: { launch: Launch; name: string | undefined; without: WithoutStore | undefined },
): Promise<OpenScene> {
  const { doors, signal } = world;
  const environment = chosenEnvironment(launch, name);
  const state = path.join(launch.directory, ".gonogo");
  const directory = path.join(state, environment.name);
  await doors.files.makeDirectory(directory, { mode: 0o700 });
  await keepOutOfGit(state, doors);
  const { targets } = await world.registry();
  const kind = targets.get(environment.target.kind);
  if (!kind)
    throw new UserError(`there is no target "${environment.target.kind}"`, { where: launch.configFile });
  const target = await kind.open({
    launch: launch.name,
    environment: environment.name,
    directory,
    stage: environment.stage,
    host: environment.domain,
    options: environment.target.options,
    doors,
    signal,
  });
  // Whatever fails from here on leaves nothing open: a pool of connections would keep the process for a minute.
  await using opened = new AsyncDisposableStack();
  opened.defer(async () => await target[Symbol.asyncDispose]?.());
  const file = path.join(state, "gonogo.db");
  const ground = { launch, environment, directory, target };
  const { store, away } = await openLaunchStore(world, given, { launch, environment, file }).then(
    (found) => ({ store: found, away: undefined }),
    (thrown: unknown) => openWithout(world, ground, { thrown, without }),
  );
  opened.use(store);
  await handIn(world, { ...ground, store });
  // What reads Markdown is loaded for a checklist only: a rollback in an emergency asks none.
  const { items: lines, problems } = launch.checklist
    ? await (await import("./checklist-items.ts")).readItems(launch.checklist, { launch, world })
    : { items: [], problems: [] };
  const scene: OpenScene = {
    away,
    listProblems: problems,
    launch,
    environment,
    doors,
    store,
    target,
    directory,
    items: [
      ...(await withSubjects(itemsFor(launch, lines), launch, doors.files)),
      ...reviewItems(await store.incidents.list(environment.name, { reviewDue: true }), doors.clock.now()),
    ],
    readVariables: async (supplied) => {
      const variables = await readVariables({
        environment,
        directory: launch.directory,
        declared: launch.variables,
        provisioned: new Map([...(await readProvisioned(directory, doors)), ...supplied]),
        ...(!target.suppliesNothing && {
          suppliable: toBeSupplied(launch, { declared: launch.variables, values: new Map() }),
        }),
        doors,
        signal,
      });
      return target.suppliesNothing ? variables : withSupplied(launch, variables);
    },
    readOtherEnvironments: () => otherEnvironments(launch, { environment, salt: store.salt, world }),
    readWatch: (own) => readWatch(launch, { environment, store, directory, doors }, own),
    readBackups: async (variables, release) => {
      if (!launch.backups) return undefined;
      // Loaded when it is asked for: a rollback in an emergency waits for nothing it does not need.
      const [{ backupSceneOf }, { readBackups }] = await Promise.all([
        import("../backups/open-scene.ts"),
        import("../backups/report.ts"),
      ]);
      const seen = { launch, environment, directory, store, doors };
      return await readBackups(backupSceneOf(seen, { variables, release }), signal);
    },
    async [Symbol.asyncDispose]() {
      await target[Symbol.asyncDispose]?.();
      await rememberKnown(world, { ...ground, store });
      await store[Symbol.asyncDispose]();
    },
  };
  opened.move();
  return scene;
}

/** Values of variables lie in there: `git add -A` must not take them along, whatever the project ignores. */
async function keepOutOfGit(state: string, { files }: World["doors"]): Promise<void> {
  const file = path.join(state, ".gitignore");
  // Where nothing can be written, the store says so with its fix.
  if (!(await files.stat(file))) await files.write(file, "*\n").catch(() => undefined);
}

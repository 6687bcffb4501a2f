import { fingerprintsOf, forCommands } from "../deploy/handed-values.ts";
import { type Migrations, readMigrations } from "../deploy/migrations.ts";
import { planDeploy } from "../deploy/plan.ts";
import { liveRelease } from "../deploy/scene.ts";
import { readSource } from "../deploy/source.ts";
import type { Variables } from "../model/variable.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples } from "./command.ts";
import { show } from "./format.ts";
import { openSettled } from "./open-settled.ts";
import { folded } from "./output/plain-text.ts";
import { planRecordOf } from "./records.ts";
import { planText } from "./texts.ts";

export const planCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command));
    examples(command, [["gonogo plan --env production", "what a deploy would do; nothing is touched"]]);
  },
  async run(world, given) {
    await using scene = await openSettled(world, given);
    const { launch, environment, doors, store } = scene;
    const named = await scene.readVariables(new Map());
    const variables = forCommands(named);
    const request = { directory: launch.directory, variables, doors, signal: world.signal };
    const plan = planDeploy({
      launch,
      environment,
      source: await readSource(launch.directory, doors),
      live: await liveRelease(scene, world.signal),
      fingerprints: fingerprintsOf(variables, store.salt),
      migrations: foretold(await readMigrations({ launch, ...request }), named),
    });
    const record = planRecordOf(scene, plan, await scene.target.obstacle?.(world.signal));
    await show(world, given, { record, text: () => folded(planText(record), world.output) });
    return 0;
  },
};

function foretold(migrations: Migrations, { toBeSupplied = new Set() }: Variables): Migrations {
  if (migrations.unknown === undefined || toBeSupplied.size === 0) return migrations;
  return {
    ...migrations,
    unknown: `all there are: the first deploy supplies ${[...toBeSupplied].join(", ")}`,
  };
}

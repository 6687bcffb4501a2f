import { type DeployResult, deploy } from "../deploy/deploy.ts";
import { undoDrills } from "../drills/undo.ts";
import type { World } from "../wiring.ts";
import {
  type CommandModule,
  declareEnvironment,
  declareFormat,
  examples,
  type Given,
  text,
} from "./command.ts";
import { confirmed } from "./confirm.ts";
import { isJson, show } from "./format.ts";
import { type DeployRecord, deployRecordOf } from "./records.ts";
import { type OpenScene, openScene } from "./scene.ts";
import { showSteps } from "./steps.ts";
import { deployText } from "./texts.ts";

export const deployCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command))
      .option(
        "--reason <text>",
        "why it goes out although it was rolled back, or its rehearsed migration refused",
      )
      .option("--by <name>", "who deploys (default: user@host)");
    examples(command, [
      ["gonogo deploy", "the code as it is here, to staging"],
      ["gonogo deploy --env production --format json", "for machines"],
    ]);
  },
  async run(world, given) {
    await using scene = await openScene(world, given);
    const record = await deployNow(world, { scene, given });
    await show(world, given, { record, text: () => deployText(record) });
    return record.deploy.state === "done" ? 0 : 1;
  },
};

/** Deploys with a line a step; the record is what both formats show. */
export async function deployNow(
  world: World,
  { scene, given }: { scene: OpenScene; given: Given },
): Promise<DeployRecord> {
  for (const told of await undoDrills(scene, world.signal)) world.output.note(`${told}\n`);
  return await withSteps(world, { scene, given, kind: "deploy" }, (onEvent) =>
    deploy(scene, {
      by: text(given, "by") ?? world.who,
      reason: text(given, "reason"),
      signal: world.signal,
      keep: (why) => confirmed(world.output, `${why}. Keep the new release live?`),
      onEvent,
    }),
  );
}

/** Runs a deploy or rollback under the eyes of whoever reads the terminal. */
export async function withSteps(
  { output }: World,
  { scene, given, kind }: { scene: OpenScene; given: Given; kind: "deploy" | "rollback" },
  work: (onEvent: ReturnType<typeof showSteps>["onEvent"]) => Promise<DeployResult>,
): Promise<DeployRecord> {
  const steps = showSteps(output, { scene, quiet: isJson(given) });
  try {
    return await deployRecordOf(scene, await work(steps.onEvent), kind);
  } finally {
    steps.end();
  }
}

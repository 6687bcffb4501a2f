import { deploy } from "../deploy/deploy.ts";
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
import { show } from "./format.ts";
import { board } from "./output/board/board.ts";
import { folded } from "./output/plain-text.ts";
import { planCommand } from "./plan.ts";
import type { DeployRecord } from "./records.ts";
import { type OpenScene, openScene } from "./scene.ts";
import { deployText, isShown } from "./texts.ts";
import { withSteps } from "./with-steps.ts";

export const deployCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command))
      .option(
        "--reason <text>",
        "why it goes out although it was rolled back, or its rehearsed migration refused",
      )
      .option("--by <name>", "who deploys (default: user@host)")
      .option("--dry-run", "what it would do, as `gonogo plan` shows it; nothing is touched");
    examples(command, [
      ["gonogo deploy", "the code as it is here, to staging"],
      ["gonogo deploy --env production --format json", "for machines"],
    ]);
  },
  async run(world, given) {
    if (given.options.dryRun === true) return await planCommand.run(world, given);
    await using scene = await openScene(world, given);
    const record = await deployNow(world, { scene, given });
    await show(world, given, {
      record,
      text: () => whatStands(record, world) + folded(deployText(record), world.output),
    });
    // A script that deploys must not go on as if all were well.
    return record.deploy.state === "done" && record.held?.severity !== "P1" ? 0 : 1;
  },
};

/** What was found of a release that was sent back: it is gone, so no later check could show it. */
function whatStands(record: DeployRecord, { output }: World): string {
  const { check, environment } = record;
  if (!check || !isShown(record)) return "";
  return `\n${board(check, { ...output, next: `mend it, then \`gonogo deploy --env ${environment}\`` })}\n`;
}

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
      keep: async (why) =>
        world.output.interactive
          ? await confirmed(world.output, `${why}. Keep the new release live?`)
          : undefined,
      onEvent,
    }),
  );
}

import type { Environment, Launch } from "../model/launch.ts";
import { chosenEnvironment } from "./chosen-environment.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples, text } from "./command.ts";
import { deployNow } from "./deploy.ts";
import { isJson, show } from "./format.ts";
import { openLaunch } from "./open-launch.ts";
import { board } from "./output/board/board.ts";
import { folded } from "./output/plain-text.ts";
import type { DeployRecord } from "./records.ts";
import { openScene } from "./scene.ts";
import { deployText } from "./texts.ts";

const ORDER = ["preview", "staging", "production"];

export const launchCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command))
      .option("--reason <text>", "why a commit that was rolled back goes out again")
      .option("--by <name>", "who launches (default: user@host)");
    examples(command, [
      ["gonogo launch", "staging, then production; stops at the first NO-GO"],
      ["gonogo launch --env staging", "the countdown of staging alone"],
    ]);
  },
  async run(world, given) {
    const launch = await openLaunch(world, given);
    const deploys: DeployRecord[] = [];
    for (const { name } of countdown(launch, text(given, "env"))) {
      await using scene = await openScene(world, given, { name });
      const record = await deployNow(world, { scene, given });
      deploys.push(record);
      if (!isJson(given)) {
        if (record.check) world.output.write(board(record.check, world.output));
        world.output.write(folded(deployText(record), world.output));
      }
      if (record.deploy.state !== "done") break;
    }
    const go = deploys.every((each) => each.deploy.state === "done" && each.check?.go === true);
    if (isJson(given)) {
      const results = deploys.flatMap((each) => (each.kind === "deploy" ? [each] : []));
      const record = {
        version: 1 as const,
        kind: "launch" as const,
        launch: launch.name,
        go,
        deploys: results,
      };
      await show(world, given, { record, text: () => "" });
    }
    return go ? 0 : 1;
  },
};

function countdown(launch: Launch, name: string | undefined): Environment[] {
  if (name !== undefined) return [chosenEnvironment(launch, name)];
  return [...launch.environments]
    .filter((each) => each.stage !== "preview")
    .sort((a, b) => ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage));
}

import { type Evaluation, evaluate } from "../deploy/evaluate.ts";
import { liveRelease } from "../deploy/scene.ts";
import type { World } from "../wiring.ts";
import {
  type CommandModule,
  declareEnvironment,
  declareFormat,
  declareLaunchTime,
  examples,
  type Given,
  text,
} from "./command.ts";
import { openSettled } from "./open-settled.ts";
import { CHECK_FORMATS, renderCheck } from "./output/formats.ts";
import { startProgress } from "./output/progress.ts";
import { renderReport } from "./output/report/formats.ts";
import { checkRecordOf } from "./records.ts";
import { reportRecordOf } from "./reports/record.ts";
import type { OpenScene } from "./scene.ts";

export const checkCommand: CommandModule = {
  completes: { "--only": "checks", "--format": CHECK_FORMATS },
  declare(command) {
    declareEnvironment(command)
      .option(
        "-o, --only <id...>",
        "only these: check ids, components, prefixes (postgres.), checklist items",
      )
      .option("-a, --all", "every line of the checklist, and how it stands")
      .option("-q, --quiet", "no output; the exit code tells");
    declareLaunchTime(command);
    declareFormat(command, CHECK_FORMATS);
    examples(command, [
      ["gonogo check", "answer every line for staging"],
      ["gonogo check --env production --only postgres.", "only the checks of Postgres"],
      ["gonogo check --format junit > gonogo.xml", "for a CI server"],
    ]);
  },
  async run(world, given) {
    await using scene = await openSettled(world, given);
    for (const told of scene.listProblems) world.output.note(`${told}\n`);
    const evaluation = await checkNow(world, scene, given);
    if (given.options.quiet !== true) {
      const release = await liveRelease(scene, world.signal);
      const format = text(given, "format") ?? "text";
      world.output.write(
        format === "html"
          ? await renderReport(await reportRecordOf(scene, { release, ...evaluation }), format)
          : await renderCheck(
              await checkRecordOf(scene, { release, ...evaluation }),
              format,
              boardOptions(world, given),
            ),
      );
    }
    return evaluation.verdict.go ? 0 : 1;
  },
};

/** How the board is shown: as wide as the terminal, and with every line when asked. */
export function boardOptions({ output }: World, given: Given) {
  return { columns: output.columns, colour: output.colour, all: given.options.all === true };
}

/** Asks everything of the environment as it is now, with progress. */
async function checkNow(world: World, scene: OpenScene, given: Given): Promise<Evaluation> {
  const { target, environment } = scene;
  const progress = startProgress(world.output, { quiet: given.options.quiet === true });
  try {
    const only = given.options.only;
    const status = await target.status(world.signal);
    return await evaluate(scene, {
      variables: await scene.readVariables(new Map()),
      release: await liveRelease(scene, world.signal),
      // The edge answers for everything it knows: while nothing is live that is not the application's answer.
      address: status.live === undefined ? undefined : status.address,
      ...(Array.isArray(only) && { only }),
      signal: world.signal,
      onAnswer: ({ check }, { answered, of }) =>
        progress.update(`${environment.name} ${answered}/${of} ${check.id}`),
    });
  } finally {
    progress.end();
  }
}

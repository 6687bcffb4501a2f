import { rollBack } from "../deploy/roll-back.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples, text } from "./command.ts";
import { show } from "./format.ts";
import { expectRelease } from "./known-release.ts";
import { folded } from "./output/plain-text.ts";
import { openWithoutChecklist } from "./scene.ts";
import { deployText } from "./texts.ts";
import { withSteps } from "./with-steps.ts";

export const rollbackCommand: CommandModule = {
  completes: { "--to": "earlier releases" },
  declare(command) {
    declareFormat(declareEnvironment(command))
      .option("--to <release>", "a release of `gonogo releases` (default: the previous good one)")
      .option(
        "--reason <text>",
        "kept in the record; needed onto a schema the older release was shown not to run on",
      )
      .option("--by <name>", "who rolls back (default: user@host)");
    examples(command, [
      ["gonogo rollback --env production", "the previous good release, its own code and variables"],
      ["gonogo rollback --to r5", "a certain one"],
    ]);
  },
  async run(world, given) {
    await using scene = await openWithoutChecklist(world, given, "acts");
    await expectRelease(text(given, "to"), scene);
    const record = await withSteps(world, { scene, given, kind: "rollback" }, (onEvent) =>
      rollBack(scene, {
        to: text(given, "to"),
        by: text(given, "by") ?? world.who,
        reason: text(given, "reason"),
        signal: world.signal,
        onEvent,
      }),
    );
    await show(world, given, { record, text: () => folded(deployText(record), world.output) });
    return record.deploy.state === "done" ? 0 : 1;
  },
};

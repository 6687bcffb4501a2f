import { type CommandModule, declareEnvironment, declareFormat, examples } from "./command.ts";
import { show } from "./format.ts";
import { openSettled } from "./open-settled.ts";
import { folded } from "./output/plain-text.ts";
import { releasesRecordOf } from "./records.ts";
import { releasesText } from "./texts.ts";

export const releasesCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command));
    examples(command, [["gonogo releases --env production", "newest first; what `rollback --to` takes"]]);
  },
  async run(world, given) {
    await using scene = await openSettled(world, given);
    const record = await releasesRecordOf(scene, world.signal);
    await show(world, given, {
      record,
      text: () => folded(releasesText(record, world.doors.clock.now()), world.output),
    });
    return 0;
  },
};

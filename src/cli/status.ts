import { type CommandModule, declareEnvironment, declareFormat, examples } from "./command.ts";
import { show } from "./format.ts";
import { statusRecordOf } from "./records.ts";
import { openSettled } from "./scene.ts";
import { statusText } from "./texts.ts";

export const statusCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command));
    examples(command, [
      ["gonogo status --env production", "asks nothing anew; judges the evidence there is"],
    ]);
  },
  async run(world, given) {
    await using scene = await openSettled(world, given);
    const record = await statusRecordOf(scene, world.signal);
    await show(world, given, { record, text: () => statusText(record, world.doors.clock.now()) });
    return record.check === null || record.check.go ? 0 : 1;
  },
};

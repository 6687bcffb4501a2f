import { boardOptions } from "./check.ts";
import {
  type CommandModule,
  declareEnvironment,
  declareFormat,
  declareLaunchTime,
  examples,
} from "./command.ts";
import { show } from "./format.ts";
import { openSettled } from "./open-settled.ts";
import { board } from "./output/board/board.ts";
import { folded } from "./output/plain-text.ts";
import { statusRecordOf } from "./records.ts";
import { isPaging, openText, statusText } from "./status-text.ts";

export const statusCommand: CommandModule = {
  declare(command) {
    declareFormat(
      declareLaunchTime(declareEnvironment(command)).option(
        "-a, --all",
        "the whole board, with every line of the checklist",
      ),
    );
    examples(command, [
      ["gonogo status --env production", "asks nothing anew; exit code 1 at NO-GO or an open P0 or P1"],
      ["gonogo status --all", "how each line of the checklist stands"],
    ]);
  },
  async run(world, given) {
    await using scene = await openSettled(world, given, "looks");
    const wholeBoard = given.options.all === true;
    const record = await statusRecordOf(scene, world.signal, { wholeBoard });
    const now = world.doors.clock.now();
    const whole = () => {
      const open = openText(record);
      const before = open === undefined ? "" : `${open}: gonogo incidents --env ${record.environment}\n\n`;
      return record.check ? before + board(record.check, boardOptions(world, given)) : "";
    };
    await show(world, given, {
      record,
      text: () => (wholeBoard ? whole() : "") + folded(statusText(record, now), world.output),
    });
    if (record.lost !== null || record.storeAway !== null || isPaging(record)) return 1;
    // Before the first deploy nothing has to stand.
    return record.live === null || record.check === null || record.check.go ? 0 : 1;
  },
};

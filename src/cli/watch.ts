import type { Output } from "../wiring.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples } from "./command.ts";
import { isJson, show } from "./format.ts";
import { openSettled } from "./open-settled.ts";
import type { WatchRecord } from "./output/contracts/watch.ts";
import { harmless } from "./output/plain-text.ts";
import { watchBoard } from "./output/watch-board.ts";
import { keepsNothing, openForReading, watchRecordOf } from "./watch-record.ts";

const EVERY_MS = 1_000;
const PLAIN_ROWS = 10_000;
/** To the top left, and away with what is below: no flicker, and what was before stays above. */
const HOME = "\u001b[H";
const CLEAR = "\u001b[2J";
const REST = "\u001b[J";

export const watchCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command)).option("--once", "what it is now, and no more");
    examples(command, [
      ["gonogo watch --env production", "a live board until Ctrl-C"],
      ["gonogo watch --once", "one look; exit code 1 while something is down, or the disk full"],
      ["gonogo watch --format json", "the same for a program"],
    ]);
  },
  async run(world, given) {
    await using scene = await openSettled(world, given);
    await using measurements = await openForReading(scene);
    const { output, signal } = world;
    const look = () => watchRecordOf(scene, { measurements, signal });
    const isLive = output.interactive && given.options.once !== true && !isJson(given);
    let record = await look();
    if (!isLive) {
      await show(world, given, { record, text: () => drawn(record, output, PLAIN_ROWS) });
      const full = await keepsNothing(scene);
      if (full !== undefined) output.note(`${harmless(full)}\n  Fix: free some space\n`);
      return record.tally.down > 0 || full !== undefined ? 1 : 0;
    }
    output.write(CLEAR);
    while (!signal.aborted) {
      output.write(`${HOME}${drawn(record, output, output.rows).replaceAll("\n", "\u001b[K\n")}${REST}`);
      await world.doors.clock.delay(EVERY_MS, signal).catch(() => undefined);
      record = await look().catch(() => record);
    }
    return 0;
  },
};

function drawn(record: WatchRecord, { columns, colour }: Output, rows: number): string {
  return watchBoard(record, { columns, colour, rows });
}

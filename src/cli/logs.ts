import { UserError } from "../model/errors.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples, text } from "./command.ts";
import { show } from "./format.ts";
import { harmless } from "./output/plain-text.ts";
import { headOf } from "./records.ts";
import { openWithoutChecklist } from "./scene.ts";

export const logsCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command))
      .argument("[process]", "a component's name (default: all)")
      .option("-n, --lines <count>", "how many of the newest lines", "50")
      .option("--release <id>", "of this release only");
    examples(command, [
      ["gonogo logs", "the newest 50 lines of every process"],
      ["gonogo logs api -n 500 --release r7", "one process of one release"],
    ]);
  },
  async run(world, given) {
    await using scene = await openWithoutChecklist(world, given);
    const lines = Number(text(given, "lines"));
    if (!Number.isInteger(lines) || lines < 1) {
      throw new UserError(`--lines ${text(given, "lines")} is not a whole number above 0`);
    }
    const [process] = given.args;
    const release = text(given, "release");
    const found = await scene.target.logs(
      { lines, ...(process !== undefined && { process }), ...(release !== undefined && { release }) },
      world.signal,
    );
    const shown = found.map(
      (line) => `${line.release} ${line.process}.${line.index}  ${harmless(line.text)}\n`,
    );
    await show(world, given, {
      record: { kind: "logs", ...headOf(scene), lines: [...found] },
      text: () => (shown.length > 0 ? shown.join("") : "no log lines yet\n"),
    });
    return 0;
  },
};

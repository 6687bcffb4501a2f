import { UserError } from "../model/errors.ts";
import { type CommandModule, declareEnvironment, examples, text } from "./command.ts";
import { openScene } from "./scene.ts";
import { durationOption } from "./sign.ts";

const LONGEST_DAYS = 90;
const DAY_MS = 86_400_000;

export const waiveCommand: CommandModule = {
  declare(command) {
    declareEnvironment(command)
      .argument("<finding>", "fingerprint of a finding, as `gonogo check` shows it")
      .requiredOption("--reason <text>", "why it is acceptable")
      .requiredOption("--for <duration>", `how long; at most ${LONGEST_DAYS}d`)
      .option("--by <name>", "who accepts it (default: user@host)");
    examples(command, [
      ['gonogo waive 3f2a91c07b55 --reason "table of 40 rows" --for 30d', "accept one finding"],
    ]);
  },
  async run(world, given) {
    const finding = given.args[0] ?? "";
    if (!/^[0-9a-f]{12}$/.test(finding)) {
      throw new UserError(`"${finding}" is not a finding's fingerprint`, {
        fix: "twelve digits, as `gonogo check` shows",
      });
    }
    const lasts = durationOption(given, "for");
    if (lasts > LONGEST_DAYS * DAY_MS) throw new UserError(`a waiver lasts ${LONGEST_DAYS} days at most`);
    await using scene = await openScene(world, given);
    const at = scene.doors.clock.now();
    const by = text(given, "by") ?? world.who;
    await scene.store.people.waive({
      environment: scene.environment.name,
      finding,
      by,
      at,
      until: at + lasts,
      reason: text(given, "reason") ?? "",
    });
    world.output.write(
      `finding ${finding} accepted by ${by}; the check still runs and says what it would have been\n`,
    );
    return 0;
  },
};

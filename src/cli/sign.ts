import { parseDuration } from "../model/duration.ts";
import { UserError } from "../model/errors.ts";
import { type CommandModule, declareEnvironment, examples, type Given, text } from "./command.ts";
import { openScene } from "./scene.ts";

export const signCommand: CommandModule = {
  declare(command) {
    declareEnvironment(command)
      .argument("<item>", "an item of the checklist that a person answers")
      .requiredOption("--evidence <text>", "what it rests on: a sentence, a file, an address")
      .option("--by <name>", "who signs (default: user@host)")
      .option("--for <duration>", "how long it stands", "30d");
    examples(command, [
      [
        'gonogo sign support-team-trained --by "Ada" --evidence "session of 12 May" --for 90d',
        "a person's answer",
      ],
    ]);
  },
  async run(world, given) {
    await using scene = await openScene(world, given);
    const id = given.args[0] ?? "";
    const people = scene.items.filter((item) => item.answeredBy.by === "person");
    const item = people.find((each) => each.id === id);
    if (!item) {
      throw new UserError(`no item "${id}" waits for a person`, {
        fix: `one of: ${people.map((each) => each.id).join(", ") || "none; the checklist has no such line"}`,
      });
    }
    const at = scene.doors.clock.now();
    const until = at + durationOption(given, "for");
    const by = text(given, "by") ?? world.who;
    const { name } = scene.environment;
    await scene.store.people.sign({
      environment: name,
      item: id,
      by,
      at,
      until,
      evidence: text(given, "evidence") ?? "",
    });
    world.output.write(
      `${id} signed by ${by} for ${name}, until ${new Date(until).toISOString().slice(0, 16)}Z\n`,
    );
    return 0;
  },
};

/** Milliseconds of a required duration option. Throws UserError. */
export function durationOption(given: Given, name: string): number {
  const ms = parseDuration(text(given, name) ?? "");
  if (ms === undefined) {
    throw new UserError(`--${name} ${text(given, name)} is not a length of time`, {
      fix: "for example 12h, 30d, 8w",
    });
  }
  return ms;
}

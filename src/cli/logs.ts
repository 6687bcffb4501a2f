import { closest, distance } from "fastest-levenshtein";
import { UserError } from "../model/errors.ts";
import type { Launch } from "../model/launch.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples, text } from "./command.ts";
import { show } from "./format.ts";
import { lostRelease } from "./lost-release.ts";
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
    await using scene = await openWithoutChecklist(world, given, "looks");
    const lines = Number(text(given, "lines"));
    if (!Number.isInteger(lines) || lines < 1) {
      throw new UserError(`--lines ${text(given, "lines")} is not a whole number above 0`, {
        fix: "gonogo logs --lines 500",
      });
    }
    const [process] = given.args;
    expectComponent(process, scene.launch.components);
    const release = text(given, "release");
    const { live } = await scene.target.status(world.signal);
    const lost = await lostRelease(scene, live);
    if (lost !== undefined) {
      const { name } = scene.environment;
      throw new UserError(lost, {
        where: `${scene.directory}: its log files`,
        fix: `gonogo deploy --env ${name}, then gonogo logs --env ${name}`,
      });
    }
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

/** A name that was mistyped would else look like a process that says nothing. */
function expectComponent(name: string | undefined, components: Launch["components"]): void {
  const names = components.map((each) => each.name);
  if (name === undefined || names.includes(name)) return;
  const near = closest(name, names);
  const meant = distance(name, near) <= Math.max(2, name.length / 3) ? ` (did you mean "${near}"?)` : "";
  throw new UserError(`there is no component "${name}"${meant}`, { fix: `one of: ${names.join(", ")}` });
}

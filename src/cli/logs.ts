import { UserError } from "../model/errors.ts";
import type { Launch } from "../model/launch.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples, text } from "./command.ts";
import { show } from "./format.ts";
import { expectRelease } from "./known-release.ts";
import { lostRelease } from "./lost-release.ts";
import { noSuch } from "./no-such.ts";
import { harmless } from "./output/plain-text.ts";
import { headOf } from "./records.ts";
import { type OpenScene, openWithoutChecklist } from "./scene.ts";

export const logsCommand: CommandModule = {
  completes: { process: "processes", "--release": "releases" },
  declare(command) {
    declareFormat(declareEnvironment(command))
      .argument("[process]", "a component's name (default: all)")
      .option("-n, --lines <count>", "how many of the newest lines", "50")
      .option("--release <id>", "of this release, also of one that failed lately");
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
    await expectRelease(release, scene);
    await expectAgent(scene, world.signal);
    const found = await scene.target.logs(
      { lines, ...(process !== undefined && { process }), ...(release !== undefined && { release }) },
      world.signal,
    );
    const shown = found.map(
      (line) => `${line.release} ${line.process}.${line.index}  ${harmless(line.text)}\n`,
    );
    await show(world, given, {
      record: { kind: "logs", ...headOf(scene), lines: [...found] },
      text: () => (shown.length > 0 ? shown.join("") : nothingOf(release)),
    });
    return 0;
  },
};

function nothingOf(release: string | undefined): string {
  if (release === undefined) return "no log lines yet\n";
  return `no log lines of ${harmless(release)}: it wrote none, or they are gone; of failed releases only the last few leave theirs\n`;
}

/** Log files are the agent's to read: it knows which values to mask. */
async function expectAgent(scene: OpenScene, signal: AbortSignal): Promise<void> {
  const status = await scene.target.status(signal);
  if (status.address !== undefined) return;
  const { name } = scene.environment;
  const lost = await lostRelease(scene, status);
  const why = lost ? `, and nobody stopped it: ${lost.release} was live` : "";
  throw new UserError(`no agent runs in ${name}${why}`, {
    fix: `gonogo deploy --env ${name} starts it, then gonogo logs --env ${name}`,
  });
}

/** A name that was mistyped would else look like a process that says nothing. */
function expectComponent(name: string | undefined, components: Launch["components"]): void {
  const names = components.map((each) => each.name);
  if (name !== undefined && !names.includes(name)) throw noSuch("component", name, { known: names });
}

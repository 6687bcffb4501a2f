import path from "node:path";
import { type Initialised, initProject } from "../config/init.ts";
import { type CommandModule, declareFormat, examples, text } from "./command.ts";
import { show } from "./format.ts";
import { folded } from "./output/plain-text.ts";

export const initCommand: CommandModule = {
  declare(command) {
    declareFormat(command)
      .option("-C, --project <dir>", "the project's directory (default: here)")
      .option("-n, --dry-run", "print the file, write nothing")
      .option("--force", "write over an existing gonogo.config.ts");
    examples(command, [
      ["gonogo init --dry-run", "what it would write, and why"],
      ["gonogo init", "write gonogo.config.ts"],
    ]);
  },
  async run(world, given) {
    const { doors, workingDirectory, output } = world;
    const { kinds } = await world.registry();
    const directory = path.resolve(workingDirectory, text(given, "project") ?? ".");
    const dryRun = given.options.dryRun === true;
    const {
      file,
      text: config,
      guesses,
      checklist,
      toWrite,
    } = await initProject({
      directory,
      doors,
      dryRun,
      force: given.options.force === true,
      kinds,
    });
    const written = dryRun ? [] : [file];
    await show(world, given, {
      record: { version: 1, kind: "init", directory, written, guesses: [...guesses] },
      text: () => (dryRun ? config : folded(toldText({ file, guesses, checklist, toWrite }), output)),
    });
    if (dryRun) output.note("Nothing was written. Next: gonogo init\n");
    return 0;
  },
};

function toldText(done: Omit<Initialised, "text">): string {
  const { file, guesses, checklist, toWrite } = done;
  const lines = guesses.map(({ what, because }) => `  ${what}: ${because}\n`).join("");
  const next = checklist === undefined ? "gonogo check" : "gonogo import, then gonogo check";
  return `Guessed:\n${lines}\nWrote ${file}; its comments say what each line was guessed from.\nNext: correct it; ${writing(toWrite)}then ${next}\n`;
}

function writing(toWrite: Initialised["toWrite"]): string {
  if (!toWrite) return "";
  const { file, from, supplied } = toWrite;
  if (from === undefined) return `write ${file}; `;
  const without =
    supplied.length === 0
      ? ""
      : `, leaving out ${supplied.join(" and ")} for Gonogo to supply the server here`;
  return `cp ${from} ${file} and fill in the values${without}; `;
}

import path from "node:path";
import { type Import, importChecklist } from "../checklist/import-checklist.ts";
import { UserError } from "../model/errors.ts";
import type { Launch } from "../model/launch.ts";
import type { World } from "../wiring.ts";
import { readChecklistFile, writeChecklistFile } from "./checklist-file.ts";
import { type CommandModule, declareFormat, examples, type Given, text } from "./command.ts";
import { show } from "./format.ts";
import { secretsInFiles } from "./listed-secrets.ts";
import { doubtsRecord } from "./output/doubts-record.ts";
import { doubtsText } from "./output/doubts-text.ts";
import { explainRecord } from "./output/explain-record.ts";
import { explainText } from "./output/explain-text.ts";
import { importRecord } from "./output/import-record.ts";
import { importText } from "./output/import-text.ts";
import { nearRecord } from "./output/near-record.ts";
import { nearText } from "./output/near-text.ts";
import { preparedHere } from "./prepared-here.ts";

const USUAL = "LAUNCH.md";

export const importCommand: CommandModule = {
  completes: { file: "files" },
  declare(command) {
    declareFormat(command)
      .argument("[file]", `the checklist (default: the one the configuration names, or ${USUAL})`)
      .option("-C, --project <dir>", "the project's directory (default: here)")
      .option("--config <file>", "configuration file (default: gonogo.config.ts)")
      .option("-n, --dry-run", "show what would be written, write nothing")
      .option("--explain <line>", "why a line is bound as it is: words, rivals, confidence; writes nothing")
      .option("--near", "lines that a person answers and a check may; writes nothing")
      .option("--accept <lines>", "let the nearest check answer these lines: 41,57 or their ids")
      .option("--doubts", "lines that may ask for more than their checks show; writes nothing")
      .option("--also-sign <lines>", "have a person sign these lines too: 41,57 or their ids")
      .option("--repair", "write text that was encoded twice as it was meant");
    examples(command, [
      ["gonogo import LAUNCH.md --dry-run", "who would answer each line"],
      ["gonogo import LAUNCH.md", "bind its lines, in the file itself"],
      ["gonogo import --explain 41", "why line 41 is bound as it is"],
      ["gonogo import --near", "what a check may answer, for you to judge"],
      ["gonogo import --accept 41,57", "it does, in lines 41 and 57"],
      ["gonogo import --doubts", "what checks may not show all of, for you to judge"],
      ["gonogo import --also-sign 12", "they do not, in line 12: a person signs it too"],
    ]);
  },
  async run(world, given) {
    const { doors, workingDirectory, output } = world;
    const project = path.resolve(workingDirectory, text(given, "project") ?? ".");
    const launch = await declaredLaunch(world, given, project);
    const dryRun = given.options.dryRun === true;
    const repair = given.options.repair === true;
    const where = await checklistPath(world, { asked: given.args[0], project, launch });
    const file = await readChecklistFile(where, doors.files);
    const prepared = await preparedHere(world);
    expectOneAim(given);
    const { near, doubts } = given.options;
    const looksAgain = near === true || doubts === true;
    const accept = namesIn(text(given, "accept"));
    const alsoSign = namesIn(text(given, "alsoSign"));
    const secrets = launch ? await secretsInFiles(launch, doors.files) : [];
    const asked = { looksAgain, accept, alsoSign, secrets };
    const done = importChecklist({
      text: file.text,
      kinds: prepared().kinds,
      launch,
      repair,
      prepared,
      ...asked,
    });
    const name = path.relative(project, where) || where;
    const explained = text(given, "explain");
    if (explained !== undefined) {
      const why = explainRecord(explained, { ...done, file: name, prepared: prepared() });
      await show(world, given, { record: why, text: () => explainText(why, output) });
      return 0;
    }
    refuseMistakes(done, where);
    if (near === true) {
      const record = nearRecord(done.lines, name);
      await show(world, given, { record, text: () => nearText(record, output) });
      return 0;
    }
    if (doubts === true) {
      const record = doubtsRecord(done, name);
      await show(world, given, { record, text: () => doubtsText(record, output) });
      return 0;
    }
    const isChanged = done.text !== file.text;
    if (isChanged && !dryRun) await writeChecklistFile(file, done.text, doors.files);
    const record = importRecord({
      done,
      before: file.text,
      secrets,
      file: name,
      declared: launch?.checklist !== undefined && path.resolve(launch.directory, launch.checklist) === where,
      hasConfiguration: launch !== undefined,
      dryRun,
      written: isChanged && !dryRun,
      repaired: repair && !dryRun,
    });
    await show(world, given, { record, text: () => importText(record, output) });
    return 0;
  },
};

const AIMS = {
  explain: "--explain",
  near: "--near",
  accept: "--accept",
  doubts: "--doubts",
  alsoSign: "--also-sign",
};

/** Of two, one would go by unseen. */
function expectOneAim({ options }: Given): void {
  const aims = Object.entries(AIMS).flatMap(([key, name]) => (options[key] === undefined ? [] : name));
  if (aims.length < 2) return;
  throw new UserError(`${aims.join(" and ")} are ${aims.length === 2 ? "two" : aims.length} commands`, {
    fix: "one after the other",
  });
}

function namesIn(list: string | undefined): string[] {
  return (list ?? "").split(/[\s,]+/).filter((each) => each !== "");
}

/** A checklist may come first: without a configuration there is nothing yet that it could be held against. */
async function declaredLaunch(world: World, given: Given, project: string): Promise<Launch | undefined> {
  const names = await world.doors.files.list(project);
  const isDeclared = names.some((name) => /^gonogo\.config\.m?[jt]s$/.test(name));
  if (text(given, "config") === undefined && !isDeclared) return undefined;
  // To read a declaration takes a good part of what a first import takes.
  const { openLaunch } = await import("./open-launch.ts");
  return openLaunch(world, given);
}

async function checklistPath(
  { doors, workingDirectory }: World,
  { asked, project, launch }: { asked: string | undefined; project: string; launch: Launch | undefined },
): Promise<string> {
  if (asked === undefined) return path.resolve(launch?.directory ?? project, launch?.checklist ?? USUAL);
  const inProject = path.resolve(project, asked);
  return (await doors.files.stat(inProject)) ? inProject : path.resolve(workingDirectory, asked);
}

function refuseMistakes({ problems }: Import, where: string): void {
  const mistakes = problems.filter(({ stops }) => stops);
  if (mistakes.length === 0) return;
  const told = mistakes.slice(0, 20).map(({ line, what }) => `  line ${line}: ${what}`);
  const more = mistakes.length > 20 ? [`  and ${mistakes.length - 20} more`] : [];
  throw new UserError(["the checklist cannot be imported as it stands", ...told, ...more].join("\n"), {
    where,
    fix: "mend it and import again; nothing was written",
  });
}

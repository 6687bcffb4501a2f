import path from "node:path";
import { judgeNow } from "../../deploy/evaluate.ts";
import { liveRelease } from "../../deploy/scene.ts";
import { UserError } from "../../model/errors.ts";
import type { World } from "../../wiring.ts";
import {
  type CommandModule,
  declareEnvironment,
  declareLaunchTime,
  type ExitCode,
  examples,
  formatAmong,
  type Given,
  knownFormats,
  text,
} from "../command.ts";
import { openSettled } from "../open-settled.ts";
import { REPORT_FORMATS, renderReport } from "../output/report/formats.ts";
import { reportRecordOf } from "./record.ts";
import { showRow } from "./row.ts";
import { verifyReport } from "./verify.ts";
import { writeReport } from "./write.ts";

export const reportCommand: CommandModule = {
  completes: { "--format": REPORT_FORMATS, "--output": "files" },
  declare(command) {
    declareEnvironment(command)
      .option(
        "-f, --format <format>",
        `${knownFormats(REPORT_FORMATS)} (default: by the file's ending, else markdown)`,
        formatAmong(REPORT_FORMATS),
      )
      .option("--output <file>", "write it there instead of printing it")
      .option("--write", "tick the earned boxes in the checklist, un-tick the others")
      .option("--dry-run", "with --write: show the difference, write nothing")
      .option("--verify", "recompute the evidence chain; name every row that was changed")
      .option("--evidence <number>", "one row of evidence, as a tick's mark names it")
      .option("--anchor <proof>", "with --verify: what an earlier report gave as proof");
    declareLaunchTime(command);
    examples(command, [
      ["gonogo report --env production --output launch.html", "one file that opens and prints anywhere"],
      ["gonogo report --write --dry-run", "which boxes the evidence would tick"],
      ["gonogo report --evidence 412", "what a tick's mark points to"],
      ["gonogo report --verify", "exit code 1 when a row of evidence was changed"],
    ]);
  },
  async run(world, given) {
    const { write, verify, dryRun } = given.options;
    if (write && verify)
      throw new UserError("--write and --verify are two commands", { fix: "one after the other" });
    if (dryRun && !write) throw new UserError("--dry-run goes with --write");
    if (text(given, "anchor") !== undefined && !verify) throw new UserError("--anchor goes with --verify");
    if (text(given, "evidence") !== undefined) return await showRow(world, given);
    if (verify) return await verifyReport(world, given);
    if (write) return await writeReport(world, given);
    return await show(world, given);
  },
};

async function show(world: World, given: Given): Promise<ExitCode> {
  const format = formatOf(given);
  await using scene = await openSettled(world, given);
  const release = await liveRelease(scene, world.signal);
  const verdict = await judgeNow(scene, { whole: true, release: release?.id });
  const record = await reportRecordOf(scene, { release, verdict, tookMs: 0 });
  const rendered = await renderReport(record, format);
  const file = text(given, "output");
  if (file === undefined) {
    world.output.write(rendered);
  } else {
    await world.doors.files.write(path.resolve(world.workingDirectory, file), rendered);
    world.output.note(`${verdict.go ? "GO" : "NO-GO"} · the report is in ${file}\n`);
  }
  return verdict.go ? 0 : 1;
}

function formatOf(given: Given): string {
  const ending = path.extname(text(given, "output") ?? "").slice(1);
  const byEnding: Readonly<Record<string, string>> = {
    html: "html",
    htm: "html",
    json: "json",
    md: "markdown",
    markdown: "markdown",
    txt: "markdown",
    "": "markdown",
  };
  const format = text(given, "format") ?? byEnding[ending.toLowerCase()];
  if (format !== undefined) return format;
  throw new UserError(`no format of a report goes by the ending .${ending}`, {
    where: "--output",
    fix: `a name that ends in .html, .md or .json, or --format with one of: ${REPORT_FORMATS.join(", ")}`,
  });
}

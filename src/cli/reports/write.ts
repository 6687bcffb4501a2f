import path from "node:path";
import { questionsOf } from "../../assess/question.ts";
import { withoutCredentials } from "../../checklist/credentials.ts";
import { parseChecklist } from "../../checklist/markdown/parse.ts";
import { linesEarnedElsewhere } from "../../checklist/ticks/mark.ts";
import { writeTicks } from "../../checklist/ticks/ticks.ts";
import { judgeNow } from "../../deploy/evaluate.ts";
import { liveRelease } from "../../deploy/scene.ts";
import { UserError } from "../../model/errors.ts";
import type { World } from "../../wiring.ts";
import { readChecklistFile, writeChecklistFile } from "../checklist-file.ts";
import { type ExitCode, type Given, text } from "../command.ts";
import { secretsInFiles } from "../listed-secrets.ts";
import { openSettled } from "../open-settled.ts";
import type { TicksRecord } from "../output/contracts/report.ts";
import { ticksText } from "../output/ticks-text.ts";
import { earnedTicks } from "./earned-ticks.ts";
import { reportRecordOf } from "./record.ts";

/** Ticks the earned boxes of the checklist's file and un-ticks the others; nothing is asked anew. */
export async function writeReport(world: World, given: Given): Promise<ExitCode> {
  const format = text(given, "format") ?? "text";
  if (format !== "text" && format !== "json") {
    throw new UserError(`--write has no format "${format}"`, { fix: "text or json" });
  }
  await using scene = await openSettled(world, given);
  const { launch, doors } = scene;
  if (launch.checklist === undefined) {
    throw new UserError("the declaration names no checklist, so there is no box to tick", {
      where: launch.configFile,
      fix: 'checklist: "LAUNCH.md"',
    });
  }
  const file = await readChecklistFile(path.join(launch.directory, launch.checklist), doors.files);
  const secrets = await secretsInFiles(launch, doors.files);
  const { items } = parseChecklist(file.text, {
    secrets,
    knownChecks: questionsOf(launch).map(({ check }) => check.id),
  });
  const release = await liveRelease(scene, world.signal);
  const verdict = await judgeNow(scene, { whole: true, release: release?.id });
  const report = await reportRecordOf(scene, { release, verdict, tookMs: 0 });
  const ticks = earnedTicks(items, report, linesEarnedElsewhere(file.text, scene.environment.name));
  const result = writeTicks(file.text, items, ticks, secrets);
  const told = (list: string): string => withoutCredentials(list, secrets);
  const isDry = given.options.dryRun === true;
  const record: TicksRecord = {
    version: 1,
    kind: "ticks",
    launch: launch.name,
    environment: scene.environment.name,
    stage: scene.environment.stage,
    file: launch.checklist,
    dryRun: isDry,
    written: !isDry && result.text !== file.text,
    earned: [...ticks.values()].filter(({ earned }) => earned).length,
    lines: linesOf(told(file.text), told(result.text), result.changed),
    refused: result.refused,
  };
  if (record.written) await writeChecklistFile(file, result.text, doors.files);
  world.output.write(
    format === "json"
      ? (await import("../output/json.ts")).json(record)
      : ticksText(record, items, world.output),
  );
  return 0;
}

function linesOf(before: string, after: string, changed: readonly number[]): TicksRecord["lines"] {
  const was = before.split(/\r\n|\n|\r/);
  const now = after.split(/\r\n|\n|\r/);
  return changed.map((line) => ({ line, was: was[line - 1] ?? "", now: now[line - 1] ?? "" }));
}

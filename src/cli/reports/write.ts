import path from "node:path";
import { questionsOf } from "../../assess/question.ts";
import { type ParsedItem, parseChecklist } from "../../checklist/markdown/parse.ts";
import { type Tick, writeTicks } from "../../checklist/ticks/ticks.ts";
import { judgeNow } from "../../deploy/evaluate.ts";
import { liveRelease } from "../../deploy/scene.ts";
import { UserError } from "../../model/errors.ts";
import type { World } from "../../wiring.ts";
import { readChecklistFile, writeChecklistFile } from "../checklist-file.ts";
import { type ExitCode, type Given, text } from "../command.ts";
import { openSettled } from "../open-settled.ts";
import type { ItemRecord } from "../output/contracts/check.ts";
import type { ReportRecord, TicksRecord } from "../output/contracts/report.ts";
import { isEarned } from "../output/report/words.ts";
import { ticksText } from "../output/ticks-text.ts";
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
  const { items } = parseChecklist(file.text, {
    knownChecks: questionsOf(launch).map(({ check }) => check.id),
  });
  const release = await liveRelease(scene, world.signal);
  const verdict = await judgeNow(scene, { whole: true, release: release?.id });
  const report = await reportRecordOf(scene, { release, verdict, tookMs: 0 });
  const ticks = ticksOf(items, report);
  const result = writeTicks(file.text, items, ticks);
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
    lines: linesOf(file.text, result.text, result.changed),
    refused: result.refused,
  };
  if (record.written) await writeChecklistFile(file, result.text, doors.files);
  world.output.write(
    format === "json" ? (await import("../output/json.ts")).json(record) : ticksText(record, items),
  );
  return 0;
}

/** A line that need not be answered keeps its box; one that others answer for is earned when all of them are. */
function ticksOf(items: readonly ParsedItem[], report: ReportRecord): Map<number, Tick> {
  const records = new Map(report.check.items.map((each) => [each.id, each]));
  const below = recordsBelow(items, records);
  const ticks = new Map<number, Tick>();
  for (const item of items) {
    const record = records.get(item.id);
    if (!record) continue;
    const rests = item.isGroup && !item.binding ? (below.get(item.line) ?? []) : [record];
    if (rests.every(({ state }) => state === "not applicable")) continue;
    const earned = rests.every((each) => isEarned(each) || each.state === "not applicable");
    ticks.set(item.line, earned ? { earned, mark: markOf(rests, report) } : { earned });
  }
  return ticks;
}

/** By the line of a group: what the lines below it come to that answer for themselves. */
function recordsBelow(
  items: readonly ParsedItem[],
  records: ReadonlyMap<string, ItemRecord>,
): Map<number, ItemRecord[]> {
  const below = new Map<number, ItemRecord[]>();
  for (const { id, isGroup, binding, parentLines } of items) {
    const record = records.get(id);
    if (!record || (isGroup && !binding)) continue;
    for (const line of parentLines) {
      const known = below.get(line);
      if (known) known.push(record);
      else below.set(line, [record]);
    }
  }
  return below;
}

function markOf(rests: readonly ItemRecord[], { check, signOffs, release }: ReportRecord) {
  const ids = new Set(rests.map(({ id }) => id));
  const seen = check.answers.filter((each) => each.evidence !== null && each.items.some((id) => ids.has(id)));
  const signed = signOffs.filter((each) => ids.has(each.item));
  const times = [...seen.map(({ observedAt }) => observedAt ?? 0), ...signed.map((each) => each.at)];
  const told = [
    ...(seen.length > 0 ? [`evidence ${seen.map(({ evidence }) => evidence).join(",")}`] : []),
    ...(signed.length > 0 ? [`answer ${signed.map(({ seq }) => seq).join(",")}`] : []),
  ];
  return {
    environment: check.environment,
    release: release?.id,
    day: new Date(Math.max(...times)).toISOString().slice(0, 10),
    rests: told.join(" "),
  };
}

function linesOf(before: string, after: string, changed: readonly number[]): TicksRecord["lines"] {
  const was = before.split(/\r\n|\n|\r/);
  const now = after.split(/\r\n|\n|\r/);
  return changed.map((line) => ({ line, was: was[line - 1] ?? "", now: now[line - 1] ?? "" }));
}

import { formatDuration } from "../model/duration.ts";
import { quantity } from "../model/quantity.ts";
import { formatSize } from "../model/size.ts";
import { closingLine } from "./output/closing.ts";
import { countdownLines } from "./output/countdown.ts";
import { tally } from "./output/tally.ts";
import type { StatusRecord } from "./records.ts";
import { joined } from "./texts.ts";

const MOST_NAMED = 3;
const MOST_LINES = 20;

export function statusText(record: StatusRecord, now: number): string {
  const { environment, check } = record;
  const open = openText(record);
  const lines = [
    [record.launch, environment, ...(open === undefined ? [] : [open]), liveText(record, now)].join(" · "),
  ];
  if (record.warm)
    lines.push(
      `  ${record.warm.release} is warm for ${formatDuration(Math.max(0, record.warm.until - now))}`,
    );
  if (record.lease) {
    const { owner, purpose, step, since } = record.lease;
    const at = step === "" ? "" : `, at ${step}`;
    lines.push(`  locked by ${owner}: ${purpose}${at}, for ${formatDuration(now - since)}`);
  }
  if (record.storeAway !== null)
    lines.push("  ! incidents, questions and the verdict are not known while the store is away");
  lines.push(...waitingLines(record, now));
  for (const each of record.instances) {
    const memory = each.memoryBytes === null ? "" : `, ${formatSize(each.memoryBytes)}`;
    const restarts = each.restarts > 0 ? `, ${quantity(each.restarts, "restart")}` : "";
    lines.push(
      `  ${each.release === "" ? "service" : each.release} ${each.process}.${each.index} ${each.state}${memory}${restarts}`,
    );
  }
  for (const each of record.schedules) {
    const last =
      each.lastStartedAt === null
        ? "has not run yet"
        : `ran ${formatDuration(now - each.lastStartedAt)} ago, exit ${each.lastExitCode ?? "pending"}`;
    lines.push(`  schedule ${each.process} ${last}`);
  }
  for (const { check: id, component, state, outcome } of check?.answers ?? []) {
    // A promise that was measured is worth its line also when it is kept.
    if (id.endsWith(".restore-drill") && state === "go" && outcome?.status === "pass")
      lines.push(`  ${component} ${outcome.summary}`);
  }
  if (record.countdown) lines.push(...countdownLines(record.countdown, now));
  if (check) {
    const verdict = closingLine(check, tally(check));
    lines.push(open === undefined ? verdict : `${open} · checklist ${verdict}`);
  }
  lines.push(`Next: ${nextAfterStatus(record)}`);
  return joined(lines);
}

/** "i3 (P0) is open": no verdict of the checklist stands before it. */
export function openText({ incidents }: Pick<StatusRecord, "incidents">): string | undefined {
  const open = incidents.filter(({ state }) => state === "open");
  if (open.length === 0) return undefined;
  const named = open.slice(0, MOST_NAMED).map(({ id, severity }) => `${id} (${severity})`);
  const rest = open.length - named.length;
  return `${named.join(", ")}${rest > 0 ? ` and ${rest} more` : ""} ${open.length === 1 ? "is" : "are"} open`;
}

/** Users are not served as they should be, whatever the checklist says. */
export function isPaging({ incidents }: Pick<StatusRecord, "incidents">): boolean {
  return incidents.some(
    ({ state, severity }) => state === "open" && (severity === "P0" || severity === "P1"),
  );
}

function liveText({ live, lost, address, environment }: StatusRecord, now: number): string {
  if (live) return `release ${live} at ${address ?? "no address"}`;
  if (!lost) return "nothing is live";
  const isGone =
    lost.seenAt === null ? "is gone" : `has been gone for ${formatDuration(Math.max(0, now - lost.seenAt))}`;
  return `${lost.release} was live; its agent ${isGone}: gonogo deploy --env ${environment}`;
}

/** What waits for a person stands before everything else. */
function waitingLines({ incidents, questions, channels, environment }: StatusRecord, now: number): string[] {
  return [
    ...questions.flatMap(({ incident, text, goBack, keep }) => [
      `  ? ${incident} ${text}`,
      ...(goBack === null ? [] : [`      go back  ${goBack}`]),
      `      keep it  ${keep}`,
    ]),
    ...incidents
      .filter(({ id }) => questions.every(({ incident }) => incident !== id))
      .slice(0, MOST_LINES)
      .map(({ id, severity, state, title, openedAt, acknowledgedBy }) => {
        const who = acknowledgedBy === null ? "not acknowledged" : `acknowledged by ${acknowledgedBy}`;
        return `  ${state === "open" ? "✗" : "!"} ${id} ${severity} ${title}: ${state} for ${formatDuration(now - openedAt)}, ${who}`;
      }),
    ...(incidents.length > MOST_LINES
      ? [`  ... and ${incidents.length - MOST_LINES} more: gonogo incidents --env ${environment}`]
      : []),
    ...channels.flatMap(({ channel, kind, found, fix, waiting, lost }) => [
      `  ! nobody is told through ${channel} (${kind}): ${found}${waiting > 0 ? `; messages that wait: ${waiting}` : ""}${lost > 0 ? `; given up: ${lost}` : ""}`,
      `      fix  ${fix}`,
    ]),
  ];
}

function nextAfterStatus(record: StatusRecord): string {
  const { live, environment, incidents, questions, storeAway } = record;
  if (live && storeAway !== null) return `gonogo rollback --env ${environment} works without the store, too`;
  if (!live) return `gonogo deploy --env ${environment}`;
  const [question] = questions;
  if (question) return question.goBack ?? question.keep;
  const open = incidents.filter(({ state }) => state === "open");
  const first = open.find(({ acknowledgedBy }) => acknowledgedBy === null) ?? open[0];
  return first
    ? `gonogo incidents show ${first.id} --env ${environment}`
    : `gonogo check --env ${environment}`;
}

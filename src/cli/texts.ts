import { formatDuration } from "../model/duration.ts";
import { quantity } from "../model/quantity.ts";
import { isStopped } from "../model/stop-signal.ts";
import { harmless } from "./output/plain-text.ts";
import type { DeployRecord, PlanRecord, ReleasesRecord } from "./records.ts";

/** The end of a deploy for people: what is live now, what users noticed, what to do next. */
export function deployText(record: DeployRecord): string {
  const { downtime, deploy, release, environment } = record;
  const lines = record.told.map((each) => `  ${each}`);
  if (downtime) {
    lines.push(
      `  ${downtime.failed} of ${downtime.requests} probes failed through the switch, worst ${downtime.worstMs} ms`,
    );
    if (downtime.firstFailure) lines.push(`  first failure: ${downtime.firstFailure}`);
  }
  if (record.switchedInMs !== null) lines.push(`  traffic moved in ${formatDuration(record.switchedInMs)}`);
  if (record.bake) lines.push(`  bake: ${record.bake.state}, ${record.bake.reason}`);
  if (deploy.state === "done") {
    lines.push(
      `${record.launch} · ${environment} · ${release?.id} is live${record.address ? ` at ${record.address}` : ""}`,
    );
    lines.push(`Next: gonogo status --env ${environment}`);
  } else {
    lines.push(`${record.launch} · ${environment} · ${record.kind} ${deploy.id} ${deploy.state}`);
    lines.push(...reasonOf(record).map((each) => `  ${each}`));
    if (release && wasStarted(record))
      lines.push(`Logs: gonogo logs --env ${environment} --release ${release.id}`);
    if (!isShown(record)) lines.push(`Next: ${nextAfterFailure(record)}`);
  }
  return joined(lines);
}

/** Its processes ran, so they may have said why. */
function wasStarted({ kind, steps }: DeployRecord): boolean {
  return kind === "deploy" && steps.some(({ step, state }) => step === "stage" && state === "intent");
}

/** A board stands above: it names the blockers, and what comes next. */
export function isShown({ check, deploy }: DeployRecord): boolean {
  return check?.go === false && !isStopped(deploy.reason ?? undefined);
}

function nextAfterFailure({ kind, deploy, environment }: DeployRecord): string {
  if (isStopped(deploy.reason ?? undefined))
    return `gonogo status --env ${environment} shows what is live, gonogo ${kind} --env ${environment} starts over`;
  return `mend it, then gonogo ${kind} --env ${environment}; gonogo status shows what is live`;
}

function reasonOf(record: DeployRecord): string[] {
  const reason = record.deploy.reason ?? "no reason kept";
  const short = isShown(record) ? reason.replace(/( is NO-GO): .*/s, "$1, as shown above") : reason;
  return short.split("\n");
}

export function planText(record: PlanRecord): string {
  const { from, source, variables, migrations, processes, downtime, probes, environment, obstacle } = record;
  const lines = [
    `${record.launch} · ${environment} · what a deploy would do; nothing of it has happened`,
    ...(obstacle ? [`  refused     ${obstacle.what}${obstacle.where ? ` (${obstacle.where})` : ""}`] : []),
    `  code        ${from ? `${from.id} (${short(from.commit)})` : "nothing live"} -> ${short(source.commit)} ${source.subject}${source.dirty ? " (with uncommitted changes)" : ""}`,
    `  variables   ${changes(variables)}`,
    `  migrations  ${migrations.unknown ?? (migrations.pending.length > 0 ? `${migrations.pending.length} pending: ${migrations.pending.join(", ")}` : migrations.applied.length > 0 ? "none pending" : "none that a component applies")}`,
    `  rehearsal   ${rehearsalText(record.rehearsal)}`,
    `  processes   ${processes.map((each) => `${each.name} (${each.kind}${each.instances > 1 ? ` x${each.instances}` : ""})`).join(", ")}`,
    `  downtime    ${downtime.downtime}: ${downtime.reasons.join("; ")}`,
    `  probes      ${probes.length === 1 ? "1 check sends" : `${probes.length} checks send`} more than reads`,
    ...probes.map(
      (each) =>
        `    ${each.component} ${each.check}${each.sends.length > 0 ? `: ${[...new Set(each.sends)].join(", ")}` : ""}`,
    ),
    `Next: ${obstacle?.fix ?? `gonogo deploy --env ${environment}`}`,
  ];
  return joined(lines);
}

function rehearsalText({ will, why, budget, previous, asks }: PlanRecord["rehearsal"]): string {
  if (!will || !budget) return `none: ${why}`;
  const may = `it may take ${formatDuration(budget.durationMs)} and keep others waiting ${formatDuration(budget.blockedMs)}`;
  return `${why}; ${may}${previous === null ? "" : `; ${previous} is then asked ${asks.join(", ") || "nothing, for no smoke path is declared"}`}`;
}

function changes({ added, removed, changed }: PlanRecord["variables"]): string {
  const parts = [
    ...added.map((name) => `+${name}`),
    ...removed.map((name) => `-${name}`),
    ...changed.map((name) => `~${name}`),
  ];
  return parts.length > 0 ? parts.join(" ") : "no change";
}

export function releasesText({ releases, launch, environment }: ReleasesRecord, now: number): string {
  const lines = releases.map((each) => {
    const backup = each.backup ? ", backed up" : "";
    return `  ${each.id.padEnd(5)} ${each.state.padEnd(11)} ${short(each.commit)}  ${formatDuration(now - each.createdAt)} ago by ${each.createdBy}, ${quantity(each.migrations.length, "migration")}${backup}${rehearsed(each)}`;
  });
  if (lines.length === 0) lines.push("  none yet");
  return joined([
    `${launch} · ${environment}`,
    ...lines,
    `Next: ${nextAfterReleases(releases, environment)}`,
  ]);
}

/** Which way back its migrations have left open. */
function rehearsed({ rehearsal }: ReleasesRecord["releases"][number]): string {
  if (!rehearsal) return "";
  const { verdict, previous } = rehearsal;
  if (previous === null) return ", rehearsed";
  return `, rehearsed: back to ${previous} ${verdict === "code only" ? "moves code only" : verdict}`;
}

function nextAfterReleases(releases: ReleasesRecord["releases"], environment: string): string {
  const earlier = releases.find((each) => each.state === "replaced");
  return earlier
    ? `gonogo rollback --env ${environment} --to ${earlier.id} goes back to it`
    : `gonogo status --env ${environment}`;
}

/** "a1b2c3d", or "tree a1b2c3d" for a working tree with uncommitted changes. */
export function short(commit: string): string {
  return commit.startsWith("tree:") ? `tree ${commit.slice(5, 12)}` : commit.slice(0, 7);
}

/** Lines made harmless. */
export function joined(lines: readonly string[]): string {
  return `${lines.map((line) => harmless(line)).join("\n")}\n`;
}

import { formatDuration } from "../../model/duration.ts";
import { utc } from "../../model/phase-times.ts";
import { joined } from "../texts.ts";
import type { IncidentRecord, IncidentsRecord, SilencesRecord } from "./records.ts";

const MARKS = { open: "✗", mitigated: "!", resolved: "✓" } as const;

export function incidentsText(record: IncidentsRecord, now: number): string {
  const { launch, environment, incidents, undelivered } = record;
  const lines = [`${launch} · ${environment} · incidents`];
  for (const each of incidents) {
    const lasted = formatDuration((each.resolvedAt ?? now) - each.firstFailureAt);
    const taken =
      each.acknowledgedBy === null ? "not acknowledged" : `acknowledged by ${each.acknowledgedBy}`;
    const people = each.state === "resolved" ? "" : `, ${taken}`;
    lines.push(
      `  ${MARKS[each.state]} ${each.id.padEnd(5)} ${each.severity} ${each.title}`,
      `    ${each.state}, ${formatDuration(now - each.openedAt)} ago, lasted ${lasted}${people}${review(each, now)}`,
    );
  }
  if (incidents.length === 0) lines.push("  none");
  if (undelivered.length > 0) lines.push("  could not be delivered:");
  for (const each of undelivered) {
    lines.push(`    ${each.number} ${each.channel}: ${each.title} (${each.error ?? "no reason kept"})`);
  }
  lines.push(`Next: ${nextAfterIncidents(record)}`);
  return joined(lines);
}

function review({ reviewDueAt, reviewedAt }: IncidentsRecord["incidents"][number], now: number): string {
  if (reviewDueAt === null || reviewedAt !== null) return "";
  const left = reviewDueAt - now;
  return left > 0
    ? `, review due in ${formatDuration(left)}`
    : `, review overdue by ${formatDuration(-left)}`;
}

function nextAfterIncidents({ incidents, undelivered, environment }: IncidentsRecord): string {
  const unseen = incidents.find((each) => each.state === "open" && each.acknowledgedAt === null);
  if (unseen) return `gonogo incidents ack ${unseen.id} --env ${environment}`;
  const unreviewed = incidents.find((each) => each.reviewDueAt !== null && each.reviewedAt === null);
  if (unreviewed) return `gonogo incidents post-mortem ${unreviewed.id} --env ${environment}`;
  const [dead] = undelivered;
  if (dead) return `gonogo incidents retry ${dead.number} --env ${environment}, once ${dead.channel} works`;
  return `gonogo status --env ${environment}`;
}

export function incidentText(record: IncidentRecord, now: number): string {
  const { launch, environment, incident, timeline, messages, figures } = record;
  const { suspect } = incident;
  const lines = [
    `${launch} · ${environment} · ${incident.id} ${incident.state}`,
    `  ${MARKS[incident.state]} ${incident.severity} ${incident.title}`,
    `    began      ${utc(incident.firstFailureAt)}, lasted ${formatDuration(figures.lastedMs)}`,
    `    detected   after ${formatDuration(figures.detectionMs)}`,
    `    told       ${figures.tellingMs === null ? "nobody yet" : `after ${formatDuration(figures.tellingMs)}`}`,
    `    taken up   ${acknowledged(record)}`,
    `    affected   ${incident.affected.join(", ")}`,
  ];
  if (suspect) {
    lines.push(
      `    suspect    ${suspect.release} (${suspect.commit.slice(0, 7)}), live since ${utc(suspect.liveSince)}`,
    );
  } else if (incident.release !== null) lines.push(`    release    ${incident.release}`);
  lines.push("  timeline");
  for (const { at, kind, by, text } of timeline) {
    const said = [by === null ? "" : `by ${by}`, text].filter((each) => each !== "").join(": ");
    lines.push(`    ${new Date(at).toISOString().slice(11, 19)}  ${kind.padEnd(12)} ${said}`);
  }
  for (const each of messages.filter(({ state }) => state !== "sent")) {
    lines.push(
      `  message ${each.number} to ${each.channel} is ${each.state}: ${each.error ?? "not tried yet"}`,
    );
  }
  lines.push(`Next: ${nextFor(record, now)}`);
  return joined(lines);
}

function acknowledged({ incident, figures }: IncidentRecord): string {
  if (figures.acknowledgeMs === null) return "by nobody yet";
  return `by ${incident.acknowledgedBy} after ${formatDuration(figures.acknowledgeMs)}`;
}

function nextFor({ incident, environment }: IncidentRecord, now: number): string {
  const command = (words: string) => `gonogo incidents ${words} --env ${environment}`;
  if (incident.state !== "resolved") {
    return incident.acknowledgedAt === null
      ? command(`ack ${incident.id}`)
      : command(`note ${incident.id} "..."`);
  }
  if (incident.reviewDueAt === null || incident.reviewedAt !== null) return command("list");
  const left = formatDuration(Math.max(0, incident.reviewDueAt - now));
  return `${command(`post-mortem ${incident.id}`)}; its review is due in ${left}`;
}

export function silencesText({ launch, environment, silences }: SilencesRecord, now: number): string {
  const lines = silences.map((each) => {
    const what = each.fits.length === 0 ? "everything" : each.fits.join(", ");
    const left = each.active
      ? `${formatDuration(each.until - now)} left`
      : `from ${utc(each.from)} to ${utc(each.until)}`;
    return `  ${each.id.padEnd(4)} ${what}: ${left}, by ${each.by}: ${each.reason}`;
  });
  if (lines.length === 0) lines.push("  none");
  const active = silences.find((each) => each.active);
  const next = active
    ? `gonogo silence end ${active.id} --env ${environment}`
    : `gonogo silence add api --for 1h --reason "..." --env ${environment}`;
  return joined([`${launch} · ${environment} · silences`, ...lines, `Next: ${next}`]);
}

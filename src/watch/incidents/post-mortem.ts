import type { OutboxRow } from "../../model/alert.ts";
import type { Deploy } from "../../model/deploy.ts";
import { formatDuration } from "../../model/duration.ts";
import type { Incident, IncidentEvent } from "../../model/incident.ts";
import { budgetSpent, figuresOf } from "./timeline.ts";

/** "2026-11-21 09:00:07 UTC" */
function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

export interface PostMortemFacts {
  readonly launch: string;
  readonly incident: Incident;
  readonly events: readonly IncidentEvent[];
  readonly messages: readonly OutboxRow[];
  /** Deploys and rollbacks that ran from an hour before it began until it ended. */
  readonly deploys: readonly Deploy[];
  readonly availability: number | undefined;
  readonly acknowledgeWithinMs: number;
  readonly now: number;
}

/** A draft in Markdown: what is known is filled in, what only people know is asked for. Holds no secret. */
export function postMortem(facts: PostMortemFacts): string {
  const { launch, incident, events } = facts;
  const state = incident.state === "resolved" ? "" : ` (${incident.state}: figures are as of now)`;
  const lines = [
    `# ${incident.id}: ${harmless(incident.title)}`,
    "",
    `${launch}, ${incident.environment}, ${incident.severity}, ${utc(incident.firstFailureAt)}${state}`,
    "",
    "## What happened",
    "",
    "To be written: two or three sentences that somebody who was not there understands.",
    "",
    "## Figures",
    "",
    "| what | when or how long |",
    "|---|---|",
    ...rowsOf(facts).map(([label, value]) => `| ${label} | ${cell(value)} |`),
    "",
    "## Timeline",
    "",
    ...events
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, kind, by, text }) => {
        const who = by === undefined ? "" : ` by ${harmless(by)}`;
        return `- ${utc(at)} **${kind}**${who}${text === "" ? "" : `: ${harmless(text)}`}`;
      }),
    "",
    "## Why",
    "",
    suspicion(incident),
    "",
    "## What helped, what hindered",
    "",
    "To be written.",
    "",
    "## What we change",
    "",
    "- [ ] to be decided: what would have prevented it, who does it, until when",
    "- [ ] to be decided: what would have told us earlier",
    "",
  ];
  return lines.join("\n");
}

function rowsOf(facts: PostMortemFacts): (readonly [string, string])[] {
  const { incident, messages, deploys, availability, acknowledgeWithinMs, now } = facts;
  const { detectionMs, tellingMs, acknowledgeMs, lastedMs } = figuresOf(incident, now);
  const spent = budgetSpent(lastedMs, availability);
  const undelivered = messages.filter(({ state }) => state === "dead").length;
  const { suspect } = incident;
  return [
    ["first failure", utc(incident.firstFailureAt)],
    ["release then live", incident.release ?? "unknown"],
    ...(suspect
      ? [["suspect", `${suspect.release} (${suspect.commit}), live since ${utc(suspect.liveSince)}`] as const]
      : []),
    ["affected", incident.affected.join(", ")],
    ["detected", `after ${formatDuration(detectionMs)}`],
    ["notified", tellingMs === undefined ? "nobody was reached" : `${formatDuration(tellingMs)} later`],
    ["acknowledged", acknowledged(incident, acknowledgeMs, acknowledgeWithinMs)],
    ["messages", `${messages.length}${undelivered > 0 ? `, ${undelivered} never delivered` : ""}`],
    ...deploys.map(({ id, kind, release, from, state, startedAt }) => {
      const moved = from === undefined ? release : `${from} to ${release}`;
      return [
        kind === "rollback" || state === "rolled back" ? "rolled back" : "deploy",
        `${id} ${moved}, ${state}, ${utc(startedAt)}`,
      ] as const;
    }),
    ...(incident.mitigatedAt === undefined ? [] : [["mitigated", utc(incident.mitigatedAt)] as const]),
    ["resolved", incident.resolvedAt === undefined ? "not yet" : utc(incident.resolvedAt)],
    ["lasted", formatDuration(lastedMs)],
    ...(spent === undefined
      ? []
      : [["budget spent", `${(100 * spent).toFixed(1)} % of 30 days' at most`] as const]),
  ];
}

function acknowledged({ acknowledgedBy }: Incident, tookMs: number | undefined, withinMs: number): string {
  if (tookMs === undefined) return "by nobody";
  const late = tookMs > withinMs ? `, later than the ${formatDuration(withinMs)} aimed at` : "";
  return `by ${acknowledgedBy ?? "somebody"} after ${formatDuration(tookMs)}${late}`;
}

function suspicion({ suspect }: Incident): string {
  if (!suspect) return "To be written: ask why until the answer is something that can be changed.";
  return `To be written. ${suspect.release} went live shortly before: \`git show ${suspect.commit.replace("tree:", "")}\`. Ask why until the answer is something that can be changed.`;
}

function cell(text: string): string {
  return harmless(text).replaceAll("|", "\\|");
}

/** One line, and nothing a reader's Markdown would run or load. */
function harmless(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[<>`[\]*_#]/g, "\\$&");
}

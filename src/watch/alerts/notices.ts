import type { Alert } from "../../model/alert.ts";
import type { Notice, NoticeKind } from "../../model/channel.ts";
import { formatDuration } from "../../model/duration.ts";
import type { Incident } from "../../model/incident.ts";
import { facts, frame, type NoticeHead, nextFacts } from "../../notify/framing.ts";
import type { TellReason } from "./dedupe.ts";

const KINDS: Readonly<Record<TellReason, NoticeKind>> = {
  first: "firing",
  "new alerts": "firing",
  "new resolved": "still firing",
  repeat: "still firing",
  "all resolved": "resolved",
};

const NAMED = 5;
const FLAPPING = 5;

/** What a channel is told of a group. */
export function groupNotice(options: {
  head: NoticeHead;
  key: string;
  reason: TellReason;
  incident: Incident;
  /** As the channel is shown them, weightiest first. */
  firing: readonly Alert[];
  resolved: readonly Alert[];
  /** Firing and not told: what depends on these, or is silenced. */
  unsaid: readonly Alert[];
  now: number;
}): Notice {
  const { head, key, reason, incident, firing, resolved, unsaid, now } = options;
  const [first] = firing;
  const isOver = reason === "all resolved" || !first;
  const title = isOver ? `${incident.title}: over` : titleOf(firing);
  return {
    ...frame(head, incident),
    key,
    kind: KINDS[reason],
    severity: incident.severity,
    title,
    at: reason === "first" && first ? first.confirmedAt : now,
    facts: facts([
      ["found", first?.detail],
      ["means", first?.consequence],
      ["fix", first?.fix],
      ["began", first && `${formatDuration(Math.max(0, now - incident.firstFailureAt))} ago`],
      ["lasted", first ? undefined : formatDuration((incident.resolvedAt ?? now) - incident.firstFailureAt)],
      ["suspect", incident.suspect && suspectText(incident)],
      ["go back", first && incident.suspect && `gonogo rollback --env ${head.environment}`],
      ["release", incident.suspect ? undefined : incident.release],
      ["also down", names(firing.slice(1))],
      ["explained by it", names(unsaid)],
      ["up again", names(resolved)],
      [
        "flapping",
        first && first.changes >= FLAPPING ? `${first.changes} changes within the hour` : undefined,
      ],
      ...nextFacts(head, incident, { isOver }),
    ]),
  };
}

/** What the next people of the chain are told while nobody has acknowledged. */
export function escalationNotice(options: {
  head: NoticeHead;
  key: string;
  incident: Incident;
  now: number;
}): Notice {
  const { head, key, incident, now } = options;
  return {
    ...frame(head, incident),
    key,
    kind: "still firing",
    severity: incident.severity,
    title: `${incident.title}; nobody has acknowledged it`,
    at: now,
    facts: facts([
      ["open for", formatDuration(now - incident.openedAt)],
      ["suspect", incident.suspect && suspectText(incident)],
      ["go back", incident.suspect && `gonogo rollback --env ${head.environment}`],
      ["affected", incident.affected.join(", ")],
      ...nextFacts(head, incident),
    ]),
  };
}

/** "db: postgres.connection.ok fails and 3 more" */
export function titleOf(alerts: readonly Alert[]): string {
  const [first] = alerts;
  if (!first) return "";
  const more = alerts.length > 1 ? ` and ${alerts.length - 1} more` : "";
  return `${first.component}: ${whatOf(first)} fails${more}`;
}

function whatOf({ check, monitor, component }: Alert): string {
  return check ?? (monitor.startsWith(`${component}/`) ? monitor.slice(component.length + 1) : monitor);
}

function suspectText({ suspect, firstFailureAt }: Incident): string | undefined {
  if (!suspect) return undefined;
  const { release, commit, liveSince } = suspect;
  const lived = formatDuration(Math.max(0, firstFailureAt - liveSince));
  return `release ${release} (${commit.replace("tree:", "").slice(0, 7)}), live for ${lived} when it began`;
}

function names(alerts: readonly Alert[]): string | undefined {
  if (alerts.length === 0) return undefined;
  const named = alerts.slice(0, NAMED).map((each) => `${each.component}: ${whatOf(each)}`);
  return [...named, ...(alerts.length > NAMED ? [`${alerts.length - NAMED} more`] : [])].join(", ");
}

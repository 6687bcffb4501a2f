import type { Alert, AlertGroup } from "../../model/alert.ts";
import { type Incident, REVIEW_WITHIN_MS, type Suspect, UNTOUCHED } from "../../model/incident.ts";
import { titleOf } from "../alerts/notices.ts";
import { byWeight, gravest } from "../alerts/severity.ts";

/** What comes back within this is the same incident. */
export const REOPEN_MS = 15 * 60_000;
/** A release that went live longer ago than this is no suspect. */
const SUSPECT_MS = 3_600_000;

export function newIncident(options: {
  id: string;
  environment: string;
  alert: Alert;
  live: Suspect | undefined;
  now: number;
}): Incident {
  const { id, environment, alert, live, now } = options;
  return {
    id,
    environment,
    ...UNTOUCHED,
    severity: alert.severity,
    title: titleOf([alert]),
    component: alert.component,
    affected: [alert.component],
    openedAt: now,
    firstFailureAt: alert.firstFailureAt,
    release: alert.release ?? live?.release,
    suspect: suspectOf(alert, live),
  };
}

function suspectOf({ firstFailureAt }: Alert, live: Suspect | undefined): Suspect | undefined {
  if (!live || firstFailureAt - live.liveSince > SUSPECT_MS) return undefined;
  // A probe that was under way when the switch happened may carry an earlier time than it.
  return firstFailureAt >= live.liveSince - 1_000 ? live : undefined;
}

/**
 * What the incident is called and put down to, now that these alerts are in it. It keeps its name until something
 * graver or what explains it comes up, and the gravest it has been stays.
 */
export function described(incident: Incident, group: AlertGroup, explained: ReadonlySet<string>): Incident {
  const firing = group.alerts.filter((each) => each.resolvedAt === undefined).sort(byWeight(explained));
  const said = firing.filter((each) => !explained.has(each.monitor));
  const [first] = said.length > 0 ? said : firing;
  if (!first) return incident;
  const own = said.length > 0 ? said : firing;
  const isGraver = first.severity < incident.severity;
  const isExplained = firing.some(
    (each) => each.component === incident.component && explained.has(each.monitor),
  );
  const isFirst = incident.title.startsWith(titleOf([first])) && own.length > countOf(incident.title);
  const renamed =
    isGraver || isExplained || isFirst ? { title: titleOf(own), component: first.component } : {};
  return {
    ...incident,
    severity: gravest([incident.severity, ...firing.map((each) => each.severity)]),
    ...renamed,
    affected: [...new Set([...incident.affected, ...firing.map((each) => each.component)])],
    firstFailureAt: Math.min(incident.firstFailureAt, ...firing.map((each) => each.firstFailureAt)),
  };
}

/** How many alerts a title speaks of. */
function countOf(title: string): number {
  return 1 + Number(/ and (\d+) more$/.exec(title)?.[1] ?? 0);
}

export function resolved(incident: Incident, at: number): Incident {
  const isGrave = incident.severity === "P0" || incident.severity === "P1";
  return {
    ...incident,
    state: "resolved",
    resolvedAt: at,
    reviewDueAt: isGrave ? at + REVIEW_WITHIN_MS : undefined,
  };
}

export function reopened(incident: Incident): Incident {
  const state = incident.mitigatedAt === undefined ? "open" : "mitigated";
  return { ...incident, state, resolvedAt: undefined, reviewDueAt: undefined };
}

/** The incident of this component that ended a moment ago, unless another release went live since. */
export function toReopen(
  incidents: Iterable<Incident>,
  alert: Alert,
  live: Suspect | undefined,
): Incident | undefined {
  return [...incidents].find(
    ({ component, resolvedAt }) =>
      component === alert.component &&
      resolvedAt !== undefined &&
      alert.confirmedAt - resolvedAt < REOPEN_MS &&
      (live === undefined || live.liveSince < resolvedAt),
  );
}

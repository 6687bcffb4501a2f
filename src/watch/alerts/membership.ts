import type { Alert, AlertGroup, Transition } from "../../model/alert.ts";
import type { AlertPolicy } from "../../model/alert-policy.ts";
import type { Suspect } from "../../model/incident.ts";
import { described, newIncident, reopened, resolved, toReopen } from "../incidents/lifecycle.ts";
import { type Dependencies, inhibited } from "./dependencies.ts";
import { groupKey, groupToJoin } from "./joining.ts";
import { type Draft, keepGroup, keepIncident, tell } from "./state.ts";

export interface MembershipSetting {
  readonly environment: string;
  readonly policy: AlertPolicy;
  readonly dependencies: Dependencies;
  newIncidentId(): string;
  /** The release users get now. */
  live(): Suspect | undefined;
}

/** Puts an alert into the group it belongs to; opens an incident where there is none. */
export function fire(draft: Draft, alert: Alert, setting: MembershipSetting): void {
  const { state, now } = draft;
  const { policy, dependencies } = setting;
  const ownId = state.groupOf.get(alert.monitor);
  const own = ownId === undefined ? undefined : state.groups.get(ownId);
  const componentsOf = ({ incident }: AlertGroup) => state.incidents.get(incident)?.affected ?? [];
  const joined =
    own ?? groupToJoin(alert, state.groups.values(), { by: policy.grouping.by, dependencies, componentsOf });
  const group = joined ?? open(draft, alert, setting);
  const others = own ? own.alerts.filter((each) => each.monitor !== alert.monitor) : group.alerts;
  // What is graver than all that was told does not wait for the group's next turn.
  const isGravest = others.length > 0 && others.every((each) => alert.severity < each.severity);
  const soon = Math.min(group.nextFlushAt, now + policy.grouping.waitMs);
  keepGroup(draft, {
    ...group,
    alerts: [...others, alert],
    nextFlushAt: isGravest ? soon : group.nextFlushAt,
  });
  const incident = state.incidents.get(group.incident);
  if (!joined || !incident) return;
  if (incident.resolvedAt === undefined) {
    draft.joined.set(incident.id, [...(draft.joined.get(incident.id) ?? []), alert]);
    return;
  }
  keepIncident(draft, reopened(incident));
  tell(draft, incident.id, { kind: "reopened", text: lineOf(alert) });
}

function open(draft: Draft, alert: Alert, setting: MembershipSetting): AlertGroup {
  const { now, state } = draft;
  const { environment, policy } = setting;
  const again = toReopen(state.incidents.values(), alert, setting.live());
  const incident = again
    ? reopened(again)
    : newIncident({ id: setting.newIncidentId(), environment, alert, live: setting.live(), now });
  keepIncident(draft, incident);
  tell(draft, incident.id, { kind: again ? "reopened" : "opened", text: lineOf(alert) });
  return {
    incident: incident.id,
    key: groupKey(alert, policy.grouping.by),
    createdAt: now,
    flushedAt: undefined,
    nextFlushAt: now + policy.grouping.waitMs,
    alerts: [],
    told: {},
  };
}

/** Marks an alert as over; it stays in its group until that was told. */
export function recover(draft: Draft, { monitor, at, detail }: Transition): void {
  const { state } = draft;
  const group = state.groups.get(state.groupOf.get(monitor) ?? "");
  if (!group) return;
  const alerts = group.alerts.map((each) => (each.monitor === monitor ? { ...each, resolvedAt: at } : each));
  keepGroup(draft, { ...group, alerts });
  const incident = state.incidents.get(group.incident);
  if (!incident || incident.resolvedAt !== undefined) return;
  tell(draft, incident.id, { kind: "recovered", text: `${monitor}: ${detail}` });
  if (alerts.some((each) => each.resolvedAt === undefined)) return;
  keepIncident(draft, resolved(incident, at));
  tell(draft, incident.id, { kind: "resolved", text: "everything that failed is up again" });
}

const NAMED = 5;
const MANY = 100;

/** Once a step: incidents are named after what is in them now, and who joined is told in one line. */
export function describeChanged(draft: Draft, dependencies: Dependencies): void {
  const { state } = draft;
  if (draft.groups.size === 0) return;
  // Many that gather are named when they are told: more is to come, and there is much to look through.
  const ids = [...draft.groups].filter((id) => {
    const group = state.groups.get(id);
    return group !== undefined && (group.flushedAt !== undefined || group.alerts.length <= MANY);
  });
  const explained = ids.length > 0 ? explainedIn(draft, dependencies) : new Set<string>();
  for (const id of ids) {
    const [group, incident] = [state.groups.get(id), state.incidents.get(id)];
    if (!group || !incident || incident.resolvedAt !== undefined) continue;
    const named = described(incident, group, explained);
    if (JSON.stringify(named) !== JSON.stringify(incident)) keepIncident(draft, named);
  }
  for (const [id, alerts] of draft.joined) {
    const more = alerts.length > NAMED ? ` and ${alerts.length - NAMED} more` : "";
    const text = `${alerts.slice(0, NAMED).map(lineOf).join("; ")}${more}`;
    tell(draft, id, { kind: "joined", text });
  }
  draft.joined.clear();
}

export function explainedIn({ state }: Draft, dependencies: Dependencies): Set<string> {
  const alerts = [...state.groups.values()].flatMap((each) => each.alerts);
  return inhibited(alerts, dependencies);
}

function lineOf({ monitor, detail }: Alert): string {
  return `${monitor}: ${detail}`;
}

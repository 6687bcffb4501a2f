import type { Alert, AlertGroup, MonitorTrack, OutgoingMessage, Transition } from "../../model/alert.ts";
import type { AlertChange, Incident, IncidentEvent, IncidentEventKind } from "../../model/incident.ts";

/** Everything the evaluator holds in memory; the store holds the same, one change behind at most. */
export interface AlertState {
  readonly tracks: Map<string, MonitorTrack>;
  /** By incident. */
  readonly groups: Map<string, AlertGroup>;
  /** Monitor to the incident whose group its alert is in. */
  readonly groupOf: Map<string, string>;
  /** Unresolved, or resolved so lately that they may be reopened. */
  readonly incidents: Map<string, Incident>;
}

/** What one step has changed so far. */
export interface Draft {
  readonly state: AlertState;
  readonly now: number;
  readonly tracks: Set<string>;
  readonly groups: Set<string>;
  readonly incidents: Set<string>;
  readonly transitions: Transition[];
  /** By incident. */
  readonly joined: Map<string, Alert[]>;
  readonly events: IncidentEvent[];
  readonly messages: OutgoingMessage[];
}

/** The state as it was kept. */
export function stateFrom(kept: {
  readonly tracks: readonly MonitorTrack[];
  readonly groups: readonly AlertGroup[];
  readonly incidents: readonly Incident[];
}): AlertState {
  return {
    tracks: new Map(kept.tracks.map((each) => [each.monitor, each])),
    groups: new Map(kept.groups.map((each) => [each.incident, each])),
    groupOf: new Map(
      kept.groups.flatMap((each) => each.alerts.map(({ monitor }) => [monitor, each.incident])),
    ),
    incidents: new Map(kept.incidents.map((each) => [each.id, each])),
  };
}

export function newDraft(state: AlertState, now: number): Draft {
  return {
    state,
    now,
    tracks: new Set(),
    groups: new Set(),
    incidents: new Set(),
    transitions: [],
    joined: new Map(),
    events: [],
    messages: [],
  };
}

export function keepGroup({ state, groups }: Draft, group: AlertGroup): void {
  const before = state.groups.get(group.incident)?.alerts ?? [];
  const after = group.alerts;
  // Appended to, in the case that must be quick: everything fails at once.
  const isAppended = after.length === before.length + 1 && after[0] === before[0];
  if (!isAppended) for (const { monitor } of before) state.groupOf.delete(monitor);
  for (const { monitor } of isAppended ? after.slice(-1) : after) state.groupOf.set(monitor, group.incident);
  state.groups.set(group.incident, group);
  groups.add(group.incident);
}

export function dropGroup({ state, groups }: Draft, incident: string): void {
  for (const { monitor } of state.groups.get(incident)?.alerts ?? []) state.groupOf.delete(monitor);
  state.groups.delete(incident);
  groups.add(incident);
}

export function keepIncident({ state, incidents }: Draft, incident: Incident): void {
  state.incidents.set(incident.id, incident);
  incidents.add(incident.id);
}

export function tell(
  draft: Draft,
  incident: string,
  { kind, text }: { kind: IncidentEventKind; text: string },
): void {
  draft.events.push({ incident, at: draft.now, kind, by: undefined, text });
}

/** Undefined when nothing is to be kept. */
export function changeOf(draft: Draft, environment: string): AlertChange | undefined {
  const { state, now, events, messages, transitions } = draft;
  const change: AlertChange = {
    environment,
    at: now,
    tracks: found(draft.tracks, state.tracks),
    transitions,
    groups: found(draft.groups, state.groups),
    closed: [...draft.groups].filter((id) => !state.groups.has(id)),
    incidents: found(draft.incidents, state.incidents),
    events,
    messages,
  };
  const { tracks, groups, closed, incidents } = change;
  const parts = [tracks, transitions, groups, closed, incidents, events, messages];
  return parts.some((part) => part.length > 0) ? change : undefined;
}

function found<Value>(ids: ReadonlySet<string>, known: ReadonlyMap<string, Value>): Value[] {
  return [...ids].flatMap((id) => known.get(id) ?? []);
}

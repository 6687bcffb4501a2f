import type { Alert, AlertGroup, Transition } from "../../model/alert.ts";
import type { AlertPolicy } from "../../model/alert-policy.ts";
import { durationMs } from "../../model/duration.ts";
import type { AlertChange, Incident, Suspect } from "../../model/incident.ts";
import type { Monitor, Reading } from "../../model/monitor.ts";
import type { NoticeHead } from "../../notify/framing.ts";
import { nextEscalationAt } from "../incidents/escalation.ts";
import { described, REOPEN_MS } from "../incidents/lifecycle.ts";
import { dependenciesOf } from "./dependencies.ts";
import { gatheredAt } from "./gathering.ts";
import { type Illness, illnessReading, WATCHER_MONITOR } from "./illness.ts";
import { describeChanged, explainedIn, fire, type MembershipSetting, recover } from "./membership.ts";
import type { Muting } from "./muting.ts";
import { escalationNotice } from "./notices.ts";
import { type AlertState, changeOf, type Draft, keepGroup, keepIncident, newDraft, tell } from "./state.ts";
import { flush, unsaidOf } from "./telling.ts";
import { newTrack, nextTrack } from "./track.ts";

/** What the evaluator cannot see by itself. */
export interface Circumstances {
  readonly muting: Omit<Muting, "maintenance">;
  /** The release users get, and since when. */
  readonly live: Suspect | undefined;
  /** As the store has them: people acknowledge and resolve with commands of their own. */
  readonly incidents: readonly Incident[];
}

export interface EvaluatorSetting {
  readonly head: NoticeHead;
  readonly policy: AlertPolicy;
  readonly monitors: readonly Monitor[];
  readonly state: AlertState;
  newIncidentId(): string;
  newKey(): string;
}

/** Turns readings into changes. Does no I/O and reads no clock; each step says what is to be kept, whole. */
export interface Evaluator {
  /** Once, before anything else: what is watched no more cannot be down. */
  begin(now: number): AlertChange | undefined;
  take(readings: readonly Reading[], now: number): AlertChange | undefined;
  /** Whether a reading speaks against what is believed: most do not, and need no look around. */
  isNews(reading: Reading): boolean;
  /** Tells what is due. */
  tick(now: number): AlertChange | undefined;
  notice(circumstances: Circumstances): void;
  /** The clock was put back: what was to be told in a while is not told hours later. */
  clockWasPutBack(now: number): void;
  /** While the watcher is ill nothing is believed to be down. */
  ill(illness: Illness | undefined, now: number): AlertChange | undefined;
  /** When `tick` has something to do; undefined: not before the next reading. */
  dueAt(): number | undefined;
}

export function createEvaluator(setting: EvaluatorSetting): Evaluator {
  const { head, policy, state } = setting;
  const { environment } = head;
  const alarming = setting.monitors.filter(({ shownOnly }) => shownOnly !== true);
  const monitors = new Map([...alarming, WATCHER_MONITOR].map((each) => [each.id, each]));
  const everyMs = new Map([...monitors].map(([id, { every }]) => [id, durationMs(every)]));
  const dependencies = dependenciesOf(monitors.values());
  const membership: MembershipSetting = {
    environment,
    policy,
    dependencies,
    newIncidentId: setting.newIncidentId,
    live: () => circumstances.live,
  };
  let circumstances: Circumstances = {
    muting: { silences: [], deploy: undefined, isStopped: false },
    live: undefined,
    incidents: [],
  };
  let illness: Illness | undefined;
  /** Monitors that have begun to fail and are not believed yet. */
  const failing = new Set<string>();

  function take(readings: readonly Reading[], now: number): AlertChange | undefined {
    const draft = newDraft(state, now);
    for (const reading of readings) {
      if (illness && reading.monitor !== WATCHER_MONITOR.id) continue;
      const monitor = monitors.get(reading.monitor);
      if (monitor) read(draft, monitor, reading);
    }
    describeChanged(draft, dependencies);
    return changeOf(draft, environment);
  }

  function read(draft: Draft, monitor: Monitor, reading: Reading): void {
    const before = state.tracks.get(monitor.id) ?? newTrack(monitor.id);
    const { track, transition } = nextTrack(before, reading, monitor);
    state.tracks.set(monitor.id, track);
    if (track.state === "up" && track.against > 0) failing.add(monitor.id);
    else failing.delete(monitor.id);
    if (!transition) return;
    draft.tracks.add(monitor.id);
    draft.transitions.push(transition);
    if (transition.to === "up") recover(draft, transition);
    else {
      const alert = alertOf(monitor, transition, draft.now);
      fire(draft, { ...alert, fix: reading.fix ?? monitor.fix }, membership);
    }
  }

  function alertOf(monitor: Monitor, { since, detail, release }: Transition, now: number): Alert {
    const { id, component, check, title, consequence, severity } = monitor;
    return {
      monitor: id,
      component,
      check,
      title,
      consequence,
      severity,
      firstFailureAt: since,
      confirmedAt: now,
      resolvedAt: undefined,
      detail,
      release,
      changes: state.tracks.get(id)?.changedAt.length ?? 0,
    };
  }

  function tick(now: number): AlertChange | undefined {
    const draft = newDraft(state, now);
    for (const group of [...state.groups.values()]) {
      const known = state.incidents.get(group.incident);
      if (!known || groupDueAt(group, now) > now) continue;
      const incident = described(known, group, explainedIn(draft, dependencies));
      if (incident.title !== known.title) keepIncident(draft, incident);
      flush(draft, group, { ...setting, dependencies, unsaid: unsaidFor(draft, group), incident });
    }
    for (const incident of [...state.incidents.values()]) {
      if ((nextEscalationAt(incident, policy) ?? Number.POSITIVE_INFINITY) <= now) escalate(draft, incident);
      const isLongOver = incident.resolvedAt !== undefined && now - incident.resolvedAt > REOPEN_MS;
      if (isLongOver && !state.groups.has(incident.id)) state.incidents.delete(incident.id);
    }
    return changeOf(draft, environment);
  }

  function unsaidFor(draft: Draft, group: AlertGroup): Set<string> {
    const muting = { ...circumstances.muting, maintenance: policy.maintenance };
    return unsaidOf(draft, group, { dependencies, muting, lingerMs: policy.grouping.gatherMs });
  }

  function escalate(draft: Draft, incident: Incident): void {
    const group = state.groups.get(incident.id);
    const unsaid = group ? unsaidFor(draft, group) : new Set<string>();
    const firing = group?.alerts.filter((each) => !each.resolvedAt && !unsaid.has(each.monitor)) ?? [];
    // Nobody can have acknowledged what nobody was told.
    if (group && (firing.length === 0 || group.flushedAt === undefined)) return;
    const to = policy.escalation[incident.escalated]?.to ?? [];
    const notice = escalationNotice({ head, key: setting.newKey(), incident, now: draft.now });
    for (const channel of to) draft.messages.push({ channel, incident: incident.id, notice });
    tell(draft, incident.id, { kind: "escalated", text: `nobody acknowledged; told ${to.join(", ")}` });
    keepIncident(draft, { ...incident, escalated: incident.escalated + 1 });
    if (!group) return;
    // Whoever was called must hear of the end too.
    const entry = { firing: firing.map((each) => each.monitor), resolved: [], at: draft.now };
    const told = Object.fromEntries(to.map((channel) => [channel, group.told[channel] ?? entry]));
    keepGroup(draft, { ...group, told: { ...group.told, ...told } });
  }

  function groupDueAt(group: AlertGroup, now?: number): number {
    if (group.flushedAt !== undefined) return group.nextFlushAt;
    // Before that nothing is told anyhow, and while everything fails at once there is much to look through.
    if (now !== undefined && now < group.nextFlushAt) return group.nextFlushAt;
    const affected = new Set(state.incidents.get(group.incident)?.affected);
    const pending = [...failing].flatMap((id) => {
      const [monitor, track] = [monitors.get(id), state.tracks.get(id)];
      if (!monitor || !track || isExpected(monitor.component, affected)) return [];
      return [{ monitor, track, everyMs: everyMs.get(id) ?? 0 }];
    });
    return gatheredAt(group, pending, policy.grouping);
  }

  function isNews({ monitor, state: seen }: Reading): boolean {
    if (!monitors.has(monitor)) return false;
    const track = state.tracks.get(monitor);
    return seen === "down" ? track?.state !== "down" : seen === "up" && track?.state === "down";
  }

  /** It, or what it rests on, is known to be down: that it fails too is no news worth waiting for. */
  function isExpected(component: string, affected: ReadonlySet<string>): boolean {
    return (
      affected.has(component) || [...dependencies.causesOf(component)].some((each) => affected.has(each))
    );
  }

  function begin(now: number): AlertChange | undefined {
    const draft = newDraft(state, now);
    for (const { monitor, component } of [...state.groups.values()].flatMap(({ alerts }) => alerts)) {
      if (monitors.has(monitor) || state.tracks.get(monitor)?.state === "up") continue;
      const gone = { at: now, since: now, detail: "watched no more", release: undefined };
      const transition: Transition = { monitor, component, to: "up", ...gone };
      state.tracks.set(monitor, newTrack(monitor));
      draft.tracks.add(monitor);
      draft.transitions.push(transition);
      recover(draft, transition);
    }
    return changeOf(draft, environment);
  }

  return {
    begin,
    take,
    isNews,
    tick,
    notice(next) {
      circumstances = next;
      for (const theirs of next.incidents) state.incidents.set(theirs.id, merged(theirs));
    },
    clockWasPutBack(now) {
      for (const [id, group] of state.groups) {
        const nextFlushAt = Math.min(group.nextFlushAt, now + policy.grouping.everyMs);
        const createdAt = Math.min(group.createdAt, now);
        state.groups.set(id, { ...group, createdAt, nextFlushAt });
      }
    },
    ill(next, now) {
      const changed = next?.kind !== illness?.kind;
      illness = next;
      const reading = changed ? illnessReading(next, now) : undefined;
      return reading && take([reading], now);
    },
    dueAt() {
      const times = [
        ...[...state.groups.values()].map((group) => groupDueAt(group)),
        ...[...state.incidents.values()].map((each) => nextEscalationAt(each, policy)),
      ].filter((each) => each !== undefined);
      return times.length === 0 ? undefined : Math.min(...times);
    },
  };

  /** What people did comes from the store, all else from here. */
  function merged(theirs: Incident): Incident {
    const ours = state.incidents.get(theirs.id);
    if (!ours) return theirs;
    const { toldAt, acknowledgedAt, acknowledgedBy, mitigatedAt, reviewedAt, reviewedBy } = theirs;
    const people = { toldAt, acknowledgedAt, acknowledgedBy, mitigatedAt, reviewedAt, reviewedBy };
    // A group says by itself when it is over; what has none is resolved by a person.
    return state.groups.has(theirs.id) ? { ...ours, ...people } : theirs;
  }
}

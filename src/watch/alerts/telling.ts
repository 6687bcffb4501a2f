import type { Alert, AlertGroup, ToldEntry } from "../../model/alert.ts";
import type { AlertPolicy } from "../../model/alert-policy.ts";
import type { Incident } from "../../model/incident.ts";
import type { NoticeHead } from "../../notify/framing.ts";
import { channelsFor } from "../../notify/routes.ts";
import { tellReason } from "./dedupe.ts";
import { type Dependencies, inhibited } from "./dependencies.ts";
import { type Muting, mutedBy } from "./muting.ts";
import { groupNotice } from "./notices.ts";
import { byWeight } from "./severity.ts";
import { type Draft, dropGroup, keepGroup } from "./state.ts";

/** How often quiet that covers a whole group is looked at. */
const LOOK_AGAIN_MS = 10_000;

export interface TellingSetting {
  readonly head: NoticeHead;
  readonly policy: AlertPolicy;
  readonly dependencies: Dependencies;
  newKey(): string;
}

/** What is firing and is not to be told now: another trouble explains it, or somebody wants quiet. */
export function unsaidOf(
  draft: Draft,
  group: AlertGroup,
  { dependencies, muting, lingerMs }: { dependencies: Dependencies; muting: Muting; lingerMs: number },
): Set<string> {
  const everything = [...draft.state.groups.values()].flatMap((each) => each.alerts);
  // What just recovered still explains what rests on it: that was asked a moment earlier.
  const explaining = everything.map((each) =>
    each.resolvedAt !== undefined && draft.now - each.resolvedAt < lingerMs
      ? { ...each, resolvedAt: undefined }
      : each,
  );
  const unsaid = inhibited(explaining, dependencies);
  for (const alert of group.alerts) {
    if (mutedBy(alert, muting, draft.now) !== undefined) unsaid.add(alert.monitor);
  }
  return unsaid;
}

/** One tick of a group's timer: tells each channel what is new to it, forgets what is over. */
export function flush(
  draft: Draft,
  group: AlertGroup,
  setting: TellingSetting & { unsaid: ReadonlySet<string>; incident: Incident },
): void {
  const { policy, unsaid } = setting;
  const told: Record<string, ToldEntry> = { ...group.told };
  for (const channel of channelsOf(group, policy)) {
    const entry = group.told[channel];
    const own = group.alerts.filter(
      (each) => channelsFor(each, policy).includes(channel) || entry?.firing.includes(each.monitor),
    );
    const next = tellChannel(draft, { ...setting, channel, entry, own, unsaid });
    if (next) told[channel] = next;
  }
  const alerts = group.alerts.filter((each) => each.resolvedAt === undefined);
  if (alerts.length === 0) {
    dropGroup(draft, group.incident);
    return;
  }
  // Kept quiet from the first: told soon after the quiet ends, not a whole turn later.
  const isUnheard = Object.keys(told).length === 0;
  const { everyMs } = policy.grouping;
  const nextFlushAt = draft.now + (isUnheard ? Math.min(everyMs, LOOK_AGAIN_MS) : everyMs);
  keepGroup(draft, { ...group, alerts, told, flushedAt: draft.now, nextFlushAt });
}

function tellChannel(
  draft: Draft,
  setting: TellingSetting & {
    channel: string;
    entry: ToldEntry | undefined;
    own: readonly Alert[];
    unsaid: ReadonlySet<string>;
    incident: Incident;
  },
): ToldEntry | undefined {
  const { channel, entry, own, unsaid, incident, head, policy } = setting;
  const isSaid = (each: Alert) => !unsaid.has(each.monitor);
  const still = own.filter((each) => each.resolvedAt === undefined).sort(byWeight(unsaid));
  const firing = still.filter(isSaid);
  // All of it is kept quiet, and it is not over: neither news nor an end.
  if (firing.length === 0 && still.length > 0) return undefined;
  const resolved = own.filter(
    (each) => each.resolvedAt !== undefined && (isSaid(each) || entry?.firing.includes(each.monitor)),
  );
  const { now } = draft;
  const shown = { firing: idsOf(firing), resolved: idsOf(resolved) };
  const reason = tellReason(entry, shown, { now, repeatMs: policy.grouping.repeatMs });
  if (!reason) return undefined;
  const notice = groupNotice({
    head,
    key: setting.newKey(),
    reason,
    incident,
    firing,
    resolved,
    unsaid: still.filter((each) => !isSaid(each)),
    now,
  });
  draft.messages.push({ channel, incident: incident.id, notice });
  return { firing: [...shown.firing], resolved: [...shown.resolved], at: now };
}

function channelsOf(group: AlertGroup, policy: AlertPolicy): string[] {
  const routed = group.alerts.flatMap((each) => channelsFor(each, policy));
  return [...new Set([...routed, ...Object.keys(group.told)])];
}

function idsOf(alerts: readonly Alert[]): Set<string> {
  return new Set(alerts.map((each) => each.monitor));
}

import type { Retention } from "../model/backup-policy.ts";

export interface Kept {
  readonly id: string;
  readonly takenAt: number;
  /** Nothing is known against it: its objects are there, and no proof failed. */
  readonly isGood: boolean;
  readonly isProven: boolean;
}

const DAY_MS = 86_400_000;

/** Names the stretch of time, in UTC, that a moment falls into. Weeks begin on Monday. */
const STRETCHES = {
  hourly: (at: number) => Math.floor(at / 3_600_000),
  daily: (at: number) => Math.floor(at / DAY_MS),
  // 1 January 1970 was a Thursday.
  weekly: (at: number) => Math.floor((at / DAY_MS + 3) / 7),
  monthly: (at: number) => new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth(),
  yearly: (at: number) => new Date(at).getUTCFullYear(),
} as const;

/**
 * Which backups stay, and why: the newest ones, and the newest of each of the last hours, days, weeks, months and
 * years that have one. A backup that is known to be bad takes no place of a good one. The newest good one and the
 * newest proven one always stay, whatever is declared. Pure.
 */
export function chooseKept(
  backups: readonly Kept[],
  retention: Retention,
): ReadonlyMap<string, readonly string[]> {
  const newestFirst = backups.toSorted((a, b) => b.takenAt - a.takenAt || b.id.localeCompare(a.id));
  const good = newestFirst.filter(({ isGood }) => isGood);
  const reasons = new Map<string, string[]>();
  const keep = (backup: Kept | undefined, reason: string): void => {
    if (backup) reasons.set(backup.id, [...(reasons.get(backup.id) ?? []), reason]);
  };
  for (const each of good.slice(0, retention.last)) keep(each, "last");
  for (const [name, stretchOf] of Object.entries(STRETCHES)) {
    const seen = new Set<number>();
    for (const each of good) {
      const stretch = stretchOf(each.takenAt);
      if (seen.has(stretch)) continue;
      if (seen.size === retention[name as keyof typeof STRETCHES]) break;
      seen.add(stretch);
      keep(each, name);
    }
  }
  if (good[0] && !reasons.has(good[0].id)) keep(good[0], "the newest good one");
  const proven = good.find(({ isProven }) => isProven);
  if (proven && !reasons.has(proven.id)) keep(proven, "the newest proven one");
  // Without any good one nobody can tell which is worth most.
  if (good.length === 0) for (const each of newestFirst) keep(each, "there is no good one");
  return reasons;
}

import { formatDuration } from "../model/duration.ts";
import type { RollbackVerdict } from "../model/rehearsal.ts";
import type { Release } from "../model/release.ts";

/** Whether the older release's code runs on the schema as it is now, and what that rests on. */
export interface RollbackKind {
  readonly verdict: RollbackVerdict;
  readonly reasons: readonly string[];
}

/**
 * Pure. Between the two releases there may be several that migrated: each was rehearsed against the one before it, so
 * one that broke its predecessor breaks everything older, and only an unbroken row of shown ones shows the whole way.
 */
export function rollbackKind(
  { from, to, releases }: { from: Release; to: Release; releases: readonly Release[] },
  now: number,
): RollbackKind {
  // Releases that failed or were rolled back later than their migration count too: it stays in the schema.
  const since = releases.filter(
    ({ createdAt, migrations }) => createdAt > to.createdAt && migrations.length > 0,
  );
  const applied = new Set([...from.migrations, ...since.flatMap(({ migrations }) => migrations)]);
  const newer = [...applied].filter((each) => !to.migrations.includes(each));
  if (newer.length === 0) return { verdict: "code only", reasons: ["the schema is the one it ran on"] };
  const rehearsed = since.flatMap(({ rehearsal }) => (rehearsal ? [rehearsal] : []));
  const broken = rehearsed.filter(({ verdict }) => verdict === "restore needed");
  if (broken.length > 0) {
    return {
      verdict: "restore needed",
      reasons: [...broken.flatMap(({ reasons }) => reasons), ...stake(since, now)],
    };
  }
  const shown = new Set(
    rehearsed.filter(({ verdict }) => verdict === "code only").flatMap(({ migrations }) => migrations),
  );
  const open = newer.filter((each) => !shown.has(each));
  if (open.length > 0) {
    return {
      verdict: "not shown",
      reasons: open.map((each) => `${to.id} was never shown to run with ${each}`),
    };
  }
  return { verdict: "code only", reasons: rehearsed.flatMap(({ reasons }) => reasons) };
}

/** What a restore would cost, so that nobody chooses it lightly: back to before the first migration in the way. */
function stake(since: readonly Release[], now: number): string[] {
  const first = since
    .filter(({ rehearsal }) => rehearsal?.verdict === "restore needed")
    .reduce((a, b) => (b.createdAt < a.createdAt ? b : a));
  if (first.rehearsal === undefined) return [];
  const age = formatDuration(now - first.rehearsal.at);
  const { id, rehearsal } = first;
  return [
    `a restore of the backup taken before ${id} (${rehearsal.backup}) loses what was written in the ${age} since`,
  ];
}

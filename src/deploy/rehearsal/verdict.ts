import { formatDuration } from "../../model/duration.ts";
import { quantity } from "../../model/quantity.ts";
import type { Rehearsal, RehearsalBudget, RehearsalFigures, RollbackVerdict } from "../../model/rehearsal.ts";
import type { Smoke } from "./previous.ts";

/** Pure: a sentence for each way in which the migration took more than it may. */
export function overBudget(
  { tookMs, reader, writer }: Pick<RehearsalFigures, "tookMs" | "reader" | "writer">,
  { durationMs, blockedMs }: RehearsalBudget,
): string[] {
  const waits = [
    { who: "a read", ...reader },
    { who: "a write", ...writer },
  ].filter(({ worstMs }) => worstMs > blockedMs);
  return [
    ...(tookMs > durationMs
      ? [`it took ${formatDuration(tookMs)}, and may take ${formatDuration(durationMs)}`]
      : []),
    ...waits.map(
      ({ who, table, worstMs }) =>
        `${who} of ${table ?? "a table"} waited ${formatDuration(worstMs)}, and may wait ${formatDuration(blockedMs)}`,
    ),
  ];
}

/**
 * Pure: whether the previous release runs on the migrated schema, by what it answered before and after. That it is well
 * by its own health tells nothing of that: the paths that were declared use the data.
 */
export function verdictOf(
  previous: string | undefined,
  { before, after }: { before: Smoke | string | undefined; after: Smoke | string | undefined },
  declared: readonly string[],
): { verdict: RollbackVerdict; reasons: string[] } {
  if (previous === undefined || before === undefined || after === undefined) {
    return { verdict: "not shown", reasons: ["no release was live that could have been asked on the copy"] };
  }
  if (typeof before === "string" || typeof after === "string") {
    return { verdict: "not shown", reasons: [`${previous} could not be asked on the copy: ${before}`] };
  }
  const asked = [...before].filter(([, trouble]) => trouble === undefined).map(([path]) => path);
  if (asked.length === 0) {
    const why =
      before.size === 0 ? "there is no smoke path to ask" : "none of its paths answered well before";
    return { verdict: "not shown", reasons: [why] };
  }
  const broken = asked.flatMap((path) => {
    const trouble = after.get(path);
    return trouble === undefined
      ? []
      : [`${previous} ${path} ${trouble} after the migration, and well before`];
  });
  if (broken.length > 0) return { verdict: "restore needed", reasons: broken };
  if (!asked.some((path) => declared.includes(path))) {
    const why = `of ${previous} only ${asked.join(", ")} could be asked, which may use none of the data: name pages that do in deploy.smoke`;
    return { verdict: "not shown", reasons: [why] };
  }
  return {
    verdict: "code only",
    reasons: [`${previous} answered ${asked.join(", ")} on the migrated copy as before`],
  };
}

/** One line for people: what the migration did to the copy, and what a rollback would be. */
export function rehearsalSentence({ figures, verdict, previous, reasons }: Rehearsal): string {
  const { tookMs, reader, writer, rewritten, locks, rowsChanged } = figures;
  const worst = Math.max(reader.worstMs, writer.worstMs);
  const [lock] = locks;
  const parts = [
    `on a copy it took ${formatDuration(tookMs)}`,
    `others waited at most ${formatDuration(worst)}`,
    ...(lock ? [`${lock.mode} on ${lock.table} for ${formatDuration(lock.heldMs)}`] : []),
    ...(rewritten.length > 0 ? [`${rewritten.map(({ table }) => table).join(", ")} written anew`] : []),
    ...(rowsChanged > 0 ? [`${quantity(rowsChanged, "row")} changed`] : []),
  ];
  const way =
    previous === undefined ? "no release is live yet" : `${reasons.join("; ")}: ${WAYS_BACK[verdict]}`;
  return `migration rehearsed: ${parts.join(", ")}; ${way}`;
}

const WAYS_BACK: Readonly<Record<RollbackVerdict, string>> = {
  "code only": "a rollback moves code only",
  "restore needed": "the way back is a restore",
  "not shown": "whether a rollback can move code only was not shown",
};

import type { Monitor } from "../model/monitor.ts";
import type { ApiSources } from "./sources.ts";

export type OverallState = "up" | "degraded" | "down" | "unknown";

/** `silent`: not asked yet, or what was asked does not apply here. */
export function tally({ monitors, board }: Pick<ApiSources, "monitors" | "board">): {
  up: number;
  down: number;
  unknown: number;
  silent: number;
} {
  const found = { up: 0, down: 0, unknown: 0, silent: 0 };
  for (const { id } of monitors) found[board.standings.get(id)?.reading.state ?? "silent"] += 1;
  return found;
}

/** How many of those that are down are only shown. */
export function notedOf({ monitors, board }: Pick<ApiSources, "monitors" | "board">): number {
  return monitors.filter((each) => each.shownOnly === true && isDown(each, board)).length;
}

/**
 * Down when something is that users cannot do without (P0), degraded when anything else is that is more than good
 * to know, unknown while nothing could be told.
 */
export function overall(sources: Pick<ApiSources, "monitors" | "board">): OverallState {
  const { monitors, board } = sources;
  const { up, down } = tally(sources);
  if (up + down === 0) return "unknown";
  const wrong = monitors.filter((each) => each.shownOnly !== true && isDown(each, board));
  if (wrong.length === 0) return "up";
  return wrong.some(({ severity }) => severity === "P0") ? "down" : "degraded";
}

function isDown({ id }: Monitor, board: ApiSources["board"]): boolean {
  return board.standings.get(id)?.reading.state === "down";
}

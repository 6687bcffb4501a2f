import type { Monitor } from "../model/monitor.ts";
import type { ApiSources } from "./sources.ts";

export type OverallState = "up" | "degraded" | "down" | "unknown";

/**
 * `noted`: down, and only good to know, so not counted as down; `silent`: not asked yet, or what was asked does not
 * apply here.
 */
export function tally({ monitors, board }: Pick<ApiSources, "monitors" | "board">): {
  up: number;
  down: number;
  noted: number;
  unknown: number;
  silent: number;
} {
  const found = { up: 0, down: 0, noted: 0, unknown: 0, silent: 0 };
  for (const { id, shownOnly } of monitors) {
    const state = board.standings.get(id)?.reading.state ?? "silent";
    found[state === "down" && shownOnly ? "noted" : state] += 1;
  }
  return found;
}

/**
 * Down when something is that users cannot do without (P0), degraded when anything else is that is more than good
 * to know, unknown while nothing could be told.
 */
export function overall(sources: Pick<ApiSources, "monitors" | "board">): OverallState {
  const { monitors, board } = sources;
  const { up, down, noted } = tally(sources);
  if (up + down + noted === 0) return "unknown";
  const wrong = monitors.filter((each) => each.shownOnly !== true && isDown(each, board));
  if (wrong.length === 0) return "up";
  return wrong.some(({ severity }) => severity === "P0") ? "down" : "degraded";
}

function isDown({ id }: Monitor, board: ApiSources["board"]): boolean {
  return board.standings.get(id)?.reading.state === "down";
}

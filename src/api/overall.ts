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

/**
 * Down when something is that users cannot do without (P0), degraded when anything else is, unknown while nothing
 * could be told.
 */
export function overall(sources: Pick<ApiSources, "monitors" | "board">): OverallState {
  const { monitors, board } = sources;
  const { up, down } = tally(sources);
  if (up + down === 0) return "unknown";
  if (down === 0) return "up";
  const isDown = (id: string): boolean => board.standings.get(id)?.reading.state === "down";
  return monitors.some(({ id, severity }) => severity === "P0" && isDown(id)) ? "down" : "degraded";
}

import type { MeasurementStore, Sum } from "../../store/measurements/measurement-store.ts";
import type { ShownComponent } from "./status-components.ts";

export const DAYS = 90;
const DAY_MS = 86_400_000;

/** One day of one component. */
export interface ShownDay {
  /** Its beginning, in milliseconds since 1970 UTC. */
  readonly at: number;
  /** 0 to 1; undefined: nobody looked. */
  readonly uptime: number | undefined;
}

/** The last 90 days of a component, the oldest first, today last. */
export async function daysOf(
  { monitors }: ShownComponent,
  { measurements, now }: { measurements: MeasurementStore; now: number },
): Promise<ShownDay[]> {
  const today = now - (now % DAY_MS);
  const from = today - (DAYS - 1) * DAY_MS;
  const sums = await Promise.all(
    monitors.map(({ id }) => measurements.sums({ monitor: id, from, until: now + 1, step: "day" })),
  );
  return Array.from({ length: DAYS }, (_, index) => {
    const at = from + index * DAY_MS;
    return { at, uptime: worst(sums.map((each) => each.find((sum) => sum.at === at))) };
  });
}

/** A component is as well as the worst of what tells how it is. */
function worst(sums: readonly (Sum | undefined)[]): number | undefined {
  const known = sums.flatMap((sum) => (sum && sum.up + sum.down > 0 ? [sum.up / (sum.up + sum.down)] : []));
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Over the days that were watched; undefined when none was. */
export function uptimeOf(days: readonly ShownDay[]): number | undefined {
  const known = days.flatMap(({ uptime }) => (uptime === undefined ? [] : [uptime]));
  return known.length === 0 ? undefined : known.reduce((sum, each) => sum + each, 0) / known.length;
}

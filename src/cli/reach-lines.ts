import { timeText } from "../backups/point-in-time/reach.ts";
import type { BackupsRecord } from "./backups/records.ts";

/** "db can be brought back to any second from ... to ..." */
export function reachLines(reaches: NonNullable<BackupsRecord["pointInTime"]>): string[] {
  return reaches.flatMap(({ component, stretches, copies, behind }) => {
    const from = copies === 1 ? "1 copy of its server" : `${copies} copies of its server`;
    const lines = stretches.map(
      (each) =>
        `  ✓ ${component} to any second from ${timeText(each.from, Math.ceil)} to ${timeText(each.until)}, by ${from} and its log`,
    );
    const none = `  ✗ ${component} cannot be brought back to a time yet: there is no copy of its server`;
    return [
      ...(lines.length > 0 ? lines : [none]),
      ...(behind === null ? [] : [`    the newest is missing: ${behind}`]),
    ];
  });
}

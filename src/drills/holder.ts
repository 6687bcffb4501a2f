import { goesOn, ownTag } from "../agent/process-tag.ts";
import type { Doors } from "../model/doors.ts";
import type { DrillMark } from "../model/drill.ts";
import type { Release } from "../model/release.ts";

/** Who holds a drill, and what was live when it began. */
export function ownMark(live: Release): DrillMark {
  const { pid, startedTicks = null } = ownTag();
  return { holder: pid, startedTicks, live: live.id };
}

/** Whether the command that began the drill still runs; older versions kept its number only. */
export async function isHeld({ holder, startedTicks }: DrillMark, _: Doors): Promise<boolean> {
  if (typeof holder !== "number") return false;
  return goesOn({ pid: holder, ...(typeof startedTicks === "string" && { startedTicks }) });
}

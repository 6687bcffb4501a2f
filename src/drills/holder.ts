import type { Doors } from "../model/doors.ts";
import type { DrillMark } from "../model/drill.ts";
import type { Release } from "../model/release.ts";

/** Who holds a drill, and what was live when it began. */
export function ownMark(live: Release): DrillMark {
  return { holder: process.pid, live: live.id };
}

/** Whether the command that began the drill still runs. Its number may have gone to another program meanwhile. */
export async function isHeld({ holder }: DrillMark, { files }: Doors): Promise<boolean> {
  if (typeof holder !== "number") return false;
  if (holder === process.pid) return true;
  const command = await files.read(`/proc/${holder}/cmdline`).catch(() => undefined);
  return command?.split("\0").includes("drill") ?? false;
}

import { join } from "node:path";
import { z } from "zod";
import type { Doors } from "../../../model/doors.ts";

const memorySchema = z.object({
  version: z.literal(1),
  since: z.number(),
  /** What was found in a commit by the form of keys: rule and length, never the text. */
  commits: z.record(
    z.string(),
    z.array(z.object({ file: z.string(), line: z.number(), rule: z.string(), characters: z.number() })),
  ),
});

export type ScannedCommits = z.output<typeof memorySchema>;

/** A commit never changes, but the rules do: now and then all of them are searched anew. */
const KEPT_MS = 30 * 86_400_000;

export async function recallScanned(doors: Doors, directory: string): Promise<ScannedCommits> {
  const now = doors.clock.now();
  const none: ScannedCommits = { version: 1, since: now, commits: {} };
  try {
    const text = await doors.files.read(fileIn(directory));
    if (text === undefined) return none;
    const seen = memorySchema.parse(JSON.parse(text));
    return now - seen.since < KEPT_MS ? seen : none;
  } catch {
    return none;
  }
}

export async function rememberScanned(doors: Doors, directory: string, seen: ScannedCommits): Promise<void> {
  await doors.files.makeDirectory(join(directory, ".gonogo"));
  await doors.files.write(fileIn(directory), `${JSON.stringify(seen)}\n`);
}

function fileIn(directory: string): string {
  return join(directory, ".gonogo", "history-scan.json");
}

import { join } from "node:path";
import { z } from "zod";
import type { Doors } from "../../../model/doors.ts";
import { type Advisory, SEVERITIES } from "./report.ts";

const memorySchema = z.object({
  version: z.literal(1),
  /** Of the lock and package.json that were audited. */
  of: z.string(),
  at: z.number(),
  advisories: z.array(
    z.object({
      id: z.string(),
      package: z.string(),
      range: z.string(),
      title: z.string(),
      severity: z.enum(SEVERITIES),
      through: z.array(z.string()),
      fix: z.string().optional(),
    }),
  ),
});

export interface SeenAudit {
  readonly of: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly advisories: readonly Advisory[];
}

/** The last audit that gave a report; undefined when there is none, or it cannot be read. */
export async function recallAudit(doors: Doors, directory: string): Promise<SeenAudit | undefined> {
  try {
    const text = await doors.files.read(fileIn(directory));
    return text === undefined ? undefined : memorySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function rememberAudit(doors: Doors, directory: string, seen: SeenAudit): Promise<void> {
  await doors.files.makeDirectory(join(directory, ".gonogo"));
  await doors.files.write(fileIn(directory), `${JSON.stringify({ version: 1, ...seen }, undefined, 1)}\n`);
}

function fileIn(directory: string): string {
  return join(directory, ".gonogo", "audit.json");
}

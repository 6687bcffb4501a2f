import { join } from "node:path";
import { z } from "zod";
import type { Doors } from "../../../model/doors.ts";
import { coverageSchema } from "../coverage/report.ts";

const seenSchema = z.object({
  line: z.string(),
  tree: z.string(),
  at: z.number(),
  tookMs: z.number(),
  warnings: z.array(z.string()).optional(),
  coverage: coverageSchema.optional(),
});
const memorySchema = z.object({ version: z.literal(1), seen: z.array(seenSchema) });

export type SeenGreen = z.output<typeof seenSchema>;

const MOST = 20;

/** When a line was last seen green on a tree; undefined when it was not, or the memory cannot be read. */
export async function recallGreen(
  doors: Doors,
  place: Place,
  { line, tree }: { readonly line: string; readonly tree: string },
): Promise<SeenGreen | undefined> {
  return (await readMemory(doors, place)).find((each) => each.line === line && each.tree === tree);
}

export async function rememberGreen(doors: Doors, place: Place, green: SeenGreen): Promise<void> {
  const others = (await readMemory(doors, place)).filter(
    (each) => each.line !== green.line || each.tree !== green.tree,
  );
  await doors.files.makeDirectory(join(place.directory, ".gonogo"));
  const memory = { version: 1, seen: [green, ...others].slice(0, MOST) };
  await doors.files.write(fileOf(place), `${JSON.stringify(memory, undefined, 1)}\n`);
}

export interface Place {
  readonly directory: string;
  /** One file each, because the lines run at the same time. */
  readonly what: DeclaredLine;
}

/** Lines that the declaration may have run. */
export type DeclaredLine = "test" | "lint" | "types" | "build" | "coverage";

function fileOf({ directory, what }: Place): string {
  return join(directory, ".gonogo", `${what}-green.json`);
}

async function readMemory(doors: Doors, place: Place): Promise<SeenGreen[]> {
  try {
    const text = await doors.files.read(fileOf(place));
    return text === undefined ? [] : memorySchema.parse(JSON.parse(text)).seen;
  } catch {
    return [];
  }
}

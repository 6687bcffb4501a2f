import { join } from "node:path";
import { z } from "zod";
import type { FactContext } from "../../model/fact.ts";

const heldSchema = z.object({
  at: z.number(),
  /** Requests that were let through before it was held back. */
  before429: z.number(),
  /** Milliseconds since 1970 UTC: until then the limiter said that it refuses. */
  until: z.number(),
});
const memorySchema = z.object({ version: z.literal(1), held: z.record(z.string(), heldSchema) });

/** A burst of ours that a limiter held back. */
export type HeldBurst = z.output<typeof heldSchema>;

type Context = Pick<FactContext<unknown>, "subject" | "doors">;

/** Clocks and rounding: Retry-After counts whole seconds. */
const SLACK_MS = 5_000;
/** A limiter may count each refused look anew; one that never ends is no limiter. */
const LONGEST_EXTENSION_MS = 3_600_000;

/**
 * The burst from here on this path for which a limiter still refuses: without one a 429 to the very first request says
 * nothing of a limit, since a login that refuses everybody answers it too.
 */
export async function heldBurst(context: Context, path: string): Promise<HeldBurst | undefined> {
  const known = (await readMemory(context))[keyOf(context, path)];
  return known && context.doors.clock.now() < known.until + SLACK_MS ? known : undefined;
}

/** `before429` undefined: it was still held back for the burst before, whose time may begin anew. */
export async function rememberHeld(
  context: Context,
  path: string,
  { before429, forMs }: { readonly before429: number | undefined; readonly forMs: number },
): Promise<void> {
  const held = await readMemory(context);
  const now = context.doors.clock.now();
  const key = keyOf(context, path);
  const known = held[key];
  if (before429 !== undefined) held[key] = { at: now, before429, until: now + forMs };
  else if (known) held[key] = { ...known, until: Math.min(now + forMs, known.at + LONGEST_EXTENSION_MS) };
  const text = `${JSON.stringify({ version: 1, held }, undefined, 1)}\n`;
  try {
    await context.doors.files.makeDirectory(join(context.subject.directory, ".gonogo"));
    await context.doors.files.write(fileOf(context), text);
  } catch {
    // What was seen counts all the same; the next look may have to wait.
  }
}

function keyOf({ subject }: Context, path: string): string {
  return `${subject.component} ${path}`;
}

function fileOf({ subject }: Context): string {
  return join(subject.directory, ".gonogo", `${subject.environment.name}-bursts.json`);
}

async function readMemory(context: Context): Promise<Record<string, HeldBurst>> {
  try {
    const text = await context.doors.files.read(fileOf(context));
    return text === undefined ? {} : { ...memorySchema.parse(JSON.parse(text)).held };
  } catch {
    return {};
  }
}

import { z } from "zod";
import { instant, stageSchema } from "./check.ts";

const severity = z.enum(["P0", "P1", "P2", "P3"]);

/** `gonogo watch --format json`: what is watched, as it is now. */
export const watchResult = z.object({
  version: z.literal(1),
  kind: z.literal("watch"),
  launch: z.string(),
  environment: z.string(),
  stage: stageSchema,
  release: z.string().nullable(),
  at: instant,
  watcher: z.object({ who: z.string(), pid: z.int(), since: instant, seen: instant }).nullable(),
  /** Processes that share the asking; none where the store is a file: then the watcher asks everything. */
  workers: z.array(z.object({ who: z.string(), pid: z.int(), since: instant, tasks: z.int() })).readonly(),
  tally: z.object({
    up: z.int(),
    down: z.int(),
    noted: z.int().describe("down, and only good to know: not counted as down"),
    unknown: z.int(),
    silent: z.int().describe("not asked yet, or what was asked does not apply here"),
  }),
  monitors: z
    .array(
      z.object({
        id: z.string(),
        component: z.string(),
        severity,
        shownOnly: z.boolean().describe("good to know: opens no incident"),
        state: z.enum(["up", "down", "unknown"]),
        at: instant.nullable(),
        detail: z.string().nullable(),
      }),
    )
    .readonly(),
  incidents: z
    .array(
      z.object({
        id: z.string(),
        severity,
        title: z.string(),
        openedAt: instant,
        acknowledgedBy: z.string().nullable(),
      }),
    )
    .readonly(),
});

export type WatchRecord = z.infer<typeof watchResult>;

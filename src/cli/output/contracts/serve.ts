import { z } from "zod";
import { stageSchema } from "./check.ts";

const head = {
  version: z.literal(1),
  launch: z.string(),
  environment: z.string(),
  stage: stageSchema,
};

/** `gonogo serve --format json`: a line of its own each time it begins, and again when something else is declared. */
export const serveResult = z.object({
  ...head,
  kind: z.literal("serve"),
  pid: z.int(),
  monitors: z.int(),
  components: z.int().describe("that are watched"),
  dashboard: z.string(),
  statusPage: z.string(),
  api: z.string().describe("its OpenAPI document"),
  heartbeats: z
    .array(z.object({ name: z.string(), address: z.string().describe("where it says that it lives") }))
    .readonly(),
});

/** `gonogo worker --format json`: a line of its own when it begins, and whenever its share changes. */
export const workerResult = z.object({
  ...head,
  kind: z.literal("worker"),
  pid: z.int(),
  store: z.string().describe("server, database and schema: no user, no password"),
  share: z
    .object({
      tasks: z.int().describe("that it asks"),
      of: z.int(),
      workers: z.int().describe("processes that share them"),
    })
    .nullable()
    .describe("null until it has one"),
});

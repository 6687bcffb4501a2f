import { z } from "zod";
import { defineComponent } from "../model/component.ts";
import { parseDuration } from "../model/duration.ts";
import { defineTarget } from "../model/target.ts";
import type { Registry } from "./judge-launch.ts";

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "30s"');

const web = defineComponent({
  kind: "web",
  summary: "A server of a test.",
  options: z.strictObject({ start: z.string(), path: z.string().default("/") }),
  variables: () => [],
  checks: [],
  processes: ({ start, path }, name) => [
    {
      name,
      kind: "web",
      start,
      instances: 1,
      routes: [{ prefix: path }],
      stopGraceMs: 1_000,
      memoryLimitBytes: undefined,
      logLimitBytes: 1_000,
    },
  ],
});

const database = defineComponent({
  kind: "database",
  summary: "A database of a test.",
  options: z.strictObject({
    variable: z.string().default("DATABASE_URL"),
    backup: z.strictObject({ every: duration }).optional(),
    password: z.string().optional(),
  }),
  variables: ({ variable }) => [
    { name: variable, is: { type: "url" }, required: true, secret: true, description: "" },
  ],
  checks: [],
});

const local = defineTarget({
  kind: "local",
  summary: "This machine, in a test.",
  options: z.strictObject({ port: z.int().default(8_443) }),
  open: () => Promise.reject(new Error("a target of a test is never opened")),
});

/** Kinds with little schemas, to judge declarations against. */
export const testRegistry: Registry = {
  kinds: new Map([web, database].map(({ definition }) => [definition.kind, definition])),
  targets: new Map([[local.definition.kind, local.definition]]),
};

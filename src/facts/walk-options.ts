import { z } from "zod";
import { parseDuration } from "../model/duration.ts";

const name = z.string().min(1).max(120);
const duration = z
  .templateLiteral([z.number(), z.enum(["ms", "s", "m"])])
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "2s"');
const word = z.string().regex(/^[a-zA-Z][\w-]*$/, 'expected a word such as "dream"');
const address = z
  .string()
  .regex(
    /^(\/(?!\/)|\{\{)\S*$/,
    'expected a path such as "/api/dreams", or an address that was kept: "{{page}}"',
  );
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const expectation = z.strictObject({
  status: z
    .union([z.int().min(100).max(599), z.array(z.int().min(100).max(599)).min(1)])
    .optional()
    .describe("What it answers. Default: any 2xx or 3xx."),
  text: z
    .union([z.string().min(1), z.array(z.string().min(1))])
    .optional()
    .describe("What the body contains."),
  noText: z
    .union([z.string().min(1), z.array(z.string().min(1))])
    .optional()
    .describe("What the body must not contain."),
  json: z
    .record(z.string().min(1), z.union([value, z.strictObject({ matches: z.string().min(1) })]))
    .optional()
    .describe('Values of a JSON answer by their path: { "dreams.0.title": "Sea" }.'),
  headers: z
    .record(z.string().min(1), z.string())
    .optional()
    .describe("Headers, each with a regular expression its value matches."),
  within: duration.optional().describe("It answers within this."),
});

export const requestStep = z.strictObject({
  name: name.describe('What is done, as people say it: "create a dream".'),
  as: word.default("somebody").describe("Who does it: each name is a browser with cookies of its own."),
  method: z
    .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
    .optional()
    .describe("Default: POST with a body, GET without."),
  path: address.describe("Where; {{name}} stands for what was kept, {{random}} for a word of this walk."),
  headers: z.record(z.string().min(1), z.string()).default({}).describe("Sent besides the usual ones."),
  json: z.unknown().optional().describe("A body, sent as JSON."),
  form: z.record(z.string(), z.string()).optional().describe("A body, sent as a form."),
  expect: expectation.prefault({}),
  keep: z
    .record(
      word,
      z
        .string()
        .regex(
          /^(json:\S+|header:\S+|text:.+)$/s,
          'expected "json:id", "header:location" or "text:code=(\\d+)"',
        ),
    )
    .default({})
    .describe('What later steps need: { dream: "json:id" }.'),
});

const commandStep = z.strictObject({
  name,
  run: z
    .string()
    .min(1)
    .describe(
      "Shell line, run in the project with the environment's variables, GONOGO_URL, GONOGO_CA (a PEM text) and what was kept as GONOGO_KEPT (JSON). It ends with 0 when all is well; the last line it wrote to stderr tells what is not.",
    ),
  timeout: duration.default("20s"),
});

export const stepsOption = z
  .array(z.union([requestStep, commandStep]))
  .min(1)
  .max(60);

export type RequestStep = z.output<typeof requestStep>;
export type CommandStep = z.output<typeof commandStep>;
export type WalkStep = RequestStep | CommandStep;
export type Expectation = RequestStep["expect"];

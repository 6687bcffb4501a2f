import { z } from "zod";
import { parseDuration } from "../model/duration.ts";
import { parseInstant } from "../model/instant.ts";
import { alertsSchema, rollbackTriggerSchema } from "./alerts-schema.ts";
import { backupsSchema } from "./backups-schema.ts";
import { loadPlanSchema } from "./load-plan-schema.ts";
import { parsePercentage } from "./percentage.ts";
import { statusPageSchema } from "./status-page-schema.ts";
import { figuresSchema, watchSchema } from "./watch-schema.ts";

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const NAME_WORDS = 'expected lower-case words joined by hyphens, such as "billing-worker"';
/** Half of a DNS label: names of launch and environment are joined in host names. */
const MAX_NAME = 31;

const name = z
  .string()
  .regex(NAME, NAME_WORDS)
  .max(MAX_NAME, `expected at most ${MAX_NAME} characters: names become part of host names`);

const duration = z
  .string({ error: 'expected a duration such as "30s"' })
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "30s"')
  .transform((text) => parseDuration(text) ?? 0);

const percentage = z
  .string({ error: 'expected a percentage such as "99.9%"' })
  .refine(
    (text) => parsePercentage(text) !== undefined,
    'expected a percentage from 0% to 100% such as "99.9%"',
  )
  .transform((text) => parsePercentage(text) ?? 0);

const path = z.string().startsWith("/", 'expected a path such as "/health"');

const declared = (example: string) =>
  z.object(
    { kind: z.string(), options: z.unknown().optional() },
    { error: `expected the result of a call such as ${example}` },
  );

const fields = {
  required: z.boolean().default(true),
  secret: z.boolean().optional(),
  description: z.string().default(""),
  testPrefixes: z.array(z.string().min(1)).optional(),
  livePrefixes: z.array(z.string().min(1)).optional(),
  default: z.string({ error: 'expected text, in quotes, such as "3000"' }).optional(),
};

const variableSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("string"),
    pattern: z.string().refine(isPattern, "expected a regular expression, as text").optional(),
    minLength: z.int().min(0).optional(),
    ...fields,
  }),
  z.strictObject({ type: z.literal("url"), protocols: z.array(z.string().min(1)).optional(), ...fields }),
  z.strictObject({ type: z.literal("integer"), min: z.int().optional(), max: z.int().optional(), ...fields }),
  z.strictObject({ type: z.literal("port"), ...fields }),
  z.strictObject({ type: z.literal("boolean"), ...fields }),
  z.strictObject({ type: z.literal("enum"), values: z.array(z.string()).min(1), ...fields }),
  z.strictObject({ type: z.literal("duration"), ...fields }),
  z.strictObject({ type: z.literal("hex"), lengthBytes: z.int().min(1).optional(), ...fields }),
]);

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

const variableSources = z.union([
  z.string().min(1, 'expected the name of a dotenv file such as ".env.staging"'),
  z.strictObject({
    file: z.string().min(1).optional(),
    process: z.boolean().optional(),
    command: z.string().min(1).optional(),
  }),
]);

const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const environmentSchema = z.strictObject({
  target: declared("local()"),
  variables: variableSources.default({ process: true }),
  domain: z
    .string()
    .regex(HOST, 'expected a host name without scheme, port and path, such as "app.example"')
    .optional(),
  watchUrl: z
    .url({ protocol: /^https?$/, error: 'expected an address such as "https://watch.app.example"' })
    .refine((text) => !/[?#]/.test(text), "expected an address without a query")
    .transform((text) => text.replace(/\/+$/, ""))
    .optional(),
  stage: z.enum(["preview", "staging", "production"]).optional(),
  allows: z.array(z.enum(["read", "active", "drill"])).optional(),
});

/** "99.9%", or one share for each time: { "7d": "99.9%", "30d": "99.95%" }. */
const promised = z.union([
  percentage,
  z
    .record(
      z
        .string()
        .refine(
          (text) => (parseDuration(text) ?? 0) >= 3_600_000,
          'expected a time of an hour at least, such as "30d"',
        ),
      percentage,
    )
    .refine((shares) => Object.keys(shares).length > 0, "expected at least one time"),
]);

const promises = z.strictObject({
  availability: promised.optional(),
  latency: z
    .strictObject({ p50: duration.optional(), p95: duration.optional(), p99: duration.optional() })
    .default({}),
  errors: promised.optional(),
  rollback: duration.optional(),
});

const deploy = z.strictObject({
  buildTimeout: duration.prefault("15m"),
  migrateTimeout: duration.prefault("10m"),
  drain: duration.prefault("30s"),
  bake: duration.prefault("1m"),
  onBadBake: z.enum(["rollback", "hold", "ask"]).default("rollback"),
  warm: duration.prefault("15m"),
  keep: z.int().min(1).max(100).default(5),
  smoke: z.array(path).default([]),
  rollbackOn: z.array(rollbackTriggerSchema).default([]),
  guard: duration.prefault("2h"),
});

const people = z.strictObject({
  approverDiffers: z.boolean().default(false),
  roles: z
    .record(z.string().min(1), z.array(z.string().min(1)).min(1, "expected at least one name"))
    .default({}),
  longestSignOff: duration.prefault("365d"),
  longestWaiver: duration.prefault("90d"),
});

const INSTANT_WORDS =
  'expected a time with its zone, such as "2026-12-01T09:00Z" or "2026-12-01T09:00+01:00"';
const instant = z
  .string({ error: INSTANT_WORDS })
  .refine((text) => parseInstant(text) !== undefined, INSTANT_WORDS)
  .transform((text) => parseInstant(text) ?? 0);

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const variableName = z
  .string()
  .regex(VARIABLE, 'expected the name of a variable that holds the address, such as "GONOGO_STORE"');

/** The shape of a declaration, without the options of components, targets and channels: their kinds judge those. */
export const launchSchema = z.strictObject({
  name,
  checklist: z.string().min(1).optional(),
  components: z.record(name, declared("web({ ... })"), {
    error: "expected an object of components by name, such as { api: web({ ... }) }",
  }),
  variables: z
    .record(z.string().regex(VARIABLE, 'expected the name of a variable, such as "API_URL"'), variableSchema)
    .default({}),
  promises: promises.prefault({}),
  environments: z.record(name, environmentSchema, {
    error: "expected an object of environments by name, such as { staging: { target: local() } }",
  }),
  deploy: deploy.prefault({}),
  launchAt: instant.optional(),
  people: people.prefault({}),
  alerts: alertsSchema.prefault({}),
  backups: backupsSchema.optional(),
  store: z.strictObject({ postgres: variableName }).optional(),
  watch: watchSchema.prefault({}),
  figures: figuresSchema.default({}),
  load: loadPlanSchema.optional(),
  answers: z
    .record(
      z
        .string()
        .regex(
          /^([a-z][a-z0-9-]*\/)?[a-z0-9-]+(\.[a-z0-9-]+)+$/,
          'expected a check or a drill, such as "slo.latency.met", "api/limit.rate.api" or "drill.load"',
        ),
      z.array(z.string().min(1)).min(1),
    )
    .default({}),
  statusPage: statusPageSchema.prefault({}),
});

export type JudgedLaunch = z.output<typeof launchSchema>;
export type JudgedEnvironment = z.output<typeof environmentSchema>;

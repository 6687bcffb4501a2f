import { Cron } from "croner";
import { z } from "zod";
import { parseDuration } from "../model/duration.ts";

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const name = z
  .string()
  .regex(NAME, 'expected lower-case words joined by hyphens, such as "nightly-export"')
  .max(63);

const LEAST_MS = 1_000;
const duration = z
  .string({ error: 'expected a duration such as "30s"' })
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "30s"');
const interval = duration.refine(
  (text) => (parseDuration(text) ?? LEAST_MS) >= LEAST_MS,
  "expected at least 1s between two questions",
);
const ms = duration.transform((text) => parseDuration(text) ?? 0);

const HOST_PORT = /^(\[[0-9a-fA-F:]+\]|[^\s:/]+):(\d{1,5})$/;
const hostPort = z
  .string()
  .refine(
    (text) => Number(HOST_PORT.exec(text)?.[2] ?? 70_000) <= 65_535,
    'expected a host and a port such as "127.0.0.1:7676"',
  )
  .transform((text) => {
    const [, host = "", port = "0"] = HOST_PORT.exec(text) ?? [];
    return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
  });

const severity = z.enum(["P0", "P1", "P2", "P3"]);
const told = {
  title: z.string().min(1).optional(),
  every: interval.prefault("20s"),
  severity: severity.default("P1"),
};
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected a variable such as "DATABASE_URL"');
const port = z.int().min(1).max(65_535);
const place = z
  .string()
  .refine(
    (text) => text.startsWith("/") || URL.canParse(text),
    'expected a path such as "/health", or a URL',
  );

const probe = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("http"),
    at: place,
    accept: z.enum(["2xx", "below 400", "below 500"]).default("below 400"),
    fresh: z.boolean().optional(),
    ...told,
  }),
  z.strictObject({ type: z.literal("tcp"), host: z.string().min(1), port, ...told }),
  z.strictObject({
    type: z.literal("tls"),
    host: z.string().min(1).optional(),
    port: port.optional(),
    daysLeft: z.int().min(0).default(14),
    ...told,
    every: interval.prefault("1h"),
  }),
  z.strictObject({
    type: z.literal("dns"),
    name: z.string().min(1),
    record: z.enum(["A", "AAAA", "CNAME", "MX", "NS", "TXT"]).default("A"),
    expect: z.string().optional(),
    server: z.string().min(1).optional(),
    ...told,
    every: interval.prefault("5m"),
  }),
  z.strictObject({ type: z.literal("websocket"), at: place, ...told }),
  z.strictObject({ type: z.literal("postgres"), variable: variable.default("DATABASE_URL"), ...told }),
  z.strictObject({ type: z.literal("redis"), variable: variable.default("REDIS_URL"), ...told }),
  z.strictObject({
    type: z.literal("host"),
    what: z.enum(["disk", "memory", "cpu"]),
    most: z.number().positive().max(64),
    ...told,
    every: interval.prefault("1m"),
  }),
]);

/** One statement: a second one could end the transaction that lets it read only. */
const statement = z
  .string()
  .min(1)
  .transform((text) => text.trim().replace(/;\s*$/, ""))
  .refine((text) => !text.includes(";"), "expected one statement, without a semicolon inside");

const figure = z
  .strictObject({
    sql: statement,
    unit: z.string().max(20).default(""),
    variable: variable.default("DATABASE_URL"),
    least: z.number().optional(),
    most: z.number().optional(),
    title: z.string().min(1).optional(),
    every: interval.prefault("5m"),
    severity: severity.default("P2"),
  })
  .refine(
    ({ least, most }) => least === undefined || most === undefined || least <= most,
    "expected least not to be above most",
  );

const heartbeat = z
  .strictObject({
    every: interval.optional(),
    cron: z.string().refine(isCron, 'expected a cron pattern such as "0 3 * * *"').optional(),
    timeZone: z.string().refine(isTimeZone, 'expected a time zone such as "Europe/Berlin"').default("UTC"),
    grace: ms.prefault("5m"),
    severity: severity.default("P1"),
  })
  .refine(
    ({ every, cron }) => (every === undefined) !== (cron === undefined),
    "expected either every or cron",
  );

const telemetry = z.strictObject({
  endpoint: z
    .url({ protocol: /^https?$/, error: 'expected an address such as "https://otlp.example"' })
    .transform((text) => text.replace(/\/+$/, "")),
  headers: variable.optional(),
  every: interval.prefault("15s"),
});

export const watchSchema = z.strictObject({
  listen: hostPort.optional(),
  references: z.array(hostPort).default([]),
  probes: z.record(name, probe).default({}),
  every: z.record(z.string(), interval).default({}),
  heartbeats: z.record(name, heartbeat).default({}),
  telemetry: telemetry.optional(),
});
export const figuresSchema = z.record(name, figure);

export type JudgedWatch = z.output<typeof watchSchema>;
export type JudgedFigures = z.output<typeof figuresSchema>;

function isCron(text: string): boolean {
  try {
    return new Cron(text, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

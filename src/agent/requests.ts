import { z } from "zod";
import { UserError } from "../model/errors.ts";
import type { RequestName } from "./protocol.ts";

// Names become file names and environment values.
const name = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/, "letters, digits, _ . - (at most 64)");
const token = z.string().min(16).max(200);
const text = z.string().max(1_000);
const ms = z.number().min(0);
const nothing = z.object({});

const process = z.object({
  name,
  kind: z.enum(["web", "worker", "schedule", "site"]),
  start: z.string().min(1).optional(),
  instances: z.int().min(0).max(64),
  health: z
    .object({
      path: z.string().startsWith("/"),
      readyPath: z.string().startsWith("/").optional(),
      timeoutMs: z.number().positive(),
      intervalMs: z.number().positive(),
      successes: z.int().min(1),
      startTimeoutMs: z.number().positive(),
    })
    .optional(),
  heartbeatWithinMs: z.number().positive().optional(),
  schedule: z
    .object({
      everyMs: z.number().positive().optional(),
      cron: z.string().optional(),
      timeZone: z.string().optional(),
      timeoutMs: z.number().positive(),
    })
    .optional(),
  site: z
    .object({
      directory: z.string(),
      fallback: z.string().optional(),
      headers: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  routes: z.array(z.object({ prefix: z.string().startsWith("/"), host: z.string().optional() })),
  stopGraceMs: ms,
  memoryLimitBytes: z.number().positive().optional(),
  logLimitBytes: z.number().positive(),
});

/** Linux refuses a single environment string past 128 KiB (MAX_ARG_STRLEN), its name and "=" included. */
const VARIABLE_BYTES = 131_071;

const variables = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).check((context) => {
  for (const [key, value] of Object.entries(context.value)) {
    const sizeBytes = Buffer.byteLength(key) + 1 + Buffer.byteLength(value);
    if (sizeBytes > VARIABLE_BYTES) {
      const message = `${key} has ${sizeBytes} bytes, more than the ${VARIABLE_BYTES} a process can be given`;
      context.issues.push({ code: "custom", input: key, path: [key], message });
    }
    if (value.includes("\0")) {
      context.issues.push({ code: "custom", input: key, path: [key], message: `${key} holds a NUL byte` });
    }
  }
});

const release = z.object({
  id: name,
  commit: text,
  directory: z.string().startsWith("/"),
  variables,
  processes: z.array(process),
});

const service = z.object({
  name,
  file: z.string().min(1),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  cwd: z.string().startsWith("/"),
  uid: z.int().min(0).optional(),
  gid: z.int().min(0).optional(),
  port: z.int().min(1).max(65_535),
  stopSignal: z.enum(["SIGTERM", "SIGINT"]),
  stopGraceMs: ms,
  code: z.string().optional(),
});

const schemas: Record<RequestName, z.ZodType> = {
  status: nothing,
  "lease/acquire": z.object({
    token,
    owner: text.min(1),
    purpose: text,
    steal: text.min(1).optional(),
    process: z.object({ pid: z.int().min(1), startedTicks: text, space: text }).optional(),
  }),
  "lease/renew": z.object({ token, step: text.optional() }),
  "lease/release": z.object({ token }),
  "service/supply": z.object({ service, anew: z.boolean() }),
  "service/hold": z.object({ token, name }),
  "service/resume": z.object({ token }),
  "certificate/reissue": z.object({ token }),
  port: z.object({ label: text.min(1) }),
  "release/stage": z.object({ token, release }),
  "release/revive": z.object({ token, id: name }),
  "release/staging": z.object({ id: name }),
  "release/switch": z.object({ token, id: name }),
  "release/retire": z.object({ token, id: name, afterMs: ms }),
  "release/discard": z.object({ token, id: name }),
  "release/prune": z.object({ token, keep: z.array(name) }),
  traffic: z.object({ sinceMs: ms }),
  "traffic/span": z.object({ from: ms, until: ms }),
  logs: z.object({
    process: name.optional(),
    release: z.string().optional(),
    lines: z.int().min(1).max(100_000),
  }),
  host: z.object({ files: z.array(text.min(1)).max(100).optional() }),
  restart: nothing,
  stop: z.object({ owner: text.min(1).optional() }),
};

/** Throws UserError naming every field that is not as it must be; never a value. */
export function judgeRequest(request: RequestName, body: unknown): unknown {
  const judged = schemas[request].safeParse(body);
  if (judged.success) return judged.data;
  const issues = judged.error.issues.map(({ path, message }) => `${path.join(".") || "request"}: ${message}`);
  throw new UserError(`the agent cannot do "${request}": ${issues.join("; ")}`);
}

export function isRequest(path: string): path is RequestName {
  return Object.hasOwn(schemas, path);
}

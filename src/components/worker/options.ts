import { z } from "zod";
import { logErrorsOption } from "../../facts/log-error-checks.ts";
import { parseDuration } from "../../model/duration.ts";
import { parseSize } from "../../model/size.ts";

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "30s" or "5m"');
const size = z.string().refine((text) => parseSize(text) !== undefined, 'expected a size such as "512MB"');
const shellLine = z.string().trim().min(1);

export const workerOptions = z.strictObject({
  start: shellLine.describe("Shell line that starts one instance."),
  instances: z.int().min(1).max(64).default(1).describe("Instances of one release."),
  heartbeat: duration
    .default("30s")
    .describe(
      "The worker touches the file GONOGO_HEARTBEAT_FILE at least this often; silent for twice as long, it is unwell.",
    ),
  roundTrip: z
    .union([shellLine, z.strictObject({ run: shellLine, within: duration.default("10s") })])
    .transform((given) => (typeof given === "string" ? { run: given, within: "10s" } : given))
    .optional()
    .describe(
      'Shell line that enqueues a job that does nothing, waits until a worker did it, and prints {"ms": 12}.',
    ),
  idempotent: shellLine
    .optional()
    .describe('Shell line that enqueues one job twice, waits for both, and prints {"effects": 1}.'),
  backlog: z
    .strictObject({
      run: shellLine.describe('Prints {"depth": 3, "oldestMs": 1200}; oldestMs may be left out.'),
      depth: z.int().min(0).default(1_000).describe("More waiting jobs than this are a backlog."),
      oldest: duration.default("5m").describe("A job that waits longer than this is a backlog."),
    })
    .optional()
    .describe("How long the queue is."),
  deadLetter: shellLine
    .optional()
    .describe('Shell line that counts jobs which were given up, and prints {"count": 0}.'),
  memory: size.optional().describe("An instance that takes more is started anew."),
  logs: size.default("64MB").describe("Log kept of each instance."),
  logErrors: logErrorsOption,
  stopGrace: duration
    .default("30s")
    .describe("From SIGTERM to SIGKILL: the job in progress ends in this time."),
});

export type WorkerOptions = z.output<typeof workerOptions>;

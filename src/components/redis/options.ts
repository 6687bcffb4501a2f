import { z } from "zod";
import { parseDuration } from "../../model/duration.ts";
import { parseSize } from "../../model/size.ts";

const duration = z
  .templateLiteral([z.number(), z.enum(["ms", "s", "m", "h", "d", "w"])], {
    error: 'expected a duration such as "15m" or "30d"',
  })
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "15m" or "30d"');

const size = z
  .templateLiteral([z.number(), z.enum(["B", "KB", "MB", "GB"])], { error: 'expected a size such as "64MB"' })
  .refine((text) => (parseSize(text) ?? 0) > 0, 'expected a size such as "64MB"');

export const redisOptions = z.strictObject({
  variable: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable")
    .default("REDIS_URL")
    .describe("The variable with the address that the application connects to."),
  use: z
    .enum(["queue", "cache", "both"])
    .default("both")
    .describe(
      "What it holds. queue: jobs or sessions that must not be lost. cache: copies that can be made again. both: judged as a queue.",
    ),
  persistence: z
    .enum(["aof", "rdb", "aof+rdb", "none"])
    .optional()
    .describe("How data survives a restart. Not declared: either way for a queue, any for a cache."),
  maxMemory: size.default("64MB").describe("Limit of a Redis that Gonogo supplies on this machine."),
  keys: z
    .record(z.string().min(1), z.union([duration, z.literal("none")]))
    .default({})
    .describe(
      'Prefix to the longest time its keys live ("session:": "30d"), or "none" where they stay for ever.',
    ),
});

export type RedisOptions = z.output<typeof redisOptions>;

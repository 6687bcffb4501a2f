import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { type Database, openDatabase } from "../database.ts";
import { reasonOf } from "../log.ts";
import { createQueue, DEAD, type Job, type QueuedJob, READY } from "../queue/queue.ts";
import { openBlockingRedis } from "../redis.ts";
import { readSettings } from "../settings.ts";
import { move } from "../wallet/ledger.ts";
import { FIRST_PROBE, READER_PROBE } from "./accounts.ts";

const PATIENCE_SECONDS = 20;
const RATE_MINOR = 2n;

/** What checks ask of the queue, by the command's only argument; each prints one JSON object. */
const QUESTIONS: Readonly<Record<string, (redis: Redis) => Promise<object>>> = {
  "round-trip": roundTrip,
  twice: finalizeTwice,
  backlog: async (redis) => {
    const [oldest] = await redis.lrange(READY, -1, -1);
    const addedAt = oldest === undefined ? undefined : (JSON.parse(oldest) as Partial<QueuedJob>).addedAt;
    return { depth: await redis.llen(READY), oldestMs: addedAt === undefined ? 0 : Date.now() - addedAt };
  },
  "dead-letter": async (redis) => ({ count: await redis.llen(DEAD) }),
};

/** A job that does nothing, from here through a worker and back. */
async function roundTrip(redis: Redis): Promise<object> {
  const started = performance.now();
  await doneByWorkers(redis, [(replyTo) => ({ kind: "echo", replyTo })]);
  return { ms: Math.round(performance.now() - started) };
}

/** Settles one session of the probe accounts by two jobs at once, and counts how often its reader was paid. */
async function finalizeTwice(redis: Redis): Promise<object> {
  const { databaseUrl: url } = readSettings();
  const database = openDatabase({ url, poolMax: 1, name: "probe", onIdleError: () => undefined });
  try {
    const sessionId = await endedSession(database);
    const job = (replyTo: string): Job => ({ kind: "finalize", sessionId, replyTo });
    await doneByWorkers(redis, [job, job]);
    const [row] = await database.asSystem((query) =>
      query<{ effects: bigint }>(
        "select count(*) as effects from ledger_entry where session_id = $1 and kind = 'payout'",
        [sessionId],
      ),
    );
    return { effects: Number(row?.effects) };
  } finally {
    await database.close();
  }
}

/** One billed minute between probes, its books in order. */
async function endedSession(database: Database): Promise<string> {
  return database.asSystem(async (query) => {
    const [session] = await query<{ id: string }>(
      `insert into reading_session
         (client_id, reader_id, rate_minor, is_probe, state, activated_at, ended_at, end_reason, minutes_billed)
       values ($1, $2, $3, true, 'ended', now(), now(), 'probe', 1) returning id`,
      [FIRST_PROBE, READER_PROBE, RATE_MINOR],
    );
    const sessionId = session?.id ?? "";
    const keys = { personId: FIRST_PROBE, sessionId };
    await move(query, {
      ...keys,
      amountMinor: RATE_MINOR,
      kind: "probe",
      idempotencyKey: `probe:funds:${sessionId}`,
    });
    const billed = `session:${sessionId}:minute:1`;
    await move(query, { ...keys, amountMinor: -RATE_MINOR, kind: "reading", idempotencyKey: billed });
    return sessionId;
  });
}

async function doneByWorkers(redis: Redis, jobs: readonly ((replyTo: string) => Job)[]): Promise<void> {
  const replyTo = `jobs:reply:${randomUUID()}`;
  const queue = createQueue(redis);
  for (const job of jobs) await queue.add(job(replyTo));
  for (let left = jobs.length; left > 0; left--) {
    const reply = await redis.blpop(replyTo, PATIENCE_SECONDS);
    if (!reply) throw new Error(`no worker did the job within ${PATIENCE_SECONDS} s`);
  }
}

try {
  const question = QUESTIONS[process.argv[2] ?? ""];
  if (!question) throw new Error(`ask one of ${Object.keys(QUESTIONS).join(", ")}`);
  const redis = openBlockingRedis(readSettings().redisUrl, () => undefined);
  try {
    process.stdout.write(`${JSON.stringify(await question(redis))}\n`);
  } finally {
    redis.disconnect();
  }
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
}

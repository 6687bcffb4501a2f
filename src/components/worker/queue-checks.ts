import { defineCheck } from "../../model/check.ts";
import { formatDuration, msOf } from "../../model/duration.ts";
import { type Fail, fail, pass, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import type { Said } from "./declared-line.ts";
import { backlog, deadLetter, roundTrip, twice } from "./facts.ts";

export const jobRoundTrip = defineCheck({
  id: "jobs.roundtrip",
  title: "A job that is sent is done in time",
  consequence: "Queue and workers run, each for itself: what users ask for is never carried out.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "15m",
  asks: ways(`
    test background job end to end | jobs are processed | queue is processing jobs | async tasks complete
    verify Sidekiq or Celery processes a job | job queue processing tested
    async jobs tested | background jobs working | background jobs tested | job processing works
    queue processing works | test job executed | jobs execute successfully | Sidekiq processes jobs
    worker processes jobs | jobs run through | workers process jobs
    background jobs run | background tasks executed | async processing works | queued jobs executed
    background jobs execute | workers pick up jobs | Celery tasks executed
    enqueued job is executed | enqueue a test job | enqueue a test job and see it finish | enqueue a job
    Hangfire jobs run | background jobs are processed | test job completes
    test job dispatched and completed | jobs processed by the worker | dispatched jobs are handled
    queued jobs finish | jobs finish in time
    a job runs through the queue | background processing verified | job sent to the queue is executed
    jobs complete within a minute | Oban jobs executed | SQS messages consumed | messages are consumed
    jobs picked up promptly
    background job finishes within a minute | background job completion under a second | job queue working
    background job processing working | queue worker works
  `),
  figures: { within: { measured: "roundTripMs", keeps: "no more", in: "ms" } },
  needs: { said: roundTrip },
  run({ said }, { options, component }) {
    const within = options.roundTrip?.within ?? "10s";
    if (said.how === "failed") return neverDone(said, component);
    const measured = { roundTripMs: said.answer };
    if (said.answer <= msOf(within)) return pass(`done in ${formatDuration(said.answer)}`, measured);
    return fail(`a job that does nothing took ${formatDuration(said.answer)}`, {
      expected: `done within ${within}`,
      found: formatDuration(said.answer),
      fix: `more instances: components.${component}: worker({ instances: ... }); or look for what the queue is full of`,
      measured,
    });
  },
});

function neverDone(said: Said<unknown> & { how: "failed" }, component: string): Fail {
  return fail("a job that was sent did not come back", {
    expected: `\`${said.line}\` prints how long it took`,
    found: `it ${said.why}${said.lastLine === "" ? "" : `: ${said.lastLine}`}`,
    fix: `gonogo logs ${component}; do the worker and the application name the same queue?`,
  });
}

export const jobIdempotent = defineCheck({
  id: "jobs.idempotent",
  title: "The same job sent twice has one effect",
  consequence: "Queues deliver twice sooner or later: a customer is billed or mailed two times.",
  severity: "blocker",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    jobs are idempotent | duplicate jobs handled | retries do not repeat effects
    task idempotency | retries are safe | tasks can be retried
    retry does not duplicate | no duplicate side effects | job retried twice has one effect
    tasks are idempotent | running a job twice is safe
    job run twice has one effect | duplicate messages handled | workers tolerate at-least-once delivery
    same job enqueued twice does its work once | same job sent twice
    jobs safe to retry | job retries do no harm | retried jobs do not duplicate work
    retried jobs have no side effects twice | duplicate queue messages ignored | duplicate jobs ignored
    consumers idempotent | message handlers idempotent | jobs can be repeated without harm
    tasks can run twice | unique jobs | re-running a job changes nothing | jobs may run twice
    jobs may run twice without harm | job twice without harm
    executing the same job again changes nothing | same job again has no effect
  `),
  needs: { said: twice },
  run({ said }, { component }) {
    if (said.how === "failed") return unknown(`\`${said.line}\` ${said.why}: ${said.lastLine}`, twice.id);
    const measured = { effects: said.answer };
    if (said.answer === 1) return pass("two deliveries, one effect", measured);
    const isMany = said.answer > 1;
    return fail(isMany ? "each delivery had an effect of its own" : "neither delivery had an effect", {
      expected: "1 effect",
      found: `${said.answer} effects`,
      fix: isMany
        ? `let ${component} keep the id of each job it has done, in the transaction of its effect, and pass over one it knows`
        : `gonogo logs ${component}: the job was taken and not done`,
      measured,
    });
  },
});

export const queueBacklog = defineCheck({
  id: "jobs.queue.backlog",
  title: "The queue is short",
  consequence: "What users asked for is done hours later, and every hour it is more.",
  severity: "warning",
  phase: "staging",
  freshFor: "1h",
  every: "5m",
  asks: ways(`
    queue depth monitored | no backlog of jobs | queue length under limit | jobs are not piling up
    queue length monitored | queue depth | queue backlog | queue length | queue backlog monitored
    queue monitoring | queue length > 1000
    queue does not grow | message queue without backlog | queue size alert | queue not growing | queue lag
    consumer lag | backlog of jobs | No backlog | Queue size
    no jobs stuck | queue lag acceptable | no stuck jobs | queue backlog below the threshold | queue latency
    queue not backed up | Sidekiq latency low | ApproximateNumberOfMessages | pending jobs do not pile up
    queue is short | queue latency low | jobs do not pile up | job queue does not grow | queue stays short
    waiting jobs few | messages waiting in the queue | queue depth below threshold
    number of pending jobs low | tasks waiting in the queue | jobs not waiting long | queue wait time
    queue is not growing | oldest job in the queue
    no accumulation of unprocessed messages | no unprocessed jobs accumulate
    Sidekiq queue latency under 30 seconds | queue drains within a minute
    queue state normal | queue status normal | no accumulation of unprocessed requests | retry queue short
  `),
  needs: { said: backlog },
  run({ said }, { options, component }) {
    if (said.how === "failed") return unknown(`\`${said.line}\` ${said.why}: ${said.lastLine}`, backlog.id);
    const { depth, oldestMs } = said.answer;
    const limit = { depth: options.backlog?.depth ?? 0, oldest: options.backlog?.oldest ?? "5m" };
    const measured = { depth, oldestMs: oldestMs ?? null };
    const age =
      oldestMs === undefined || oldestMs === null ? "" : `, the oldest for ${formatDuration(oldestMs)}`;
    if (depth <= limit.depth && (oldestMs ?? 0) <= msOf(limit.oldest)) {
      return pass(`${quantity(depth, "job waits", "jobs wait")}${age}`, measured);
    }
    return fail(depth > limit.depth ? quantity(depth, "job waits", "jobs wait") : "a job waits too long", {
      expected: `at most ${quantity(limit.depth, "job")}, none for longer than ${limit.oldest}`,
      found: `${quantity(depth, "job")}${age}`,
      fix: `more instances: components.${component}: worker({ instances: ... }); or stop what sends so many`,
      measured,
    });
  },
});

export const deadLetterEmpty = defineCheck({
  id: "jobs.dead-letter.empty",
  title: "No job was given up",
  consequence: "Each of them is something a user asked for and never got.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "15m",
  asks: ways(`
    dead letter queue is empty | no failed jobs | failed jobs reviewed | failed jobs monitored
    no failed jobs in the queue | dead set is empty
    failed_jobs table is empty | no jobs in the dead set | no failed jobs left | failed queue empty
    no dead jobs | no jobs in the failed queue | alarm on DLQ messages
    alert on dead letters | DLQ has no messages | no jobs in the failed state | failed state empty
    dead letter queue contains no messages | DLQ empty | nothing in the dead letter queue
    no messages in the dead letter queue | failed jobs table empty | no jobs failed permanently
    failed jobs cleared | no dead letters | dead jobs cleared | Sidekiq dead set | poison queue empty
    discarded jobs none | no permanently failed jobs | queue:failed shows nothing
    failed jobs retried or deleted
  `),
  needs: { said: deadLetter },
  run({ said }) {
    if (said.how === "failed")
      return unknown(`\`${said.line}\` ${said.why}: ${said.lastLine}`, deadLetter.id);
    const measured = { deadLetters: said.answer };
    if (said.answer === 0) return pass("none", measured);
    return fail(`${said.answer === 1 ? "1 job was" : `${said.answer} jobs were`} given up`, {
      expected: "none",
      found: String(said.answer),
      fix: "read why each failed, mend it, then send it again or delete it",
      measured,
    });
  },
});

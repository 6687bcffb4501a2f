import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../test/fixtures/git-folder.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import { processRestarts } from "../../facts/process-restarts.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { InstanceStatus, Runtime } from "../../model/runtime.ts";
import type { Subject } from "../../model/subject.ts";
import { openDoors } from "../../system/doors.ts";
import { workerRunning } from "./instance-checks.ts";
import { workerOptions } from "./options.ts";
import { deadLetterEmpty, jobIdempotent, jobRoundTrip, queueBacklog } from "./queue-checks.ts";
import { worker } from "./worker.ts";

const NOW = Date.now();

function instance(change: Partial<InstanceStatus> = {}): InstanceStatus {
  return {
    release: "r2",
    process: "jobs",
    index: 0,
    state: "ready",
    pid: 4711,
    port: undefined,
    startedAt: NOW - 60_000,
    restarts: 0,
    memoryBytes: undefined,
    heartbeatAt: NOW,
    lastExit: undefined,
    ...change,
  };
}

const RUNNING: Runtime = { instances: [instance()], schedules: [] };

async function answer(
  check: AnyCheck,
  options: object,
  given: { runtime?: Runtime | undefined; directory?: string } = {},
): Promise<Outcome> {
  await using doors = openDoors();
  const subject = subjectFor({
    component: "jobs",
    options: workerOptions.parse({ start: "node worker.js", ...options }),
    runtime: "runtime" in given ? given.runtime : RUNNING,
    release: { id: "r2", commit: "c0ffee", createdAt: NOW - 60_000, configuration: "c" },
    variables: { QUEUE_URL: "redis://:canary-password@127.0.0.1/0" },
    ...(given.directory !== undefined && { directory: given.directory }),
  });
  const { outcome } = await ask(createObserver(doors), subject as Subject, check);
  expect(JSON.stringify(outcome)).not.toContain("canary");
  return outcome;
}

const of = (...instances: InstanceStatus[]) => ({ runtime: { instances, schedules: [] } });

describe("jobs.worker.running", () => {
  it("passes when each declared instance has given a sign of life", async () => {
    const both = of(instance({ heartbeatAt: NOW - 20_000 }), instance({ index: 1 }));
    expect(await answer(workerRunning, { instances: 2, heartbeat: "15s" }, both)).toMatchObject({
      status: "pass",
      measured: { running: 2, declared: 2 },
    });
  });

  it.each([
    [
      "is silent",
      instance({ index: 1, heartbeatAt: NOW - 31_000 }),
      /jobs.1 is ready, last heard of 31 s ago/,
    ],
    ["never said a word", instance({ index: 1, heartbeatAt: undefined }), /never heard of/],
    ["waits to be started", instance({ index: 1, state: "backing off" }), /jobs.1 is backing off/],
    ["belongs to another release", instance({ index: 1, release: "r1" }), /^$/],
  ])("finds one that %s", async (_what, second, told) => {
    const outcome = await answer(workerRunning, { instances: 2, heartbeat: "15s" }, of(instance(), second));
    expect(outcome).toMatchObject({
      status: "fail",
      summary: "1 of 2 workers are alive",
      found: expect.stringMatching(told),
    });
  });

  it("tells a worker that does not run from one that never touches its file", async () => {
    expect(await answer(workerRunning, {}, of(instance({ process: "api" })))).toMatchObject({
      summary: "jobs does not run",
    });
    expect(await answer(workerRunning, {}, of(instance({ heartbeatAt: undefined })))).toMatchObject({
      fix: expect.stringContaining("GONOGO_HEARTBEAT_FILE every 30s"),
    });
  });

  it("cannot tell before anything is deployed", async () => {
    expect(await answer(workerRunning, {}, { runtime: undefined })).toMatchObject({
      status: "unknown",
      reason: "nothing is deployed in staging yet",
    });
  });
});

describe("process.restarts", () => {
  it("tells an accident from a loop", async () => {
    expect((await answer(processRestarts, {}, of(instance()))).status).toBe("pass");
    expect(await answer(processRestarts, {}, of())).toMatchObject({
      status: "unknown",
      reason: "no instance of jobs is there to be looked at",
    });
    const lastExit = { code: 137, signal: null, at: NOW };
    expect(await answer(processRestarts, {}, of(instance({ restarts: 1, lastExit })))).toMatchObject({
      status: "warn",
      found: "jobs.0: 1 restart, ended by exit code 137",
    });
    expect(await answer(processRestarts, {}, of(instance({ restarts: 3 })))).toMatchObject({
      status: "fail",
      summary: "jobs keeps crashing",
    });
    expect((await answer(processRestarts, {}, of(instance({ state: "backing off" })))).status).toBe("fail");
  });

  it("leaves other processes and releases alone, and cannot tell before a deploy", async () => {
    const others = [instance({ process: "api", restarts: 9 }), instance({ release: "r1", restarts: 9 })];
    expect((await answer(processRestarts, {}, of(instance(), ...others))).status).toBe("pass");
    expect((await answer(processRestarts, {}, { runtime: undefined })).status).toBe("unknown");
  });
});

/** A queue in a folder: one line puts a job in and waits, a worker beside it takes it out. */
const QUEUE = {
  "send.sh":
    'touch job.$$; (sleep 0.05; test -e broken || mv job.$$ done.$$) & n=0; while [ ! -e done.$$ ]; do n=$((n+1)); [ $n -gt 20 ] && { echo "gave up on $QUEUE_URL" >&2; exit 1; }; sleep 0.02; done; echo working; echo \'{"ms": 55}\'\n',
};

describe("jobs.roundtrip", () => {
  it("sends a job through and measures it", async () => {
    using project = createGitFolder(QUEUE, { git: false });
    const { directory } = project;
    expect(await answer(jobRoundTrip, { roundTrip: "sh send.sh" }, { directory })).toMatchObject({
      status: "pass",
      measured: { roundTripMs: 55 },
    });
    const roundTrip = { run: "sh send.sh", within: "20ms" };
    expect(await answer(jobRoundTrip, { roundTrip }, { directory })).toMatchObject({
      status: "fail",
      found: "55 ms",
    });
  });

  it("fails when no worker takes it, and masks what the line wrote", async () => {
    using project = createGitFolder({ ...QUEUE, broken: "" }, { git: false });
    const { directory } = project;
    expect(await answer(jobRoundTrip, { roundTrip: "sh send.sh" }, { directory })).toMatchObject({
      status: "fail",
      found: "it ended with 1: gave up on [QUEUE_URL]",
    });
  });

  it("cannot tell from a line that is missing or says something else", async () => {
    expect(await answer(jobRoundTrip, { roundTrip: "no-such-program-here" })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("cannot be run here"),
    });
    expect(await answer(jobRoundTrip, { roundTrip: "echo $QUEUE_URL" })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining('did not print {"ms": <number>}'),
    });
    expect((await answer(jobRoundTrip, { roundTrip: "true" }, { runtime: undefined })).status).toBe(
      "unknown",
    );
  });

  it("does not apply without a line", async () => {
    expect(await answer(jobRoundTrip, {})).toMatchObject({
      status: "not applicable",
      reason: expect.stringContaining("worker({ roundTrip: ... })"),
    });
  });
});

describe("what the queue's own lines say", () => {
  it.each<[string, AnyCheck, object, string, RegExp]>([
    ["jobs.idempotent", jobIdempotent, { idempotent: "echo '{\"effects\":1}'" }, "pass", /one effect/],
    [
      "jobs.idempotent",
      jobIdempotent,
      { idempotent: "echo '{\"effects\":2}'" },
      "fail",
      /an effect of its own/,
    ],
    ["jobs.idempotent", jobIdempotent, { idempotent: "echo '{\"effects\":0}'" }, "fail", /neither/],
    ["jobs.idempotent", jobIdempotent, { idempotent: "echo no >&2; exit 4" }, "unknown", /ended with 4: no/],
    ["jobs.idempotent", jobIdempotent, {}, "not applicable", /idempotent/],
    ["jobs.queue.backlog", queueBacklog, { backlog: { run: "echo '{\"depth\":3}'" } }, "pass", /3 jobs wait/],
    [
      "jobs.queue.backlog",
      queueBacklog,
      { backlog: { run: "echo '{\"depth\":3}'", depth: 2 } },
      "fail",
      /3 jobs wait/,
    ],
    [
      "jobs.queue.backlog",
      queueBacklog,
      { backlog: { run: 'echo \'{"depth":1,"oldestMs":400000}\'' } },
      "fail",
      /a job waits too long/,
    ],
    ["jobs.queue.backlog", queueBacklog, { backlog: { run: "kill -9 $$" } }, "unknown", /SIGKILL/],
    ["jobs.queue.backlog", queueBacklog, {}, "not applicable", /backlog/],
    ["jobs.dead-letter.empty", deadLetterEmpty, { deadLetter: "echo '{\"count\":0}'" }, "pass", /none/],
    [
      "jobs.dead-letter.empty",
      deadLetterEmpty,
      { deadLetter: "echo '{\"count\":2}'" },
      "fail",
      /2 jobs were/,
    ],
    ["jobs.dead-letter.empty", deadLetterEmpty, { deadLetter: "echo {" }, "unknown", /did not print/],
    ["jobs.dead-letter.empty", deadLetterEmpty, {}, "not applicable", /deadLetter/],
  ])("%s with %3$j: %4$s", async (_id, check, options, status, told) => {
    const outcome = await answer(check, options);
    expect(outcome.status).toBe(status);
    expect(JSON.stringify(outcome)).toMatch(told);
  });
});

describe("the declaration", () => {
  it("becomes a process that is unwell after two silent intervals", () => {
    const options = workerOptions.parse({ start: "work", instances: 2, heartbeat: "10s", memory: "1MB" });
    expect(worker.definition.processes?.(options, "jobs")).toMatchObject([
      { kind: "worker", instances: 2, heartbeatWithinMs: 20_000, memoryLimitBytes: 1_048_576, routes: [] },
    ]);
  });

  it("refuses what it does not know", () => {
    expect(workerOptions.safeParse({ start: "work", heartbeat: "often" }).success).toBe(false);
    expect(workerOptions.safeParse({ start: "work", beat: "1s" }).success).toBe(false);
    expect(workerOptions.safeParse({}).success).toBe(false);
  });
});

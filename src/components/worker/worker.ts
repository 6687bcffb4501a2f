import { logErrorFree } from "../../facts/log-error-checks.ts";
import { logLevel, logNoSecrets, logStructured } from "../../facts/process-log-checks.ts";
import { processRestarts } from "../../facts/process-restarts.ts";
import { defineComponent } from "../../model/component.ts";
import { msOf } from "../../model/duration.ts";
import type { Process } from "../../model/process.ts";
import { bytesOf } from "../../model/size.ts";
import { workerRunning } from "./instance-checks.ts";
import { type WorkerOptions, workerOptions } from "./options.ts";
import { deadLetterEmpty, jobIdempotent, jobRoundTrip, queueBacklog } from "./queue-checks.ts";

/** A program of the app that takes jobs from a queue. */
export const worker = defineComponent({
  kind: "worker",
  summary: "A program that takes jobs: alive by its heartbeat, proven by a job that goes through.",
  options: workerOptions,
  variables: () => [],
  checks: [
    workerRunning,
    processRestarts,
    jobRoundTrip,
    jobIdempotent,
    queueBacklog,
    deadLetterEmpty,
    logNoSecrets,
    logLevel,
    logStructured,
    logErrorFree,
  ],
  processes: (options, name) => [processOf(options, name)],
});

function processOf(options: WorkerOptions, name: string): Process {
  return {
    name,
    kind: "worker",
    start: options.start,
    instances: options.instances,
    heartbeatWithinMs: msOf(options.heartbeat) * 2,
    routes: [],
    stopGraceMs: msOf(options.stopGrace),
    memoryLimitBytes: options.memory === undefined ? undefined : bytesOf(options.memory),
    logLimitBytes: bytesOf(options.logs),
  };
}

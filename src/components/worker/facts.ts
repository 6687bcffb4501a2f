import { z } from "zod";
import { instancesOf } from "../../facts/process-restarts.ts";
import { msOf } from "../../model/duration.ts";
import { defineFact } from "../../model/fact.ts";
import type { InstanceStatus } from "../../model/runtime.ts";
import { declaredLine } from "./declared-line.ts";
import type { WorkerOptions } from "./options.ts";

export interface WorkerInstances {
  /** When they were looked at; milliseconds since 1970 UTC. */
  readonly at: number;
  readonly instances: readonly InstanceStatus[];
}

export const workerInstances = defineFact<WorkerInstances, WorkerOptions>({
  id: "worker.instances",
  access: "read",
  reach: "application",
  collect: async ({ subject, doors }) => ({ at: doors.clock.now(), instances: instancesOf(subject) }),
});

const count = z.number().min(0);
/** Room for starting the program that asks. */
const START_MS = 5_000;
const PATIENCE_MS = 60_000;

export const roundTrip = declaredLine({
  id: "worker.round-trip",
  access: "active",
  option: "roundTrip",
  lineOf: ({ roundTrip }) =>
    roundTrip && { run: roundTrip.run, timeoutMs: Math.max(msOf(roundTrip.within) * 3, 15_000) + START_MS },
  answer: z
    .union([
      z.object({ ms: count }),
      z.object({ roundTripMs: count }).transform(({ roundTripMs }) => ({ ms: roundTripMs })),
    ])
    .transform(({ ms }) => ms),
  prints: '{"ms": <number>}',
  sends: "one job that does nothing",
});

export const twice = declaredLine({
  id: "worker.same-job-twice",
  access: "active",
  option: "idempotent",
  lineOf: ({ idempotent }) =>
    idempotent === undefined ? undefined : { run: idempotent, timeoutMs: PATIENCE_MS },
  answer: z.object({ effects: count }).transform(({ effects }) => effects),
  prints: '{"effects": <number>}',
  sends: "one job, twice",
});

export const backlog = declaredLine({
  id: "worker.backlog",
  access: "read",
  option: "backlog",
  lineOf: ({ backlog }) => backlog && { run: backlog.run, timeoutMs: PATIENCE_MS },
  answer: z.object({ depth: count, oldestMs: count.nullish() }),
  prints: '{"depth": <number>, "oldestMs": <number>}',
});

export const deadLetter = declaredLine({
  id: "worker.dead-letter",
  access: "read",
  option: "deadLetter",
  lineOf: ({ deadLetter }) =>
    deadLetter === undefined ? undefined : { run: deadLetter, timeoutMs: PATIENCE_MS },
  answer: z.object({ count }).transform((said) => said.count),
  prints: '{"count": <number>}',
});

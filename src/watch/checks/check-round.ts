import { type Answer, ask } from "../../assess/ask.ts";
import { redactAnswer } from "../../assess/redaction.ts";
import { subjectsOf } from "../../assess/subjects.ts";
import type { DeployScene } from "../../deploy/scene.ts";
import { createObserver } from "../../facts/observer.ts";
import type { Reading } from "../../model/monitor.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { CheckRound } from "../monitors/monitors.ts";
import type { Surroundings } from "../surroundings.ts";

/** Facts of one round that are observed at the same time: watching must not be what slows the application down. */
const PARALLEL = 4;

export interface RoundSeen {
  readonly answers: readonly Answer[];
  /** What does not apply gives none. */
  readonly readings: readonly Reading[];
}

/** Asks the checks of one round. */
export async function askRound(
  round: CheckRound,
  { scene, surroundings, signal }: { scene: DeployScene; surroundings: Surroundings; signal: AbortSignal },
): Promise<RoundSeen> {
  const { launch, environment, doors, target } = scene;
  const { status, release, variables, otherEnvironments } = surroundings;
  const { live, instances, schedules, stops } = status;
  const subject = subjectsOf({
    launch,
    environment,
    directory: launch.directory,
    variables,
    address: status.address,
    release,
    runtime: { live, instances, schedules, stops },
    target,
    otherEnvironments,
  }).find(({ component }) => component === round.component);
  if (!subject) return { answers: [], readings: [] };
  const observer = createObserver(doors, { parallel: PARALLEL, signal });
  const asked = await Promise.all(
    round.checks.map(async ({ monitor, check }) => {
      const at = doors.clock.now();
      const from = doors.clock.monotonicMs();
      const answer = redactAnswer(await ask(observer, subject, check));
      const seen = seenOf(answer.outcome);
      const tookMs = Math.round(doors.clock.monotonicMs() - from);
      return {
        answer,
        readings: seen ? [{ monitor: monitor.id, at, tookMs, release: release?.id, ...seen }] : [],
      };
    }),
  );
  return { answers: asked.map(({ answer }) => answer), readings: asked.flatMap(({ readings }) => readings) };
}

/** A weak answer is an answer: only a failing one says that something broke. */
function seenOf(outcome: Outcome): Pick<Reading, "state" | "detail"> | undefined {
  switch (outcome.status) {
    case "pass":
    case "warn":
      return { state: "up", detail: outcome.summary };
    case "fail":
      return { state: "down", detail: outcome.summary };
    case "unknown":
      return { state: "unknown", detail: outcome.reason };
    case "not applicable":
      return undefined;
  }
}

import { ask } from "../../assess/ask.ts";
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

/** Asks the checks of one round; what does not apply gives no reading. */
export async function askRound(
  round: CheckRound,
  { scene, surroundings, signal }: { scene: DeployScene; surroundings: Surroundings; signal: AbortSignal },
): Promise<Reading[]> {
  const { launch, environment, doors, target } = scene;
  const { status, release, variables, otherEnvironments } = surroundings;
  const { live, instances, schedules } = status;
  const subject = subjectsOf({
    launch,
    environment,
    directory: launch.directory,
    variables,
    address: status.address,
    release,
    runtime: { live, instances, schedules },
    target,
    otherEnvironments,
  }).find(({ component }) => component === round.component);
  if (!subject) return [];
  const observer = createObserver(doors, { parallel: PARALLEL, signal });
  const asked = round.checks.map(async ({ monitor, check }): Promise<Reading | undefined> => {
    const at = doors.clock.now();
    const from = doors.clock.monotonicMs();
    const { outcome } = redactAnswer(await ask(observer, subject, check));
    const seen = seenOf(outcome);
    const tookMs = Math.round(doors.clock.monotonicMs() - from);
    return seen && { monitor: monitor.id, at, tookMs, release: release?.id, ...seen };
  });
  return (await Promise.all(asked)).filter((reading) => reading !== undefined);
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

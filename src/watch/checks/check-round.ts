import { type Answer, ask } from "../../assess/ask.ts";
import { redactAnswer } from "../../assess/redaction.ts";
import { subjectsOf } from "../../assess/subjects.ts";
import type { DeployScene } from "../../deploy/scene.ts";
import { createObserver } from "../../facts/observer.ts";
import { findingsOf } from "../../model/finding.ts";
import type { Reading } from "../../model/monitor.ts";
import { once } from "../../model/once.ts";
import type { Outcome } from "../../model/outcome.ts";
import { type Waiver, waiverFor } from "../../model/sign-off.ts";
import type { CheckRound } from "../monitors/monitors.ts";
import type { Surroundings } from "../surroundings.ts";

/** Facts of one round that are observed at the same time: watching must not be what slows the application down. */
const PARALLEL = 4;

export interface RoundSeen {
  readonly answers: readonly Answer[];
  readonly readings: readonly Reading[];
  /** Of what does not apply: news only where something else was said before. */
  readonly moot: readonly Reading[];
}

/** Asks the checks of one round. */
export async function askRound(
  round: CheckRound,
  { scene, surroundings, signal }: { scene: DeployScene; surroundings: Surroundings; signal: AbortSignal },
): Promise<RoundSeen> {
  const { launch, environment, doors, target, store } = scene;
  const { status, release, variables, otherEnvironments } = surroundings;
  const { live, instances, schedules, stops } = status;
  const subject = subjectsOf({
    launch,
    environment,
    directory: launch.directory,
    variables,
    salt: store.salt,
    address: status.address,
    release,
    runtime: { live, instances, schedules, stops },
    target,
    otherEnvironments,
    watch: once(async () => scene.readWatch?.()),
    backups: once(async () => scene.readBackups?.(variables, release?.id)),
  }).find(({ component }) => component === round.component);
  if (!subject) return { answers: [], readings: [], moot: [] };
  const observer = createObserver(doors, { parallel: PARALLEL, signal });
  const waivers = await store.people.waivers(environment.name);
  const asked = await Promise.all(
    round.checks.map(async ({ monitor, check }) => {
      const at = doors.clock.now();
      const from = doors.clock.monotonicMs();
      const answer = redactAnswer(await ask(observer, subject, check));
      const accepted = acceptedIn(answer, waivers, { environment: environment.name, at });
      const seen = accepted ?? seenOf(answer.outcome);
      const tookMs = Math.round(doors.clock.monotonicMs() - from);
      return { answer, reading: { monitor: monitor.id, at, tookMs, release: release?.id, ...seen } };
    }),
  );
  const isMoot = ({ answer: { outcome } }: (typeof asked)[number]): boolean =>
    outcome.status === "not applicable";
  return {
    answers: asked.map(({ answer }) => answer),
    readings: asked.filter((each) => !isMoot(each)).map(({ reading }) => reading),
    moot: asked.filter(isMoot).map(({ reading }) => reading),
  };
}

/** A person has accepted every finding for a time: that it is so is no news to anybody. */
export function acceptedIn(
  { subject, check, outcome }: Pick<Answer, "subject" | "check" | "outcome">,
  waivers: readonly Waiver[],
  now: { environment: string; at: number },
): Pick<Reading, "state" | "detail"> | undefined {
  if (outcome.status !== "fail") return undefined;
  const held = findingsOf(subject.component, check.id, outcome).map(({ fingerprint }) =>
    waiverFor(fingerprint, waivers, now),
  );
  const [first] = held;
  if (!first || held.some((each) => each === undefined)) return undefined;
  const until = new Date(first.until).toISOString().slice(0, 10);
  return { state: "up", detail: `accepted by ${first.by} until ${until}: ${outcome.summary}` };
}

/** A weak answer is an answer: only a failing one says that something broke. */
function seenOf(outcome: Outcome): Pick<Reading, "state" | "detail" | "fix"> {
  switch (outcome.status) {
    case "pass":
    case "warn":
      return { state: "up", detail: outcome.summary };
    case "fail":
      return { state: "down", detail: outcome.summary, fix: outcome.fix };
    case "unknown":
      return { state: "unknown", detail: outcome.reason };
    case "not applicable":
      return { state: "up", detail: `does not apply: ${outcome.reason}` };
  }
}

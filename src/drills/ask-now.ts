import { assess } from "../assess/assess.ts";
import { subjectsOf } from "../assess/subjects.ts";
import { type DeployScene, liveRelease } from "../deploy/scene.ts";
import { createObserver } from "../facts/observer.ts";
import type { Outcome } from "../model/outcome.ts";

/** Asks some checks of what is live, in the middle of a drill: nothing of it is kept as evidence. */
export async function askNow(
  scene: DeployScene,
  checks: readonly string[],
  signal: AbortSignal,
): Promise<{ component: string; outcome: Outcome }[]> {
  const { launch, environment, doors, target } = scene;
  const known = checks.filter((id) =>
    launch.components.some(({ kind }) => kind.checks.some((check) => check.id === id)),
  );
  if (known.length === 0) return [];
  const { live, instances, schedules, address } = await target.status(signal);
  const subjects = subjectsOf({
    launch,
    environment,
    directory: launch.directory,
    variables: await scene.readVariables(new Map()),
    address,
    release: await liveRelease(scene, signal),
    otherEnvironments: [],
    target: {
      logs: (asked, until) => target.logs({ ...asked, ...(live !== undefined && { release: live }) }, until),
      host: (until, asked) => target.host(until, asked),
    },
    runtime: { live, instances, schedules },
  });
  const answers = await assess({
    launch,
    environment: { ...environment, allows: ["read", "active", "drill"] },
    items: scene.items,
    subjects: new Map(subjects.map((subject) => [subject.component, subject])),
    observer: createObserver(doors, { signal }),
    signal,
    only: known,
  });
  return answers.map(({ subject, outcome }) => ({ component: subject.component, outcome }));
}

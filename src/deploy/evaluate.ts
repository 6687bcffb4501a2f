import type { Answer } from "../assess/ask.ts";
import { assess } from "../assess/assess.ts";
import { record, severitiesOf, withSeverity } from "../assess/record.ts";
import { select } from "../assess/selection.ts";
import { subjectsOf } from "../assess/subjects.ts";
import { createObserver } from "../facts/observer.ts";
import { accessOf } from "../model/check.ts";
import { UserError } from "../model/errors.ts";
import type { Reach } from "../model/fact.ts";
import type { Item } from "../model/item.ts";
import { once } from "../model/once.ts";
import type { Release } from "../model/release.ts";
import type { Access, Address } from "../model/subject.ts";
import type { Variables } from "../model/variable.ts";
import { judge, type Verdict } from "../model/verdict.ts";
import { lastSwitch } from "./last-switch.ts";
import type { DeployScene } from "./scene.ts";
import { deployWaitsFor, gatesOf } from "./waits-for.ts";

/** Answers of one assessment, and what they amount to together with the earlier ones of the same release. */
export interface Evaluation {
  readonly answers: readonly Answer[];
  readonly verdict: Verdict;
  readonly tookMs: number;
}

export interface EvaluationRequest {
  readonly variables: Variables;
  readonly release: Release | undefined;
  readonly address: Address | undefined;
  /** What can be seen yet; absent: everything. */
  readonly reach?: readonly Reach[];
  /** Check ids, components, prefixes, items; absent: everything. */
  readonly only?: readonly string[];
  /** Narrower than what the environment allows; checks beyond it are left out. */
  readonly access?: readonly Access[];
  readonly earlier?: Evaluation | undefined;
  readonly signal: AbortSignal;
  readonly onAnswer?: (answer: Answer, progress: { readonly answered: number; readonly of: number }) => void;
}

/** Collects facts, asks checks, keeps the evidence, judges. */
export async function evaluate(scene: DeployScene, request: EvaluationRequest): Promise<Evaluation> {
  const { launch, environment, store, doors, target } = scene;
  const { release, signal, access, earlier } = request;
  const from = doors.clock.monotonicMs();
  const at = doors.clock.now();
  const { live, instances, schedules, stops } = await target.status(signal);
  const subjects = subjectsOf({
    watch: once(async () => scene.readWatch?.()),
    backups: once(async () => scene.readBackups?.(request.variables, release?.id)),
    switched: once(() => lastSwitch(scene)),
    launch,
    environment,
    directory: launch.directory,
    variables: request.variables,
    salt: store.salt,
    address: request.address,
    release,
    ...(release && { built: `${scene.directory}/releases/${release.id}/code` }),
    target: {
      logs: (asked, until) => target.logs({ ...asked, ...(release && { release: release.id }) }, until),
      host: (until, asked) => target.host(until, asked),
    },
    otherEnvironments: await scene.readOtherEnvironments(),
    runtime:
      live === undefined && request.address === undefined ? undefined : { live, instances, schedules, stops },
  });
  const answers = await assess({
    launch,
    environment: { ...environment, allows: access ?? environment.allows },
    items: scene.items,
    subjects: new Map(subjects.map((subject) => [subject.component, subject])),
    observer: createObserver(doors, { signal }),
    signal,
    ...(request.reach && { reach: request.reach }),
    ...(request.only && { only: request.only }),
    ...(request.onAnswer && { onAnswer: request.onAnswer }),
  });
  const asked = access ? answers.filter(({ check }) => access.includes(accessOf(check))) : answers;
  const circumstances = {
    environment: environment.name,
    at,
    release: release?.id,
    configuration: launch.configuration,
  };
  await record(store.evidence, asked, circumstances);
  const all = [...later(earlier?.answers ?? [], asked), ...asked];
  const verdict = await judgeNow(scene, { ...request, whole: earlier !== undefined, release: release?.id });
  return { answers: all, verdict, tookMs: doors.clock.monotonicMs() - from };
}

/** Judges on what the store holds: the narrowed lines of a first look, or all of them once everything was asked. */
export async function judgeNow(
  { launch, environment, store, doors, items }: DeployScene,
  request: {
    whole: boolean;
    release: string | undefined;
    reach?: readonly Reach[];
    only?: readonly string[];
  },
): Promise<Verdict> {
  const narrowed = select({
    launch,
    items,
    ...(!request.whole && request.reach && { reach: request.reach }),
    ...(request.only && { only: request.only }),
  });
  const isDeploy = request.reach !== undefined;
  const waiting = { stage: environment.stage, gates: gatesOf(launch) };
  const isAsked = (item: Item): boolean => !isDeploy || deployWaitsFor(item, waiting);
  const { release } = request;
  const known = release === undefined ? undefined : await store.releases.get(environment.name, release);
  return judge({
    items: narrowed.items.filter(isAsked),
    evidence: withSeverity(launch, await store.evidence.latest(environment.name, request.release)),
    severities: severitiesOf(launch),
    signOffs: await store.people.signOffs(environment.name),
    waivers: await store.people.waivers(environment.name),
    salt: store.salt,
    environment: {
      name: environment.name,
      stage: environment.stage,
      allows: environment.allows,
      launchAt: launch.launchAt,
    },
    now: { at: doors.clock.now(), release, commit: known?.commit, configuration: launch.configuration },
  });
}

function later(earlier: readonly Answer[], newer: readonly Answer[]): Answer[] {
  const asked = new Set(newer.map(({ subject, check }) => `${subject.component}\n${check.id}`));
  return earlier.filter(({ subject, check }) => !asked.has(`${subject.component}\n${check.id}`));
}

/** Throws with the blockers' names when the verdict is NO-GO. */
export function expectGo(evaluation: Evaluation, where: string): void {
  if (!evaluation.verdict.go) throw new UserError(noGo(evaluation, where));
}

/** One sentence that names the first blockers. */
export function noGo({ verdict }: Evaluation, where: string): string {
  const blockers = verdict.items.filter((each) => each.blocks);
  const named = blockers.slice(0, 5).map(({ item, reason }) => `${item.id} (${reason})`);
  const more = blockers.length > 5 ? ` and ${blockers.length - 5} more` : "";
  return `${where} is NO-GO: ${named.join(", ")}${more}`;
}

import type { DeployResult } from "../deploy/deploy.ts";
import { judgeNow } from "../deploy/evaluate.ts";
import type { DeployPlan } from "../deploy/plan.ts";
import { liveRelease } from "../deploy/scene.ts";
import type { UserError } from "../model/errors.ts";
import type { Blocked, Rehearsal } from "../model/rehearsal.ts";
import type { Release } from "../model/release.ts";
import type { Traffic } from "../model/target.ts";
import type { Verdict } from "../model/verdict.ts";
import { lostRelease } from "./lost-release.ts";
import { checkRecord } from "./output/check-record.ts";
import type { CheckRecord } from "./output/contracts/check.ts";
import type { JsonResult } from "./output/contracts/contract.ts";
import type { CountdownRecord } from "./output/contracts/report.ts";
import { countdownOf } from "./output/countdown.ts";
import type { OpenScene } from "./scene.ts";
import { waitingForPeople } from "./status-incidents.ts";

// What a command found, in the documented shape; text and JSON are two views of the same record.

export type DeployRecord = Extract<JsonResult, { kind: "deploy" | "rollback" }>;
export type PlanRecord = Extract<JsonResult, { kind: "plan" }>;
export type StatusRecord = Extract<JsonResult, { kind: "status" }>;
export type ReleasesRecord = Extract<JsonResult, { kind: "releases" }>;

export function headOf({ launch, environment }: OpenScene) {
  return {
    version: 1 as const,
    launch: launch.name,
    environment: environment.name,
    stage: environment.stage,
  };
}

/** The verdict on what the store holds; `tookMs` is that of the assessment behind it, when there was one. */
export async function checkRecordOf(
  scene: OpenScene,
  { release, verdict, tookMs }: { release: Release | undefined; verdict: Verdict; tookMs: number },
): Promise<CheckRecord> {
  const { launch, environment, store, doors } = scene;
  return checkRecord({
    launch,
    environment,
    release,
    verdict,
    evidence: await store.evidence.latest(environment.name, release?.id),
    waivers: await store.people.waivers(environment.name),
    at: doors.clock.now(),
    tookMs,
  });
}

export async function statusRecordOf(
  scene: OpenScene,
  signal: AbortSignal,
  { wholeBoard = false }: { readonly wholeBoard?: boolean } = {},
): Promise<StatusRecord> {
  const { target } = scene;
  const status = await target.status(signal);
  const lost = await lostRelease(scene, status);
  return {
    kind: "status",
    ...headOf(scene),
    live: status.live ?? null,
    lost: lost ? { release: lost.release, seenAt: lost.seenAt ?? null } : null,
    warm: status.warm ?? null,
    staged: status.staged ?? null,
    lease: status.lease ?? null,
    address: status.address?.url ?? null,
    instances: status.instances.map((each) => ({
      ...each,
      pid: each.pid ?? null,
      port: each.port ?? null,
      startedAt: each.startedAt ?? null,
      memoryBytes: each.memoryBytes ?? null,
    })),
    schedules: status.schedules.map((each) => ({
      ...each,
      everyMs: each.everyMs ?? null,
      cron: each.cron ?? null,
      lastStartedAt: each.lastStartedAt ?? null,
      lastFinishedAt: each.lastFinishedAt ?? null,
      lastExitCode: each.lastExitCode ?? null,
      nextAt: each.nextAt ?? null,
    })),
    storeAway: scene.away ?? null,
    ...(scene.away === undefined
      ? { ...(await waitingForPeople(scene)), ...(await standing(scene, signal, wholeBoard)) }
      : { incidents: [], questions: [], channels: [], check: null, countdown: null }),
  };
}

async function standing(
  scene: OpenScene,
  signal: AbortSignal,
  wholeBoard: boolean,
): Promise<Pick<StatusRecord, "check" | "countdown">> {
  const release = await liveRelease(scene, signal);
  const verdict = await judgeNow(scene, { whole: true, release: release?.id });
  const check = await checkRecordOf(scene, { release, verdict, tookMs: 0 });
  return { check: release || wholeBoard ? check : null, countdown: countdownIn(scene, check) };
}

/** What is due by the launch time; null where it does not matter or nobody has said it. */
export function countdownIn({ launch, environment }: OpenScene, check: CheckRecord): CountdownRecord | null {
  if (launch.launchAt === undefined || environment.stage !== "production") return null;
  return countdownOf(check, launch.launchAt);
}

export async function deployRecordOf(
  scene: OpenScene,
  result: DeployResult,
  kind: "deploy" | "rollback",
): Promise<DeployRecord> {
  const { deploy, release, evaluation, downtime, bake, switchedInMs, told, held } = result;
  const { store, environment, target } = scene;
  // What became of the deploy is told also where its host is out of reach.
  const { address } = await target.status(AbortSignal.timeout(5_000)).catch(() => ({ address: undefined }));
  return {
    kind,
    ...headOf(scene),
    deploy: {
      id: deploy.id,
      release: deploy.release,
      from: deploy.from ?? null,
      by: deploy.by,
      startedAt: deploy.startedAt,
      finishedAt: deploy.finishedAt ?? null,
      state: deploy.state,
      reason: deploy.reason ?? null,
    },
    release: release ? releaseRecord(release) : null,
    steps: (await store.deploys.steps(environment.name, deploy.id)).map(({ step, state, at, detail }) => ({
      step,
      state,
      at,
      detail,
    })),
    switchedInMs: switchedInMs ?? null,
    downtime: downtime ? { ...downtime, firstFailure: downtime.firstFailure ?? null } : null,
    bake: bake ? { ...bake, traffic: bake.traffic.map(trafficRecord) } : null,
    check: evaluation
      ? await checkRecordOf(scene, { release, verdict: evaluation.verdict, tookMs: evaluation.tookMs })
      : null,
    address: address?.url ?? null,
    told,
    held: held ? { reason: held.reason, why: held.why, severity: held.severity } : null,
  };
}

export function planRecordOf(
  scene: OpenScene,
  plan: DeployPlan,
  obstacle: UserError | undefined,
): PlanRecord {
  return {
    kind: "plan",
    ...plan,
    ...headOf(scene),
    obstacle: obstacle
      ? { what: obstacle.message, where: obstacle.where ?? null, fix: obstacle.fix ?? null }
      : null,
    from: plan.from ?? null,
    migrations: { ...plan.migrations, unknown: plan.migrations.unknown ?? null },
    rehearsal: {
      ...plan.rehearsal,
      budget: plan.rehearsal.budget ?? null,
      previous: plan.rehearsal.previous ?? null,
    },
  };
}

export async function releasesRecordOf(scene: OpenScene, signal: AbortSignal): Promise<ReleasesRecord> {
  const { store, environment, target } = scene;
  const { live } = await target.status(signal);
  const releases = await store.releases.list(environment.name, 50);
  return { kind: "releases", ...headOf(scene), live: live ?? null, releases: releases.map(releaseRecord) };
}

export function releaseRecord({ environment: _, ...release }: Release) {
  const { rehearsal, backup, ...rest } = release;
  return { ...rest, backup: backup ?? null, rehearsal: rehearsal ? rehearsalRecord(rehearsal) : null };
}

function rehearsalRecord({ proof, previous, figures, ...rehearsal }: Rehearsal) {
  const blocked = (each: Blocked) => ({ ...each, table: each.table ?? null });
  return {
    ...rehearsal,
    proof: proof ?? null,
    previous: previous ?? null,
    figures: { ...figures, reader: blocked(figures.reader), writer: blocked(figures.writer) },
  };
}

function trafficRecord({ p50Ms, p95Ms, p99Ms, ...traffic }: Traffic) {
  return { ...traffic, p50Ms: p50Ms ?? null, p95Ms: p95Ms ?? null, p99Ms: p99Ms ?? null };
}

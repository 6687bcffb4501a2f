import type { Deploy } from "../model/deploy.ts";
import type { Release } from "../model/release.ts";
import type { Lease } from "../model/target.ts";
import { bakeStep } from "./bake-step.ts";
import { begin } from "./begin.ts";
import { keepBackup } from "./declared-backup.ts";
import { askAboutHeld } from "./held-incident.ts";
import { reasonOf, type StepEvent, StepFailed } from "./journal.ts";
import { migrate } from "./migrate.ts";
import { answerQuestions } from "./open-questions.ts";
import { backUp, build, gate, upload } from "./prepare.ts";
import { recover } from "./recover.ts";
import { rehearse } from "./rehearsal/rehearse.ts";
import { retireStanding } from "./retire-standing.ts";
import { openRollbackIncident } from "./rollback-incident.ts";
import { clearStrays, withRoom } from "./room.ts";
import type { DeployRun, Findings, Ready } from "./run.ts";
import { type DeployScene, liveRelease } from "./scene.ts";
import { cutShort, leftAfterUndo, writtenDown } from "./standing.ts";
import { retire, stage, switchOver, verify } from "./traffic.ts";
import { unlock } from "./unlock.ts";

export interface DeployOptions {
  readonly by: string;
  /** Why a commit that was rolled back is tried again. */
  readonly reason: string | undefined;
  readonly signal: AbortSignal;
  /** Policy "ask" after a bad bake: whether the new release stays; undefined: nobody is there, an incident asks. */
  readonly keep?: (reason: string) => Promise<boolean | undefined>;
  readonly onEvent: (event: StepEvent) => void;
}

export interface DeployResult extends Readonly<Findings> {
  readonly deploy: Deploy;
}

const MINUTE_MS = 60_000;

/**
 * Moves an environment to the code of the project as it is now. Ends on the old release or on the new one;
 * whatever fails before the switch leaves the old one untouched, whatever fails after it switches back.
 */
export async function deploy(scene: DeployScene, options: DeployOptions): Promise<DeployResult> {
  const { store, environment, launch, target } = scene;
  const policy = launch.deploy;
  const { by } = options;
  const begun = await begin(scene, { kind: "deploy", release: "", from: undefined, by }, options);
  const { journal, found, signal } = begun;
  let lease: Lease | undefined;
  let before: Release | undefined;
  let isStanding = false;
  let isUnlocked = false;
  try {
    lease = await begun.lock(by, (limit) => target.prepare(limit));
    found.told.push(...(await recover(scene, await target.status(signal))));
    await clearStrays(scene, signal);
    before = await liveRelease(scene, signal);
    const run: DeployRun = {
      ...scene,
      lease,
      before,
      found,
      deployId: begun.record.id,
      ...options,
    };

    const ready = await journal.step(
      "gate",
      { timeoutMs: 10 * MINUTE_MS, detail: (value: Ready) => value.detail },
      (limit) => gate(run, limit),
    );
    await lease.step("build");
    await journal.step("build", { timeoutMs: policy.buildTimeoutMs }, (limit) => build(run, ready, limit));
    await upload(run, ready, journal);
    const { migrations: pending, backups } = await backUp(run, ready, journal, signal);
    await rehearse(run, { ready, pending, backups, journal });
    await migrate(run, { ready, pending, journal, timeoutMs: policy.migrateTimeoutMs });
    await keepBackup(run, ready, journal);
    await lease.step("stage");
    const staged = await stage(run, ready, journal);
    await journal.step("verify", { timeoutMs: 10 * MINUTE_MS }, (limit) =>
      verify(run, { ready, staged, limit }),
    );
    await lease.step("switch");
    const switched = await switchOver(run, { release: ready.release, journal });
    await lease.step("bake");
    await bakeStep(run, { ready, switched, journal });
    journal.settle();
    isStanding = true;
    if (before) await store.releases.setState(environment.name, before.id, "replaced");
    await retireStanding(found, before, () =>
      journal.step("retire", { timeoutMs: MINUTE_MS }, (limit) => retire(run, ready, limit)),
    );
    const result = await end("done", undefined, true);
    await settleQuestions(scene, result, before);
    return result;
  } catch (thrown) {
    if (isStanding) return await endStanding(thrown);
    const reason = thrown instanceof StepFailed ? `${thrown.step}: ${thrown.message}` : reasonOf(thrown);
    await journal.undo();
    const left = await leftAfterUndo(scene, { found, before });
    if (left.told !== undefined) found.told.push(left.told);
    const { state } = left;
    const told = await withRoom(reason, scene);
    // Makes room for what is still to be written, when that is what ran out.
    if (lease) await clearStrays(scene, AbortSignal.timeout(MINUTE_MS)).catch(() => undefined);
    const result = await end(state, told, left.isLive);
    // Whoever pressed Ctrl-C knows, and the release has done nothing wrong.
    if (state === "rolled back" && !options.signal.aborted)
      found.told.push(await tellRolledBack(scene, result));
    return result;
  } finally {
    await lease?.[Symbol.asyncDispose]();
  }

  async function end(
    state: "done" | "failed" | "rolled back",
    reason: string | undefined,
    isLive: boolean,
  ): Promise<DeployResult> {
    if (lease && !isUnlocked) await unlock(journal, lease);
    isUnlocked = true;
    if (found.release !== undefined) {
      const name = isLive ? "live" : state === "rolled back" ? "rolled back" : "failed";
      await store.releases.setState(environment.name, found.release.id, name);
      found.release = await store.releases.get(environment.name, found.release.id);
    }
    return { ...found, deploy: await begun.finish(state, reason) };
  }

  /** Users are answered by the new release: what fails from here on takes nothing back, and does not say so. */
  async function endStanding(thrown: unknown): Promise<DeployResult> {
    found.told.push(await cutShort(scene, { live: found.release?.id, thrown }));
    return await writtenDown(found.release?.id, async () => {
      const result = await end("done", undefined, true);
      if (found.held) await settleQuestions(scene, result, before);
      return result;
    });
  }
}

/** What people were asked about the release before is moot; about this one they may have to be asked. */
async function settleQuestions(
  scene: DeployScene,
  { deploy, release, held, told }: DeployResult,
  back: Release | undefined,
): Promise<void> {
  if (!release) return;
  const text = `${deploy.id}: ${release.id} answers users instead`;
  await answerQuestions(scene, { by: deploy.by, text, isBack: false });
  if (!held) return;
  const liveSince = await stepAt(scene, { deploy: deploy.id, step: "switch", state: "done" });
  const { reason, why, severity, at: firstFailureAt } = held;
  const question = { release, back, reason, why, severity, liveSince, firstFailureAt, incident: undefined };
  told.push(await askAboutHeld(scene, question));
}

async function tellRolledBack(scene: DeployScene, { deploy, release }: DeployResult): Promise<string> {
  const { store, environment } = scene;
  const { id, from = "", reason = "" } = deploy;
  const to = await store.releases.get(environment.name, from);
  if (!release || !to) return "no incident could be opened: the releases are not known";
  return await openRollbackIncident(scene, {
    bad: release,
    to,
    deploy: id,
    reason: reason.replace(/^bake: /, ""),
    liveSince: await stepAt(scene, { deploy: id, step: "switch", state: "done" }),
    firstFailureAt: await stepAt(scene, { deploy: id, step: "bake", state: "failed" }),
  });
}

async function stepAt(
  { store, environment, doors }: DeployScene,
  { deploy: id, step, state }: { deploy: string; step: string; state: string },
): Promise<number> {
  const steps = await store.deploys.steps(environment.name, id);
  return steps.find((each) => each.step === step && each.state === state)?.at ?? doors.clock.now();
}

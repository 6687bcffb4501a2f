import { UserError } from "../model/errors.ts";
import type { Release, ReleaseState } from "../model/release.ts";
import type { Lease } from "../model/target.ts";
import { begin } from "./begin.ts";
import type { DeployOptions, DeployResult } from "./deploy.ts";
import { reasonOf } from "./journal.ts";
import { answerQuestions } from "./open-questions.ts";
import { recover, stateNow } from "./recover.ts";
import { retireStanding } from "./retire-standing.ts";
import { type RollbackKind, rollbackKind } from "./roll-back-kind.ts";
import type { DeployRun } from "./run.ts";
import type { DeployScene } from "./scene.ts";
import { cutShort, leftAfterUndo, writtenDown } from "./standing.ts";
import { switchOver } from "./traffic.ts";
import { unlock } from "./unlock.ts";

const REVIVE_LIMIT_MS = 120_000;
const RETIRE_LIMIT_MS = 60_000;
/** Long enough for a few probes of the release that answers now. */
const AFTER_SWITCH_MS = 150;

const WAS_LIVE: ReadonlySet<ReleaseState> = new Set(["live", "replaced", "rolled back"]);

export interface RollbackPlan {
  readonly from: Release;
  readonly to: Release;
  /** Still running: traffic moves in milliseconds. */
  readonly warm: boolean;
  /** Whether the older release's code runs on the schema as it is now. */
  readonly kind: RollbackKind;
}

/** Which release a rollback would go to, and how. Throws UserError when there is none. */
export async function planRollback(
  { store, target, environment, doors }: DeployScene,
  options: { to: string | undefined; signal: AbortSignal },
): Promise<RollbackPlan> {
  const status = await target.status(options.signal);
  // A deploy that was killed has not written down which release it replaced: that one is the way back.
  const releases = (await store.releases.list(environment.name, 100)).map((each) => ({
    ...each,
    state: stateNow(each, status),
  }));
  const from = releases.find((each) => each.id === status.live);
  if (!from) {
    throw new UserError(`nothing is live in ${environment.name}`, {
      fix: `gonogo deploy --env ${environment.name}`,
    });
  }
  // One that another deploy is just staging is at the target, too, and was never live.
  const kept = releases.filter(
    ({ id, state }) => id !== from.id && WAS_LIVE.has(state) && status.releases.includes(id),
  );
  const to = kept.find(({ id, state }) =>
    options.to === undefined ? state === "replaced" : id === options.to,
  );
  if (!to) {
    throw new UserError(
      options.to === undefined
        ? "there is no earlier good release"
        : `${options.to} cannot be rolled back to`,
      {
        fix:
          kept.length > 0
            ? `gonogo rollback --to one of: ${kept.map(({ id }) => id).join(", ")}`
            : "deploy once more; there is nothing to go back to",
      },
    );
  }
  return {
    from,
    to,
    warm: status.warm?.release === to.id,
    kind: rollbackKind({ from, to, releases }, doors.clock.now()),
  };
}

/** Somebody else may have moved on between the look and the lock. */
function expectUnmoved({ from, to }: RollbackPlan, live: string | undefined): void {
  if (live === from.id) return;
  throw new UserError(
    `${live ?? "nothing"} is live now; the plan was to go from ${from.id} back to ${to.id}`,
    {
      fix: "run gonogo rollback again: it plans from what is live then",
    },
  );
}

/** A moved pointer would only change the kind of outage; whoever knows better says why. */
function refuseOntoForeignSchema({ to, kind }: RollbackPlan, reason: string | undefined): void {
  if (kind.verdict !== "restore needed" || reason !== undefined) return;
  throw new UserError(`${to.id} was shown not to run on the schema as it is: ${kind.reasons.join("; ")}`, {
    fix: 'mend it forward, restore the backup, or move the code alone all the same: --reason "why"',
  });
}

export function kindSentence({ to, kind }: RollbackPlan): string {
  const why = kind.reasons.join("; ");
  switch (kind.verdict) {
    case "code only":
      return `code-only rollback: ${why}`;
    case "restore needed":
      return `code-only rollback onto a schema that ${to.id} does not run on: ${why}`;
    case "not shown":
      return `code-only rollback, untried: ${why}`;
  }
}

/** Back to an earlier release with its own code and variables. Asks no gate and no check: it is for emergencies. */
export async function rollBack(
  scene: DeployScene,
  options: DeployOptions & { to: string | undefined },
): Promise<DeployResult> {
  const { store, environment, target, doors } = scene;
  const plan = await planRollback(scene, options);
  refuseOntoForeignSchema(plan, options.reason);
  const { by } = options;
  const { from: before, to: release } = plan;
  const what = { kind: "rollback", release: release.id, from: before.id, by } as const;
  const begun = await begin(scene, what, options);
  const { journal, found, signal } = begun;
  found.release = release;
  found.told.push(kindSentence(plan));
  let lease: Lease | undefined;
  let state: "done" | "failed" = "done";
  let { reason } = options;
  let isStanding = false;
  try {
    lease = await begun.lock(by);
    const held = lease;
    const status = await target.status(signal);
    found.told.push(...(await recover(scene, status)));
    expectUnmoved(plan, status.live);
    // It was warm perhaps when it was looked at, and its time ended while the lock was waited for.
    if (status.warm?.release !== release.id) {
      await journal.step("stage", { timeoutMs: REVIVE_LIMIT_MS }, (limit) =>
        target.revive(held, release.id, limit),
      );
    }
    const run: DeployRun = { ...scene, lease, before, found, deployId: begun.record.id, reason, by };
    const { prober } = await switchOver(run, { release, journal });
    await doors.clock.delay(AFTER_SWITCH_MS, signal);
    found.downtime = await prober.stop();
    journal.settle();
    isStanding = true;
    await store.releases.setState(environment.name, before.id, "rolled back");
    await retireStanding(found, before, () =>
      journal.step("retire", { timeoutMs: RETIRE_LIMIT_MS }, (limit) =>
        target.retire(held, before.id, scene.launch.deploy.warmMs, limit),
      ),
    );
    await store.releases.setState(environment.name, release.id, "live");
    found.release = { ...release, state: "live" };
    const why = options.reason === undefined ? "" : `, because ${options.reason}`;
    const text = `${begun.record.id}: ${before.id} to ${release.id}${why}`;
    await answerQuestions(scene, { by, text, isBack: true });
  } catch (thrown) {
    if (isStanding) found.told.push(await cutShort(scene, { live: release.id, thrown }));
    else {
      state = "failed";
      reason = reasonOf(thrown);
      await journal.undo();
      const { told } = await leftAfterUndo(scene, { found, before });
      if (told !== undefined) found.told.push(told);
    }
  }
  const finish = async (): Promise<DeployResult> => {
    if (lease) await unlock(journal, lease);
    return { ...found, deploy: await begun.finish(state, reason) };
  };
  try {
    return isStanding ? await writtenDown(release.id, finish) : await finish();
  } finally {
    // A store that is away keeps the lock from being given back in order.
    await lease?.[Symbol.asyncDispose]();
  }
}

import type { DeployScene } from "../deploy/scene.ts";
import { liveRelease } from "../deploy/scene.ts";
import { durationMs } from "../model/duration.ts";
import { messageOf, UserError } from "../model/errors.ts";
import type { Evidence } from "../model/evidence.ts";
import { fail, type Outcome } from "../model/outcome.ts";
import type { Release } from "../model/release.ts";
import type { Lease } from "../model/target.ts";
import { checkOf, type Drill, type DrillContext } from "./drill.ts";
import { ownMark } from "./holder.ts";
import { waitUntilWell } from "./wellness.ts";

export interface DrillOptions {
  readonly by: string;
  readonly signal: AbortSignal;
  readonly wait?: boolean;
  note(text: string): void;
}

export interface HoldResult {
  readonly id: string;
  readonly evidence: Evidence;
}

const BACK_LIMIT_MS = 90_000;

/** Throws UserError when the drill may not, or cannot, be held here; nothing was touched then. */
export async function expectHoldable(
  drill: Drill,
  scene: DeployScene,
  signal: AbortSignal,
): Promise<Release> {
  const { environment, launch } = scene;
  if (!drill.disturbsNobody && !environment.allows.includes("drill")) {
    const allows = [...environment.allows, "drill"].map((each) => `"${each}"`).join(", ");
    throw new UserError(`${environment.name} does not allow drills`, {
      where: launch.configFile,
      fix: `environments.${environment.name}: { allows: [${allows}] }`,
    });
  }
  const live = await liveRelease(scene, signal);
  if (!live) {
    throw new UserError(`nothing is live in ${environment.name}, so there is nothing to drill`, {
      fix: `gonogo deploy --env ${environment.name}`,
    });
  }
  const why = await drill.unfit(scene);
  if (why !== undefined) throw new UserError(`the drill "${drill.name}" cannot be held here: ${why}`);
  return live;
}

/**
 * Holds one drill and keeps what came of it as evidence, a failure too. The former state is back when this returns;
 * should this process be killed, `undoDrills` brings it back with the next command.
 */
export async function holdDrill(
  drill: Drill,
  scene: DeployScene,
  { by, signal, note, wait = true }: DrillOptions,
): Promise<HoldResult> {
  const { store, environment, launch, target, doors } = scene;
  const live = await expectHoldable(drill, scene, signal);
  await target.prepare(signal);
  const owned = { ...(await drill.mark?.({ scene, live, by, signal })), ...ownMark(live) };
  const begun = await store.drills.begin({
    environment: environment.name,
    name: drill.name,
    by,
    mark: owned,
  });
  const at = doors.clock.now();
  let lease: Lease | undefined;
  try {
    if (!drill.locksItself) lease = await target.lock(by, begun.id, signal);
    const limit = lease ? AbortSignal.any([signal, lease.lost]) : signal;
    const context: DrillContext = {
      scene,
      live,
      by,
      signal: limit,
      note,
      wait,
      lease: () => {
        if (!lease) throw new Error(`the drill ${drill.name} locks by itself`);
        return lease;
      },
      remember: (mark) => store.drills.mark(environment.name, begun.id, { ...owned, ...mark }),
    };
    const outcome = await held(drill, context);
    const release = (await liveRelease(scene, AbortSignal.timeout(10_000)))?.id;
    const evidence: Evidence = {
      environment: environment.name,
      component: "drill",
      check: checkOf(drill),
      outcome,
      observedAt: at,
      freshUntil: at + durationMs(drill.freshFor),
      release,
      configuration: launch.configuration,
      facts: [],
    };
    await store.evidence.append([evidence]);
    const state = outcome.status === "pass" || outcome.status === "warn" ? "done" : "failed";
    await store.drills.finish(environment.name, begun.id, state);
    return { id: begun.id, evidence };
  } catch (thrown) {
    // Refused by the lock, or stopped before anything was disturbed.
    await store.drills.finish(environment.name, begun.id, "failed", messageOf(thrown));
    throw thrown;
  } finally {
    await lease?.[Symbol.asyncDispose]();
  }
}

/** What the drill found, held against whether everything is as before afterwards. */
async function held(drill: Drill, context: DrillContext): Promise<Outcome> {
  const { scene, signal } = context;
  const outcome = await drill.hold(context).catch((thrown: unknown) =>
    fail(`the drill broke off: ${messageOf(thrown)}`, {
      expected: drill.title,
      found: messageOf(thrown),
      fix: `look at gonogo status --env ${scene.environment.name}, mend what it tells, hold the drill again`,
    }),
  );
  if (drill.disturbsNobody) return outcome;
  const unwell = await waitUntilWell(scene, BACK_LIMIT_MS);
  signal.throwIfAborted();
  if (unwell === undefined) return outcome;
  return fail("the former state did not come back", {
    expected: "every process ready and the public address answering, as before the drill",
    found: unwell,
    fix: `gonogo logs --env ${scene.environment.name} tells why; gonogo deploy starts everything anew`,
  });
}

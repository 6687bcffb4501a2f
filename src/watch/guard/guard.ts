import { isOfTraffic } from "../../deploy/bake-triggers.ts";
import { planRollback, rollBack } from "../../deploy/roll-back.ts";
import { AUTOMATIC } from "../../deploy/rollback-incident.ts";
import type { DeployScene } from "../../deploy/scene.ts";
import type { Deploy } from "../../model/deploy.ts";
import { messageOf } from "../../model/errors.ts";
import type { ReadingSink } from "../../model/monitor.ts";
import { monitorsOf } from "../monitors/monitors.ts";
import { createDowntime } from "./downtime.ts";
import { tellHeld, tellWentBack } from "./guard-incident.ts";
import { type FiringAlert, type SetOff, setOff } from "./set-off.ts";

/** Sends a release back by itself when a declared trigger is set off after its bake, while it is guarded. */
export interface Guard extends ReadingSink, AsyncDisposable {}

export interface GuardRequest {
  readonly scene: DeployScene;
  readonly firing: () => readonly FiringAlert[];
  readonly onTrouble?: (text: string) => void;
}

const LOOK_EVERY_MS = 1_000;
const TRAFFIC_EVERY_MS = 5_000;
/** The edge remembers a quarter of an hour. */
const TRAFFIC_WINDOW_MS = 10 * 60_000;

/** A deploy that ended well, whose release answers users and may still be sent back. */
interface Guarded {
  readonly deploy: Deploy;
  readonly liveSince: number;
}

/** Never twice in a row: what was gone back to is not left again by itself, nor a first release for nothing. */
export function mayBeLeft({ kind, state, from }: Pick<Deploy, "kind" | "state" | "from">): boolean {
  return kind === "deploy" && state === "done" && from !== undefined;
}

export function startGuard({ scene, firing, onTrouble = () => undefined }: GuardRequest): Guard {
  const { launch, environment, doors, store, target } = scene;
  const { rollbackOn: triggers, guardMs } = launch.deploy;
  const stop = new AbortController();
  const answering = monitorsOf(launch, environment).probes.flatMap(({ monitor, probe }) =>
    probe.type === "http" && probe.at.startsWith("/") ? [monitor.id] : [],
  );
  const downtime = createDowntime(new Set(answering));
  const decided = new Set<string>();
  let watched: Guarded | undefined;
  let traffic: Parameters<typeof setOff>[0]["traffic"] = { now: undefined, old: undefined };
  let trafficAt = Number.NEGATIVE_INFINITY;
  /** What came of a trigger that was set off, and could not be told. */
  let untold: (() => Promise<void>) | undefined;

  async function guarded(): Promise<Guarded | undefined> {
    const [newest] = await store.deploys.list(environment.name, 1);
    if (!newest || !mayBeLeft(newest)) return undefined;
    if (decided.has(newest.id)) return undefined;
    if (watched?.deploy.id === newest.id) return watched;
    const steps = await store.deploys.steps(environment.name, newest.id);
    const liveSince = steps.find(({ step, state }) => step === "switch" && state === "done")?.at;
    downtime.restart();
    traffic = { now: undefined, old: undefined };
    return liveSince === undefined ? undefined : { deploy: newest, liveSince };
  }

  async function look(): Promise<void> {
    watched = await guarded();
    const found = watched && (await setOffNow(watched));
    if (watched && found) await act(watched, found);
    else await untold?.();
  }

  async function setOffNow(guarding: Guarded): Promise<SetOff | undefined> {
    const { liveSince } = guarding;
    const now = doors.clock.now();
    if (now - liveSince > guardMs) return undefined;
    if (triggers.some(isOfTraffic)) await lookAtTraffic(guarding, now);
    return setOff({
      triggers,
      liveSince,
      firing: firing(),
      traffic,
      downMs: (overMs) => downtime.within(Math.min(overMs, now - liveSince), now),
    });
  }

  async function lookAtTraffic({ deploy, liveSince }: Guarded, now: number): Promise<void> {
    if (doors.clock.monotonicMs() - trafficAt < TRAFFIC_EVERY_MS) return;
    trafficAt = doors.clock.monotonicMs();
    const since = Math.max(liveSince, now - TRAFFIC_WINDOW_MS);
    const of = async (release: string | undefined, from: number) =>
      (await target.traffic(from, stop.signal)).find((each) => each.release === release);
    const old = traffic.old ?? (await of(deploy.from, liveSince - TRAFFIC_WINDOW_MS));
    traffic = { now: await of(deploy.release, since), old };
  }

  /** Decided once somebody was told: a store that is away for a moment must not keep it from everybody for ever. */
  async function act(guarding: Guarded, found: SetOff): Promise<void> {
    const tell = await decide(guarding, found);
    untold = async () => {
      await tell();
      decided.add(guarding.deploy.id);
      untold = undefined;
    };
    await untold();
  }

  /** Sends it back, or does not; what is left is to tell that. */
  async function decide({ deploy, liveSince }: Guarded, found: SetOff): Promise<() => Promise<void>> {
    const held = (why: string) => () => tellHeld(scene, { deploy, found, why, liveSince });
    const why = await whyNot(deploy);
    if (why !== undefined) return held(why);
    try {
      const { deploy: back } = await rollBack(scene, {
        by: AUTOMATIC,
        reason: found.reason,
        to: deploy.from,
        signal: stop.signal,
        onEvent: () => undefined,
      });
      if (back.state === "done") return () => tellWentBack(scene, { deploy, back, found, liveSince });
      return held(`going back failed: ${back.reason ?? "no reason kept"}`);
    } catch (thrown) {
      // The next watch decides anew.
      stop.signal.throwIfAborted();
      return held(`going back failed: ${messageOf(thrown)}`);
    }
  }

  /** Why it is not sent back by itself; undefined: it is. */
  async function whyNot({ from }: Deploy): Promise<string | undefined> {
    if (launch.deploy.onBadBake !== "rollback") return `the policy is "${launch.deploy.onBadBake}"`;
    try {
      const { kind, to } = await planRollback(scene, { to: from, signal: stop.signal });
      return kind.verdict === "restore needed" ? `${to.id} does not run on the migrated schema` : undefined;
    } catch (thrown) {
      return messageOf(thrown);
    }
  }

  async function run(): Promise<void> {
    let told = "";
    while (!stop.signal.aborted) {
      await doors.clock.delay(LOOK_EVERY_MS, stop.signal).catch(() => undefined);
      if (stop.signal.aborted) return;
      try {
        await look();
        told = "";
      } catch (thrown) {
        const trouble = messageOf(thrown);
        if (trouble !== told && !stop.signal.aborted) onTrouble(`the release cannot be guarded: ${trouble}`);
        told = trouble;
      }
    }
  }

  const running = triggers.length > 0 ? run() : Promise.resolve();
  return {
    take: (readings) => downtime.add(readings),
    async [Symbol.asyncDispose]() {
      stop.abort(new Error("the watch ends"));
      await running;
    },
  };
}

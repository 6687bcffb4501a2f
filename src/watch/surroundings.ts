import type { DeployScene } from "../deploy/scene.ts";
import { messageOf } from "../model/errors.ts";
import type { Release } from "../model/release.ts";
import type { Address, OtherEnvironment } from "../model/subject.ts";
import type { TargetStatus } from "../model/target.ts";
import type { Variables } from "../model/variable.ts";
import type { Stop } from "../store/stop-store.ts";
import { keepStops } from "./stopped.ts";

/** What the environment is like now, as far as it has to be known to ask about it. */
export interface Surroundings {
  readonly status: TargetStatus;
  /** Where it answers, or did when it was last seen to run. */
  readonly address: Address | undefined;
  /** The release that should run although nothing does. */
  readonly missing: Release | undefined;
  /** Somebody ended it on purpose, or is about to: until the next deploy nothing is expected of it. */
  readonly stopped: Stop | undefined;
  readonly release: Release | undefined;
  readonly variables: Variables;
  readonly otherEnvironments: readonly OtherEnvironment[];
}

export interface SurroundingsKeeper {
  /** Not older than a few seconds; throws what kept it from being known. */
  now(): Promise<Surroundings>;
  /** Whether it is stopped on purpose by now: a stop is written down before anything ends. */
  isStopped(): Promise<boolean>;
  /** The stop on purpose that lasts, by what was known last; the target is not asked. */
  stopped(): Promise<Stop | undefined>;
  /** What was known last; undefined before the first time. */
  readonly last: Surroundings | undefined;
}

const STATUS_FRESH_MS = 2_000;
const VARIABLES_FRESH_MS = 60_000;

/** Looks at the target at most every two seconds, and at variables every minute or when another release is live. */
export function keepSurroundings(scene: DeployScene, signal: AbortSignal): SurroundingsKeeper {
  const { doors, target, store, environment } = scene;
  let last: Surroundings | undefined;
  let statusAt = Number.NEGATIVE_INFINITY;
  let variablesAt = Number.NEGATIVE_INFINITY;
  const deliberateStop = keepStops(scene);
  let looking: Promise<Surroundings> | undefined;

  async function look(): Promise<Surroundings> {
    const now = doors.clock.monotonicMs();
    const status = await target.status(signal);
    const isNew = last === undefined || status.live !== last.status.live;
    const address = status.address ?? last?.address;
    const release = isNew ? await releaseOf(status.live) : last?.release;
    const stopped = await deliberateStop(status);
    const missing = status.live === undefined ? await expectedRelease() : undefined;
    if (last === undefined || isNew || now - variablesAt > VARIABLES_FRESH_MS) {
      const variables = await scene.readVariables(new Map());
      const otherEnvironments = await scene.readOtherEnvironments();
      variablesAt = now;
      last = { status, address, missing, stopped, release, variables, otherEnvironments };
    } else {
      last = { ...last, status, address, missing, stopped, release };
    }
    statusAt = now;
    return last;
  }

  async function releaseOf(id: string | undefined): Promise<Release | undefined> {
    return id === undefined ? undefined : await store.releases.get(environment.name, id);
  }

  async function expectedRelease(): Promise<Release | undefined> {
    return (await store.releases.list(environment.name, 20)).find(({ state }) => state === "live");
  }

  const stopped = async (): Promise<Stop | undefined> => last && (await deliberateStop(last.status));

  return {
    async now() {
      if (last && doors.clock.monotonicMs() - statusAt < STATUS_FRESH_MS) return last;
      looking ??= look().finally(() => {
        looking = undefined;
      });
      return await looking;
    },
    isStopped: async () => (await stopped()) !== undefined,
    stopped,
    get last() {
      return last;
    },
  };
}

/** One line on why the environment could not be looked at. */
export function unseen(thrown: unknown): string {
  return `the environment could not be looked at: ${messageOf(thrown)}`;
}

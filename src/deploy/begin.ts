import type { Deploy } from "../model/deploy.ts";
import type { Lease } from "../model/target.ts";
import { type Journal, openJournal, type StepEvent } from "./journal.ts";
import { purposeOf } from "./recover.ts";
import type { Findings } from "./run.ts";
import type { DeployScene } from "./scene.ts";
import { lostLock } from "./unlock.ts";

const LOCK_LIMIT_MS = 30_000;

/** A deploy or rollback that is written down, and has changed nothing yet. */
export interface Begun {
  readonly record: Deploy;
  readonly journal: Journal;
  readonly found: Findings;
  /** Aborted when whoever began it stops it, and when the lock is lost. */
  readonly signal: AbortSignal;
  /** Takes the target's lock, once it is `ready` for that. Throws StepFailed. */
  lock(by: string, ready?: (signal: AbortSignal) => Promise<void>): Promise<Lease>;
  /** Writes down what it came to; returns the record as it is kept. */
  finish(state: "done" | "failed" | "rolled back", reason: string | undefined): Promise<Deploy>;
}

export async function begin(
  { store, environment, target }: DeployScene,
  what: Pick<Deploy, "kind" | "release" | "from" | "by">,
  options: { readonly signal: AbortSignal; readonly onEvent: (event: StepEvent) => void },
): Promise<Begun> {
  const { name } = environment;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const record = await store.deploys.begin({ environment: name, ...what });
  const { onEvent } = options;
  const journal = openJournal({
    store: store.deploys,
    environment: name,
    deploy: record.id,
    signal,
    onEvent,
  });
  return {
    record,
    journal,
    signal,
    found: {
      release: undefined,
      downtime: undefined,
      switchedInMs: undefined,
      bake: undefined,
      held: undefined,
      evaluation: undefined,
      told: [],
    },
    async lock(by, ready) {
      let taken: Lease | undefined;
      try {
        const lease = await journal.step("lock", { timeoutMs: LOCK_LIMIT_MS }, async (limit) => {
          await ready?.(limit);
          taken = await target.lock(by, purposeOf(record), limit);
          return taken;
        });
        lease.lost.addEventListener("abort", () => stop.abort(lostLock(lease)), { once: true });
        return lease;
      } catch (thrown) {
        // Taken, and not to be written down: it would be renewed for as long as this process lives.
        await taken?.[Symbol.asyncDispose]();
        throw thrown;
      }
    },
    async finish(state, reason) {
      await store.deploys.finish(name, record.id, state, reason);
      const kept = await store.deploys.list(name, 50);
      return kept.find(({ id }) => id === record.id) ?? record;
    },
  };
}

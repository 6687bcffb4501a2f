import type { Step, StepRecord } from "../model/deploy.ts";
import { messageOf, UserError } from "../model/errors.ts";
import type { DeployStore } from "../store/store.ts";

/** Told to whoever watches; also the boundary at which fault tests end the process. */
export interface StepEvent {
  readonly step: Step;
  readonly state: StepRecord["state"] | "note";
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface StepOptions<Value> {
  readonly timeoutMs: number;
  /** Takes the step back when a later one fails; errors in it are told, never hide the first one. */
  readonly undo?: (value: Value) => Promise<void>;
  /** Work that puts back by itself what it began is given so long to do so, once it was stopped; nothing else begins meanwhile. */
  readonly putsBackMs?: number;
  /** Runs although the deploy was stopped: giving the lock back. */
  readonly always?: boolean;
  /** Tells two steps of one name apart, for people: "before the migration". Kept in the record as `about`. */
  readonly about?: string;
  /** What of the value belongs into the record; an `about` in it says more than the step's. */
  readonly detail?: (value: Value) => Readonly<Record<string, unknown>>;
}

export interface Journal {
  /** Intent, work, result. A failure is recorded and thrown as StepFailed. */
  step<Value>(
    name: Step,
    options: StepOptions<Value>,
    work: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value>;
  skip(name: Step, reason: string): Promise<void>;
  /** Undoes every finished step that can be, last first; returns those that could not. */
  undo(): Promise<readonly Step[]>;
  /** The steps up to now stand: nothing before this point is undone any more. */
  settle(): void;
}

export class StepFailed extends Error {
  readonly step: Step;
  constructor(step: Step, cause: unknown) {
    super(reasonOf(cause), { cause });
    this.name = "StepFailed";
    this.step = step;
  }
}

/** What went wrong and, where somebody can mend it, how. */
export function reasonOf(thrown: unknown): string {
  const fix = thrown instanceof UserError ? thrown.fix : undefined;
  return fix === undefined ? messageOf(thrown) : `${messageOf(thrown)}\nFix: ${fix}`;
}

export function openJournal(options: {
  store: DeployStore;
  environment: string;
  deploy: string;
  signal: AbortSignal;
  onEvent: (event: StepEvent) => void;
}): Journal {
  const { store, environment, deploy, signal, onEvent } = options;
  const undos: { step: Step; undo: () => Promise<void> }[] = [];

  async function record(step: Step, state: StepRecord["state"], detail: Readonly<Record<string, unknown>>) {
    await store.record(environment, { deploy, step, state, detail });
    onEvent({ step, state, detail });
  }

  return {
    async step(name, { timeoutMs, undo, putsBackMs = 0, always, about, detail }, work) {
      const named = about === undefined ? {} : { about };
      await record(name, "intent", named);
      const timeout = AbortSignal.timeout(timeoutMs);
      const limit = always ? timeout : AbortSignal.any([signal, timeout]);
      try {
        limit.throwIfAborted();
        const late = `${name} took longer than ${timeoutMs} ms`;
        const value = await raceAbort(work(limit), limit, { late, putsBackMs });
        if (undo) undos.push({ step: name, undo: () => undo(value) });
        await record(name, "done", { ...named, ...detail?.(value) });
        return value;
      } catch (thrown) {
        try {
          await record(name, "failed", { ...named, reason: reasonOf(thrown) });
        } catch (unwritten) {
          // A full disk: why the step failed is worth more than that it cannot be written down.
          const reason = `could not be written down: ${messageOf(unwritten)}`;
          onEvent({ step: name, state: "note", detail: { reason } });
        }
        throw new StepFailed(name, thrown);
      }
    },
    async skip(name, reason) {
      await record(name, "skipped", { reason });
    },
    async undo() {
      const stuck: Step[] = [];
      for (const { step, undo } of undos.splice(0).reverse()) {
        try {
          await undo();
          await record(step, "undone", {});
        } catch (thrown) {
          stuck.push(step);
          onEvent({ step, state: "note", detail: { reason: `could not be undone: ${messageOf(thrown)}` } });
        }
      }
      return stuck;
    },
    settle() {
      undos.length = 0;
    },
  };
}

/** Work that is stopped while it goes on counts for nothing, unless it came to its end while it was to put things back. */
async function raceAbort<Value>(
  work: Promise<Value>,
  signal: AbortSignal,
  { late, putsBackMs }: { readonly late: string; readonly putsBackMs: number },
): Promise<Value> {
  const ended = work.then(
    (value) => ({ value }),
    () => undefined,
  );
  await Promise.race([ended, untilAborted(signal)]);
  if (!signal.aborted) return await work;
  const done = putsBackMs > 0 && (await Promise.race([ended, untilAborted(AbortSignal.timeout(putsBackMs))]));
  if (done) return done.value;
  throw signal.reason?.name === "TimeoutError" ? new Error(late) : (signal.reason as Error);
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  if (signal.aborted) resolve(undefined);
  signal.addEventListener("abort", () => resolve(undefined), { once: true });
  return promise;
}

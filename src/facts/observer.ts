import type { Doors } from "../model/doors.ts";
import { messageOf, UserError } from "../model/errors.ts";
import type { FactTrace } from "../model/evidence.ts";
import { DoesNotApply, type Fact, type FactContext, NotObserved, Undeclared } from "../model/fact.ts";
import type { Subject } from "../model/subject.ts";

/** What became of one fact: its value, or why there is none. */
export type Observation<Value> =
  | { readonly seen: true; readonly value: Value; readonly trace: FactTrace }
  | {
      readonly seen: false;
      readonly applies: false;
      readonly reason: string;
      /** It would apply if what it looks at were declared. */
      readonly undeclared: boolean;
      readonly trace: FactTrace;
    }
  | {
      readonly seen: false;
      readonly applies: true;
      readonly reason: string;
      /** The fact at the root: its own id, or that of the fact it rests on. */
      readonly cause: string;
      readonly trace: FactTrace;
    };

export interface Observer {
  observe<Value>(subject: Subject, fact: Fact<Value, never>): Promise<Observation<Value>>;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Observes facts for one run: each once per subject, at most `parallel` at the same time, each attempt within
 * its time-out. A fact that asks for another one waits without holding a place or spending its time, so nesting
 * cannot deadlock and a slow fact makes no other late.
 */
export function createObserver(
  doors: Doors,
  options: { parallel?: number; signal?: AbortSignal } = {},
): Observer {
  const places = createPlaces(options.parallel ?? 16);
  const known = new Map<string, Promise<Observation<unknown>>>();

  function observe<Value>(subject: Subject, fact: Fact<Value, never>): Promise<Observation<Value>> {
    const key = `${subject.component}\n${fact.id}`;
    const running = known.get(key) ?? collect(subject, fact as unknown as Fact<Value>);
    known.set(key, running);
    return running as Promise<Observation<Value>>;
  }

  async function collect<Value>(subject: Subject, fact: Fact<Value>): Promise<Observation<Value>> {
    const attempts: { tookMs: number; error: string | undefined }[] = [];
    const started = doors.clock.monotonicMs();
    const trace = (): FactTrace => ({ fact: fact.id, tookMs: doors.clock.monotonicMs() - started, attempts });
    for (let attempt = 1; ; attempt++) {
      const from = doors.clock.monotonicMs();
      try {
        const value = await attemptOnce(subject, fact);
        attempts.push({ tookMs: doors.clock.monotonicMs() - from, error: undefined });
        return { seen: true, value, trace: trace() };
      } catch (thrown) {
        // The fix of a UserError goes into the reason: nothing else of the error is shown.
        const way = thrown instanceof UserError && thrown.fix !== undefined ? `; ${thrown.fix}` : "";
        const reason = `${messageOf(thrown)}${way}`;
        attempts.push({ tookMs: doors.clock.monotonicMs() - from, error: reason });
        if (thrown instanceof DoesNotApply) {
          const isUndeclared = thrown instanceof Undeclared;
          return { seen: false, applies: false, reason, undeclared: isUndeclared, trace: trace() };
        }
        const rests = thrown instanceof NotObserved;
        if (!rests && attempt < (fact.attempts ?? 1) && !options.signal?.aborted) continue;
        const cause = (rests ? thrown.factId : undefined) ?? fact.id;
        return { seen: false, applies: true, reason, cause, trace: trace() };
      }
    }
  }

  async function attemptOnce<Value>(subject: Subject, fact: Fact<Value>): Promise<Value> {
    const place = await places.take();
    let asking = 0;
    let isOver = false;
    const timeoutMs = fact.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const limit = startLimit(timeoutMs);
    const signal = options.signal ? AbortSignal.any([limit.signal, options.signal]) : limit.signal;
    const context: FactContext<unknown> = {
      subject,
      doors,
      signal,
      get: async (other) => {
        if (asking++ === 0) {
          limit.pause();
          place.release();
        }
        try {
          const observation = await observe(subject, other as Fact<unknown, never>);
          if (observation.seen) return observation.value as never;
          if (!observation.applies)
            throw new (observation.undeclared ? Undeclared : DoesNotApply)(observation.reason);
          throw new NotObserved(observation.reason, observation.cause);
        } finally {
          // Of several asked at once the last one takes the place back, for all of them.
          if (--asking === 0 && !isOver) {
            await place.retake();
            if (isOver) place.release();
            else limit.resume();
          }
        }
      },
    };
    try {
      return await Promise.race([fact.collect(context), rejectOnAbort(signal)]);
    } finally {
      // One of several it asked for may still be on its way, and must not take a place for nobody.
      isOver = true;
      limit.pause();
      place.release();
    }
  }

  return { observe };
}

/** Time a fact has for its own work: while it waits for another one, that one's limit runs. */
function startLimit(timeoutMs: number): { signal: AbortSignal; pause(): void; resume(): void } {
  const late = new AbortController();
  let left = timeoutMs;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  const resume = (): void => {
    since = performance.now();
    timer = setTimeout(() => late.abort(new Error(`no answer within ${timeoutMs} ms`)), left).unref();
  };
  resume();
  return {
    signal: late.signal,
    resume,
    pause() {
      clearTimeout(timer);
      left = Math.max(0, left - (performance.now() - since));
    },
  };
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    else signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

interface Place {
  release(): void;
  retake(): Promise<void>;
}

function createPlaces(count: number): { take(): Promise<Place> } {
  let free = count;
  const waiting: (() => void)[] = [];
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    async take() {
      await enter();
      let held = true;
      return {
        release() {
          if (held) leave();
          held = false;
        },
        async retake() {
          await enter();
          held = true;
        },
      };
    },
  };
}

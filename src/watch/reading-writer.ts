import type { Clock } from "../model/doors.ts";
import { messageOf } from "../model/errors.ts";
import type { Reading, ReadingSink } from "../model/monitor.ts";
import type { MeasurementStore } from "../store/measurements/measurement-store.ts";

export interface ReadingWriter extends ReadingSink {
  readonly waiting: number;
  /** Readings given up because the store could not be written for too long. */
  readonly lost: number;
  /** Resolves when all that was taken so far is written. Throws when that fails. */
  flush(): Promise<void>;
  /** Writes what waits, once more, and no more after that. Throws when that fails. */
  stop(): Promise<void>;
}

const BATCH_EVERY_MS = 1_000;
/** A store that fails for long must not take the memory of what watches. */
const MOST_WAITING = 200_000;
const DROP_OLD_EVERY_MS = 600_000;

/** Keeps readings in batches; what cannot be written waits for the next try. */
export function startReadingWriter(options: {
  readonly store: MeasurementStore;
  readonly clock: Clock;
  /** Why the store cannot be written; undefined once it can again. */
  readonly onTrouble: (reason: string | undefined) => void;
  /** Why something that follows from readings cannot be done though they are kept; told once for each reason. */
  readonly onUpkeepTrouble?: (reason: string) => void;
}): ReadingWriter {
  const { store, clock, onTrouble, onUpkeepTrouble } = options;
  const ended = new AbortController();
  let waiting: Reading[] = [];
  let lost = 0;
  let droppedAt = Number.NEGATIVE_INFINITY;
  let dropTrouble: string | undefined;
  let told: string | undefined;

  let before: Promise<void> = Promise.resolve();

  /** One batch after the other: who waits for its own waits for those that were begun. */
  function write(): Promise<void> {
    const written = before.then(writeBatch);
    before = written.catch(() => undefined);
    return written;
  }

  async function writeBatch(): Promise<void> {
    const batch = waiting;
    waiting = [];
    try {
      if (batch.length > 0) await store.append(batch);
    } catch (thrown) {
      waiting = batch.concat(waiting);
      lost += Math.max(0, waiting.length - MOST_WAITING);
      waiting = waiting.slice(-MOST_WAITING);
      onTrouble(messageOf(thrown));
      throw thrown;
    }
    onTrouble(undefined);
    await keepUp();
  }

  /** What fails here is no reason to write the batch again. */
  async function keepUp(): Promise<void> {
    if (clock.monotonicMs() - droppedAt >= DROP_OLD_EVERY_MS) {
      droppedAt = clock.monotonicMs();
      dropTrouble = await store.dropOld(clock.now()).then(() => undefined, messageOf);
    }
    const trouble = store.upkeepTrouble() ?? dropTrouble;
    if (trouble !== undefined && trouble !== told) onUpkeepTrouble?.(trouble);
    told = trouble;
  }

  async function keepWriting(): Promise<void> {
    while (!ended.signal.aborted) {
      await clock.delay(BATCH_EVERY_MS, ended.signal).catch(() => undefined);
      await write().catch(() => undefined);
    }
  }
  const writing = keepWriting();

  return {
    take(readings) {
      for (const reading of readings) waiting.push(reading);
    },
    get waiting() {
      return waiting.length;
    },
    get lost() {
      return lost;
    },
    flush: write,
    async stop() {
      ended.abort();
      await writing;
      await write();
    },
  };
}

import type { Doors } from "../model/doors.ts";
import type { Illness } from "./alerts/illness.ts";

/** Whether the watcher itself can be believed. While it cannot, "down" is "unknown". */
export interface OwnHealth {
  /** Told by the scheduler: this process stood still for so long before now. */
  stoodStill(ms: number): void;
  /** Told by the store writer: why it cannot write; undefined once it can again. */
  storeFails(reason: string | undefined): void;
  /** Why what was asked at `sinceMs` (monotonic) cannot be believed; undefined: it can. */
  trouble(sinceMs: number): string | undefined;
  /** What keeps the watcher from telling up from down, long enough to be told; undefined: nothing. */
  illness(lagP99Ms: number): Illness | undefined;
  /** Why nothing that is far can be reached from here; undefined: it can, or nobody can tell. */
  cutOff(): Promise<string | undefined>;
}

/** A process that stood still this long has made its own time-outs. */
const STOOD_STILL_MS = 1_000;
/** Questions that are asked this late say little about when something broke. */
const LATE_MS = 5_000;
const STORE_FAILS_MS = 10_000;
const ASK_AGAIN_MS = 2_000;
const REFERENCE_TIMEOUT_MS = 2_000;

export interface Reference {
  readonly host: string;
  readonly port: number;
}

/** `references`: addresses nobody watches, one of which answers whenever this machine's own network works. */
export function createOwnHealth(doors: Doors, references: readonly Reference[]): OwnHealth {
  const { clock, sockets } = doors;
  let stoodStillUntil = Number.NEGATIVE_INFINITY;
  let stoodStillMs = 0;
  let storeTrouble: string | undefined;
  let storeFailsSince: number | undefined;
  let cutOffNow: string | undefined;
  let asked: { readonly at: number; readonly answer: Promise<string | undefined> } | undefined;

  async function askReferences(): Promise<string | undefined> {
    if (references.length === 0) return undefined;
    const connects = references.map(({ host, port }) =>
      sockets.connect({ host, port, timeoutMs: REFERENCE_TIMEOUT_MS }),
    );
    try {
      await Promise.any(connects);
      return undefined;
    } catch {
      const names = references.map(({ host, port }) => `${host}:${port}`);
      return `the watcher's own network is gone: ${names.join(", ")} cannot be reached either`;
    }
  }

  return {
    stoodStill(ms) {
      if (ms < STOOD_STILL_MS) return;
      stoodStillUntil = clock.monotonicMs();
      stoodStillMs = ms;
    },
    storeFails(reason) {
      storeTrouble = reason;
      storeFailsSince = reason === undefined ? undefined : (storeFailsSince ?? clock.monotonicMs());
    },
    trouble(sinceMs) {
      if (storeTrouble !== undefined) return `the watcher cannot write its store: ${storeTrouble}`;
      if (stoodStillUntil < sinceMs) return undefined;
      return `the watcher itself stood still for ${(stoodStillMs / 1_000).toFixed(1)} s`;
    },
    illness(lagP99Ms) {
      if (cutOffNow !== undefined) return { kind: "offline", detail: cutOffNow };
      const now = clock.monotonicMs();
      if (storeTrouble !== undefined && now - (storeFailsSince ?? now) >= STORE_FAILS_MS) {
        return { kind: "store", detail: `the watcher cannot write its store: ${storeTrouble}` };
      }
      if (lagP99Ms < LATE_MS) return undefined;
      return { kind: "late", detail: `the watcher asks ${(lagP99Ms / 1_000).toFixed(0)} s late` };
    },
    cutOff() {
      const now = clock.monotonicMs();
      if (!asked || now - asked.at > ASK_AGAIN_MS) {
        const answer = askReferences().then((found) => {
          cutOffNow = found;
          return found;
        });
        asked = { at: now, answer };
      }
      return asked.answer;
    },
  };
}

/** This machine has run out of something, or has no network at all: whoever was asked is not to blame. */
const OWN =
  /\b(EMFILE|ENFILE|ENOBUFS|ENOMEM|EADDRNOTAVAIL|ENETDOWN)\b|no route to its network|could not be resolved for now|the machine's resolver did not answer/;

export function isOwnTrouble(detail: string): boolean {
  return OWN.test(detail);
}

import type { Doors } from "../model/doors.ts";

/** Whether the watcher itself can be believed. While it cannot, "down" is "unknown". */
export interface OwnHealth {
  /** Told by the scheduler: this process stood still for so long before now. */
  stoodStill(ms: number): void;
  /** Told by the store writer: why it cannot write; undefined once it can again. */
  storeFails(reason: string | undefined): void;
  /** Why what was asked at `sinceMs` (monotonic) cannot be believed; undefined: it can. */
  trouble(sinceMs: number): string | undefined;
  /** Why nothing that is far can be reached from here; undefined: it can, or nobody can tell. */
  cutOff(): Promise<string | undefined>;
}

/** A process that stood still this long has made its own time-outs. */
const STOOD_STILL_MS = 1_000;
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
    },
    trouble(sinceMs) {
      if (storeTrouble !== undefined) return `the watcher cannot write its store: ${storeTrouble}`;
      if (stoodStillUntil < sinceMs) return undefined;
      return `the watcher itself stood still for ${(stoodStillMs / 1_000).toFixed(1)} s`;
    },
    cutOff() {
      const now = clock.monotonicMs();
      if (!asked || now - asked.at > ASK_AGAIN_MS) asked = { at: now, answer: askReferences() };
      return asked.answer;
    },
  };
}

/** This machine has run out of something, or has no network at all: whoever was asked is not to blame. */
const OWN =
  /\b(EMFILE|ENFILE|ENOBUFS|ENOMEM|EADDRNOTAVAIL|ENETDOWN)\b|no route to its network|could not be resolved for now/;

export function isOwnTrouble(detail: string): boolean {
  return OWN.test(detail);
}

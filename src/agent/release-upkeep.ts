import type { Clock } from "../model/doors.ts";
import { messageOf } from "../model/errors.ts";
import type { ActiveReleases } from "./active-releases.ts";
import type { Edge } from "./edge/edge.ts";
import type { ReleaseRecord, ReleaseShelf } from "./release-shelf.ts";

/** What becomes of releases by themselves: given up without a lease, retired when their time is over. */
export interface ReleaseUpkeep {
  /** Up, without traffic, and wanted by whoever holds the lease. */
  isStaged(record: ReleaseRecord): boolean;
  /** Given up and still being stopped. */
  isLeaving(id: string): boolean;
  /** Stops it; forgets it too unless it was live once. */
  giveUp(record: ReleaseRecord): Promise<void>;
  /** For when nobody holds the lease: nothing stays half done. Call it in turn. */
  settle(): Promise<void>;
  retireDue(): void;
  /** Looks for what is due from now on. */
  start(): void;
  stop(): void;
}

interface Surroundings {
  readonly shelf: ReleaseShelf;
  readonly active: ActiveReleases;
  readonly edge: Edge;
  readonly clock: Clock;
  inTurn<Value>(work: () => Promise<Value>): Promise<Value>;
  tell(message: string): void;
}

/** What a replaced release is kept warm when nobody said how long: the command that would have died before. */
export const DEFAULT_WARM_MS = 600_000;
const TICK_MS = 200;

export function createUpkeep({ shelf, active, edge, clock, inTurn, tell }: Surroundings): ReleaseUpkeep {
  const leaving = new Set<string>();
  const retiring = new Set<string>();
  const ticking = new AbortController();

  const isWarm = (id: string): boolean => shelf.pointer().warm === id;
  const isLive = (id: string): boolean => shelf.pointer().live === id;
  const isStaged = (record: ReleaseRecord): boolean =>
    isUp(record) && record.retireAt === undefined && !isLive(record.id) && !isWarm(record.id);

  async function giveUp({ id, wasLive }: ReleaseRecord): Promise<void> {
    const ended = active.end(id);
    try {
      await shelf.change(id, { phase: wasLive ? "stopped" : "failed" });
    } catch (thrown) {
      // A full disk, perhaps by its own logs: it goes all the same, and the next agent would give it up again.
      tell(`cannot write down that ${id} is given up: ${messageOf(thrown)}`);
    }
    if (wasLive) return;
    leaving.add(id);
    void ended
      // Staged again under the same name while it ended: what is there now is wanted.
      .then(() => shelf.forget(id, { words: true, unless: isUp }))
      .catch((thrown: unknown) => tell(`cannot forget ${id}: ${messageOf(thrown)}`))
      .finally(() => leaving.delete(id));
  }

  async function retire(id: string): Promise<void> {
    if (active.get(id)?.isEnding) return;
    if (isWarm(id)) await inTurn(() => shelf.point(withoutWarm(shelf)));
    tell(`${id} is drained and stopped`);
    if (active.get(id)) await edge.drain(id, drainLimitOf(shelf.get(id)));
    // It may have become live again while its requests ended.
    await inTurn(async () => {
      if (isLive(id) || isWarm(id)) return;
      await shelf.change(id, { phase: "stopped" });
      void active.end(id);
    });
  }

  function retireDue(): void {
    for (const record of shelf.list()) {
      const { id, retireAt = Number.POSITIVE_INFINITY } = record;
      if (retireAt > clock.now() || isLive(id) || retiring.has(id) || !isUp(record)) continue;
      retiring.add(id);
      void retire(id)
        .catch((thrown: unknown) => tell(`cannot retire ${id}: ${messageOf(thrown)}`))
        .finally(() => retiring.delete(id));
    }
  }

  async function keepLooking(): Promise<void> {
    while (!ticking.signal.aborted) {
      retireDue();
      await clock.delay(TICK_MS, ticking.signal).catch(() => undefined);
    }
  }
  return {
    isStaged,
    isLeaving: (id) => leaving.has(id),
    giveUp,
    retireDue,
    async settle() {
      for (const record of shelf.list()) {
        if (isWarm(record.id) && record.retireAt === undefined) {
          await shelf.change(record.id, { retireAt: clock.now() + DEFAULT_WARM_MS });
        }
        if (leaving.has(record.id) || !(isStaged(record) || record.phase === "failed")) continue;
        tell(`${record.id} is given up: nobody holds the lock any more`);
        await giveUp(record);
      }
    },
    start: () => void keepLooking(),
    stop: () => ticking.abort(),
  };
}

export function isUp({ phase }: ReleaseRecord): boolean {
  return phase === "starting" || phase === "running";
}

export function withoutWarm(shelf: ReleaseShelf): { live?: string } {
  const { live } = shelf.pointer();
  return live === undefined ? {} : { live };
}

/** How long requests of a release may take to end: its own web processes would end them after that anyway. */
export function drainLimitOf(record: ReleaseRecord | undefined): number {
  const webs = (record?.processes ?? []).filter(({ kind }) => kind === "web");
  return Math.max(0, ...webs.map(({ stopGraceMs }) => stopGraceMs));
}

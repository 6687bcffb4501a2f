import { UserError } from "../model/errors.ts";
import type { Address } from "../model/subject.ts";
import type { TargetStatus } from "../model/target.ts";
import type { Edge, StageDoor } from "./edge/edge.ts";
import type { Ground, InstanceRecord } from "./instance.ts";
import type { Place } from "./instance-plan.ts";
import { type LeaseBook, openLeaseBook } from "./lease-book.ts";
import type { ReleaseOnWire, StagingFailure, StagingState } from "./protocol.ts";
import { openReleaseShelf, type ReleaseRecord } from "./release-shelf.ts";
import { NotReady, type RunningRelease, runRelease } from "./running-release.ts";
import { openSchedules } from "./schedules.ts";

/** The releases of one environment: which run, which one answers, and what becomes of them by themselves. */
export interface Environment {
  readonly lease: LeaseBook;
  stage(token: string, release: ReleaseOnWire): Promise<StagingState>;
  revive(token: string, id: string): Promise<StagingState>;
  staging(id: string): StagingState;
  switchTo(token: string, id: string): Promise<{ readonly tookMs: number }>;
  retire(token: string, id: string, afterMs: number): Promise<void>;
  discard(token: string, id: string): Promise<void>;
  prune(token: string, keep: readonly string[]): Promise<void>;
  load(id: string): Promise<ReleaseOnWire | undefined>;
  status(): Omit<TargetStatus, "address">;
  /** Ends every process. `forget`: nothing of it is started again later. */
  stop(options: { forget: boolean }): Promise<void>;
}

interface Surroundings {
  readonly place: Place;
  readonly ground: Ground;
  readonly edge: Edge;
  /** Of a door with these ports under the environment's name. */
  addressOf(ports: { httpsPort: number | undefined; httpPort: number | undefined }): Address;
  readonly records: ReadonlyMap<string, InstanceRecord>;
}

/** What a replaced release is kept warm when nobody said how long: the command that would have died before. */
const DEFAULT_WARM_MS = 600_000;
const TICK_MS = 200;

interface Running {
  readonly running: RunningRelease;
  readonly gating: AbortController;
  door?: StageDoor;
  ending?: Promise<void>;
}

export async function openEnvironment(surroundings: Surroundings): Promise<Environment> {
  const { place, ground, edge, addressOf, records } = surroundings;
  const { clock, state, tell } = ground;
  const shelf = await openReleaseShelf(state);
  const schedules = await openSchedules(place, ground);
  const active = new Map<string, Running>();
  /** Given up and being stopped. */
  const leaving = new Set<string>();
  let turn: Promise<unknown> = Promise.resolve();

  /** One change at a time; what takes long goes on outside. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined);
    return done;
  }

  const isLive = (id: string): boolean => shelf.pointer().live === id;
  const isWarm = (id: string): boolean => shelf.pointer().warm === id;
  const isUp = ({ phase }: ReleaseRecord): boolean => phase === "starting" || phase === "running";
  const isStaged = (record: ReleaseRecord): boolean =>
    isUp(record) && record.retireAt === undefined && !isLive(record.id) && !isWarm(record.id);

  function begin(release: ReleaseOnWire, options: { workers: boolean }): Running {
    const running = runRelease(release, {
      ...place,
      ground,
      edge,
      onChange: () => {
        if (active.get(release.id)?.running === running) edge.put(running.routed());
      },
    });
    const entry: Running = { running, gating: new AbortController() };
    active.set(release.id, entry);
    edge.put(running.routed());
    running.start(records, options);
    return entry;
  }

  async function passGate(record: ReleaseRecord, entry: Running): Promise<void> {
    try {
      await entry.running.gate(record.startedAt, entry.gating.signal);
      await openDoor(record.id, entry);
      await shelf.change(record.id, { phase: "running" });
    } catch (thrown) {
      if (entry.gating.signal.aborted) return;
      const failure = thrown instanceof NotReady ? thrown.failure : failureOf(record.id, thrown);
      tell(`${record.id} did not become ready: ${failure.process}: ${failure.what}`);
      await shelf
        .change(record.id, { phase: "failed", failure })
        .catch((error: Error) => tell(error.message));
      await end(record.id);
    }
  }

  async function openDoor(id: string, entry: Running): Promise<void> {
    entry.door ??= await edge.stage(id);
  }

  async function closeDoor(entry: Running | undefined): Promise<void> {
    const door = entry?.door;
    if (entry) delete entry.door;
    await door?.[Symbol.asyncDispose]();
  }

  /** Stops the processes of a release and takes it off the edge; its entry on the shelf stays. */
  function end(id: string): Promise<void> {
    const entry = active.get(id);
    if (!entry) return Promise.resolve();
    entry.ending ??= (async () => {
      entry.gating.abort();
      await closeDoor(entry);
      await entry.running.stop();
      active.delete(id);
      edge.remove(id);
    })();
    return entry.ending;
  }

  async function giveUp(record: ReleaseRecord): Promise<void> {
    if (record.wasLive) await shelf.change(record.id, { phase: "stopped" });
    const ended = end(record.id);
    if (record.wasLive) return;
    await shelf.change(record.id, { phase: "failed" });
    leaving.add(record.id);
    void ended
      .then(() => shelf.forget(record.id))
      .catch((thrown: Error) => tell(thrown.message))
      .finally(() => leaving.delete(record.id));
  }

  async function retireNow({ id }: ReleaseRecord): Promise<void> {
    const entry = active.get(id);
    if (entry?.ending) return;
    if (isWarm(id)) await shelf.point({ live: shelf.pointer().live as string });
    tell(`${id} is drained and stopped`);
    await edge.drain(id, drainLimitOf(shelf.get(id)));
    // It may have become live again while its requests ended.
    await inTurn(async () => {
      if (isLive(id) || isWarm(id)) return;
      await shelf.change(id, { phase: "stopped" });
      void end(id);
    });
  }

  const retiring = new Set<string>();
  function retireDue(): void {
    for (const record of shelf.list()) {
      const { id, retireAt } = record;
      if (retireAt === undefined || retireAt > clock.now() || isLive(id) || retiring.has(id) || !isUp(record))
        continue;
      retiring.add(id);
      void retireNow(record)
        .catch((thrown: Error) => tell(`cannot retire ${id}: ${thrown.message}`))
        .finally(() => retiring.delete(id));
    }
  }

  /** Nobody holds the lease: nothing stays half done. */
  async function settle(): Promise<void> {
    await inTurn(async () => {
      for (const record of shelf.list()) {
        if (isWarm(record.id) && record.retireAt === undefined) {
          await shelf.change(record.id, { retireAt: clock.now() + DEFAULT_WARM_MS });
        }
        if (leaving.has(record.id)) continue;
        if (isStaged(record) || record.phase === "failed") {
          tell(`${record.id} is given up: nobody holds the lock any more`);
          await giveUp(record);
        }
      }
    });
  }

  const lease = await openLeaseBook({ clock, state, tell, onEnd: settle });

  async function start(release: ReleaseOnWire): Promise<StagingState> {
    const others = shelf.list().filter((other) => other.id !== release.id && isStaged(other));
    // First what may fail, on a full disk: then nothing else has changed.
    const record = await shelf.put(release, clock.now());
    for (const other of others) await giveUp(other);
    void passGate(record, begin(release, { workers: true }));
    return staging(release.id);
  }

  /** Asked for a release that is up: being started, ready, warm or even live. */
  async function again({ id, phase }: ReleaseRecord): Promise<StagingState> {
    const entry = active.get(id);
    if (phase === "running" && entry) await openDoor(id, entry);
    return staging(id);
  }

  function staging(id: string): StagingState {
    const record = shelf.get(id);
    const entry = active.get(id);
    if (record?.phase === "failed")
      return { state: "failed", failure: record.failure ?? failureOf(id, "it was given up") };
    if (!record || !isUp(record) || !entry) throw new UserError(`release ${id} is not being started here`);
    if (entry.door) return { state: "ready", address: addressOf(entry.door) };
    return { state: "starting", waitingFor: entry.running.waitingFor() };
  }

  async function awaitEnding(id: string): Promise<void> {
    await active.get(id)?.ending;
  }

  /** Work of the live release only: its workers and schedules; the others' end gracefully. */
  function followPointer(): void {
    const { live } = shelf.pointer();
    for (const [id, { running }] of active) {
      if (id === live) running.startWorkers();
      else if (isWarm(id)) void running.stopWorkers();
    }
    schedules.follow(live === undefined ? undefined : active.get(live)?.running.release);
  }

  async function resume(): Promise<void> {
    const { live } = shelf.pointer();
    for (const record of shelf.list()) {
      if (!isUp(record) && !isLive(record.id)) continue;
      const release = await shelf.load(record.id);
      if (!release) {
        tell(`${record.id} cannot be started: its variables are unreadable`);
        continue;
      }
      const entry = begin(release, { workers: !isWarm(record.id) });
      if (isStaged(record)) void passGate(record, entry);
    }
    if (live !== undefined) await shelf.change(live, { wasLive: true, retireAt: undefined });
    if (live !== undefined && active.has(live)) edge.switchTo(live);
    else if (live !== undefined) tell(`the live release ${live} cannot be brought back`);
    followPointer();
    if (!lease.holder()) await settle();
  }

  await resume();
  const ticking = new AbortController();
  void (async () => {
    while (!ticking.signal.aborted) {
      retireDue();
      await clock.delay(TICK_MS, ticking.signal).catch(() => undefined);
    }
  })();

  return {
    lease,
    staging,
    load: (id) => shelf.load(id),
    async stage(token, release) {
      lease.require(token);
      await awaitEnding(release.id);
      return await inTurn(async () => {
        const known = shelf.get(release.id);
        if (known && isUp(known)) return await again(known);
        return await start(release);
      });
    },
    async revive(token, id) {
      lease.require(token);
      await awaitEnding(id);
      return await inTurn(async () => {
        const known = shelf.get(id);
        if (!known) throw new UserError(`release ${id} is not kept on this target any more`);
        if (isUp(known)) return await again(known);
        const release = await shelf.load(id);
        if (!release) throw new UserError(`the variables of release ${id} cannot be read any more`);
        return await start(release);
      });
    },
    switchTo(token, id) {
      const from = clock.monotonicMs();
      return inTurn(async () => {
        lease.require(token);
        const record = shelf.get(id);
        const entry = active.get(id);
        const before = shelf.pointer();
        if (isLive(id)) return { tookMs: 0 };
        if (!record || !entry || entry.ending || record.phase !== "running") {
          throw new UserError(`release ${id} does not run here, so no traffic can go to it`);
        }
        const silent = entry.running.silent();
        if (silent.length > 0) {
          throw new UserError(
            `no traffic goes to release ${id}: no instance of ${silent.join(", ")} is ready`,
          );
        }
        await shelf.point({ live: id, ...(before.live === undefined ? {} : { warm: before.live }) });
        edge.switchTo(id);
        const tookMs = clock.monotonicMs() - from;
        followPointer();
        // In turn, so that a `retire` that comes right after has the last word.
        void inTurn(() => settleSwitch(id, before.live, before.warm));
        return { tookMs };
      });
    },
    retire(token, id, afterMs) {
      return inTurn(async () => {
        lease.require(token);
        if (isLive(id)) throw new UserError(`release ${id} is live and cannot be retired`);
        await shelf.change(id, { retireAt: clock.now() + afterMs });
        retireDue();
      });
    },
    discard(token, id) {
      return inTurn(async () => {
        lease.require(token);
        if (isLive(id)) throw new UserError(`release ${id} is live and cannot be discarded`);
        const record = shelf.get(id);
        if (!record) return;
        if (isWarm(id)) await shelf.point({ live: shelf.pointer().live as string });
        await giveUp(record);
      });
    },
    prune(token, keep) {
      return inTurn(async () => {
        lease.require(token);
        for (const record of shelf.list()) {
          if (keep.includes(record.id) || isUp(record) || active.has(record.id)) continue;
          await shelf.forget(record.id);
        }
      });
    },
    status() {
      const { live, warm } = shelf.pointer();
      const until = warm === undefined ? undefined : shelf.get(warm)?.retireAt;
      return {
        live,
        warm:
          warm === undefined ? undefined : { release: warm, until: until ?? clock.now() + DEFAULT_WARM_MS },
        staged: shelf.list().find(isStaged)?.id,
        lease: lease.holder(),
        releases: shelf
          .list()
          .map(({ id }) => id)
          .filter((id) => !leaving.has(id)),
        instances: [...active.values()].flatMap(({ running }) =>
          running.instances().map((each) => each.status()),
        ),
        schedules: schedules.status(),
      };
    },
    async stop({ forget }) {
      ticking.abort();
      await schedules.stop();
      if (forget) {
        await shelf.point({});
        for (const { id, phase } of shelf.list())
          if (phase !== "failed") await shelf.change(id, { phase: "stopped" });
      }
      for (const { gating } of active.values()) gating.abort();
      await Promise.all([...active.values()].map(({ running }) => running.stop()));
    },
  };

  async function settleSwitch(
    id: string,
    replaced: string | undefined,
    earlier: string | undefined,
  ): Promise<void> {
    try {
      await shelf.change(id, { wasLive: true, retireAt: undefined });
      await closeDoor(active.get(id));
      if (replaced === undefined) return;
      await shelf.change(replaced, { retireAt: undefined });
      // Only one release is kept warm: the one before it goes at once.
      if (earlier !== undefined && earlier !== id) await shelf.change(earlier, { retireAt: clock.now() });
      void edge.drain(replaced, drainLimitOf(shelf.get(replaced)));
    } catch (thrown) {
      tell(`after the switch to ${id}: ${(thrown as Error).message}`);
    }
  }
}

function drainLimitOf(record: ReleaseRecord | undefined): number {
  return Math.max(
    0,
    ...(record?.processes ?? []).filter(({ kind }) => kind === "web").map((each) => each.stopGraceMs),
  );
}

function failureOf(release: string, thrown: unknown): StagingFailure {
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    release,
    process: "",
    index: 0,
    what,
    lastProbe: undefined,
    exit: undefined,
    logLines: [],
    cause: undefined,
  };
}

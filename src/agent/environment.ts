import { messageOf, UserError } from "../model/errors.ts";
import type { Address } from "../model/subject.ts";
import type { TargetStatus } from "../model/target.ts";
import { type ActiveRelease, createActiveReleases, failureOf } from "./active-releases.ts";
import type { BoundPorts, Edge } from "./edge/edge.ts";
import type { Ground, InstanceRecord } from "./instances/instance.ts";
import type { Place } from "./instances/instance-plan.ts";
import { type LeaseBook, openLeaseBook } from "./lease-book.ts";
import type { ReleaseOnWire, StagingState } from "./protocol.ts";
import { openReleaseShelf, type Pointer, type ReleaseRecord } from "./release-shelf.ts";
import { createUpkeep, DEFAULT_WARM_MS, drainLimitOf, isUp, withoutWarm } from "./release-upkeep.ts";
import { openSchedules } from "./schedules.ts";
import { openStopBook } from "./stop-book.ts";
import { createTurns } from "./turns.ts";

/** The releases of one environment: which run, which one answers, and what becomes of them by themselves. */
export interface RunningEnvironment {
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
  addressOf(ports: BoundPorts): Address;
  /** What a holder of the lease has changed besides releases is put back when the lease ends. */
  onLeaseEnd(): Promise<void>;
  /** Processes an earlier agent started, by key. */
  readonly records: ReadonlyMap<string, InstanceRecord>;
}

export async function openEnvironment(surroundings: Surroundings): Promise<RunningEnvironment> {
  const { place, ground, edge, addressOf } = surroundings;
  const { clock, state, tell } = ground;
  const shelf = await openReleaseShelf(state);
  const schedules = await openSchedules(place, ground);
  const stops = await openStopBook(state);
  const active = createActiveReleases({ ...surroundings, stops });
  // What takes long goes on outside of its turn.
  const inTurn = createTurns();
  const upkeep = createUpkeep({ shelf, active, edge, clock, inTurn, tell });
  const onEnd = async () => {
    await surroundings.onLeaseEnd();
    await inTurn(upkeep.settle);
  };
  const lease = await openLeaseBook({ clock, state, tell, onEnd });

  const isLive = (id: string): boolean => shelf.pointer().live === id;

  async function passGate({ id, startedAt }: ReleaseRecord): Promise<void> {
    const failure = await active.passGate(id, startedAt);
    if (failure === undefined) return await shelf.change(id, { phase: "running" });
    tell(`${id} did not become ready: ${failure.process}: ${failure.what}`);
    await shelf.change(id, { phase: "failed", failure });
    await active.end(id);
  }

  function watchGate(record: ReleaseRecord): void {
    passGate(record).catch((thrown: unknown) => tell(`${record.id}: ${messageOf(thrown)}`));
  }

  async function start(release: ReleaseOnWire): Promise<StagingState> {
    const others = shelf.list().filter((other) => other.id !== release.id && upkeep.isStaged(other));
    // First what may fail, on a full disk: then nothing else has changed.
    const record = await shelf.put(release, clock.now());
    for (const other of others) await upkeep.giveUp(other);
    active.begin(release, { workers: true });
    watchGate(record);
    return staging(release.id);
  }

  /** Asked for a release that is up: being started, ready, warm or even live. */
  async function again({ id, phase }: ReleaseRecord): Promise<StagingState> {
    if (phase === "running") await active.openDoor(id);
    return staging(id);
  }

  function staging(id: string): StagingState {
    const record = shelf.get(id);
    const entry = active.get(id);
    if (record?.phase === "failed") {
      return { state: "failed", failure: record.failure ?? failureOf(id, "was given up") };
    }
    if (!record || !isUp(record) || !entry) throw new UserError(`release ${id} is not being started here`);
    const isReady = record.phase === "running" && entry.door !== undefined;
    if (isReady && entry.door) return { state: "ready", address: addressOf(entry.door) };
    return { state: "starting", waitingFor: entry.running.waitingFor() };
  }

  /** Workers and schedules of the live release only; those of the one it replaced end gracefully. */
  function followPointer(): void {
    const { live, warm } = shelf.pointer();
    if (warm !== undefined) void active.get(warm)?.running.stopWorkers();
    const running = live === undefined ? undefined : active.get(live)?.running;
    running?.startWorkers();
    schedules.follow(running?.release);
  }

  async function settleSwitch(id: string, { live: replaced, warm: earlier }: Pointer): Promise<void> {
    // Only one release is kept warm: the one before it goes at once.
    const goes = earlier === id ? undefined : earlier;
    await Promise.all([
      shelf.change(id, { wasLive: true, retireAt: undefined }),
      replaced !== undefined && shelf.change(replaced, { retireAt: undefined }),
      goes !== undefined && shelf.change(goes, { retireAt: clock.now() }),
    ]);
    await active.closeDoor(id);
    if (replaced !== undefined) void edge.drain(replaced, drainLimitOf(shelf.get(replaced)));
  }

  function expectAnswers(id: string, entry: ActiveRelease | undefined): void {
    if (!entry || entry.isEnding || shelf.get(id)?.phase !== "running") {
      throw new UserError(`release ${id} does not run here, so no traffic can go to it`);
    }
    const silent = entry.running.silent().join(", ");
    if (silent === "") return;
    throw new UserError(`no traffic goes to release ${id}: no instance of ${silent} is ready`);
  }

  /** Brings back what ran before: processes that still run are taken over, the others started. */
  async function resume(): Promise<void> {
    for (const record of shelf.list()) {
      if (!isUp(record) && !isLive(record.id)) continue;
      const release = (await shelf.load(record.id)) ?? shelf.loadWithout(record.id);
      if (release) active.begin(release, { workers: shelf.pointer().warm !== record.id });
      if (upkeep.isStaged(record)) watchGate(record);
    }
    const { live, warm } = shelf.pointer();
    if (live !== undefined && !active.get(live) && warm !== undefined && active.get(warm)) {
      tell(`${live} was live and cannot be brought back: ${warm}, which it replaced, answers instead`);
      await shelf.point({ live: warm });
    }
    const now = shelf.pointer().live;
    if (now !== undefined && active.get(now)) {
      edge.switchTo(now);
      await shelf.change(now, { wasLive: true, retireAt: undefined });
    }
    followPointer();
    if (!lease.holder()) await inTurn(upkeep.settle);
  }
  /** If the disk is full this fails, and the worst that follows is that the next agent starts these releases again. */
  async function forgetAll(): Promise<void> {
    await shelf.point({});
    for (const record of shelf.list()) if (isUp(record)) await shelf.change(record.id, { phase: "stopped" });
  }

  await resume();
  upkeep.start();

  return {
    lease,
    staging,
    load: (id) => shelf.load(id),
    async stage(token, release) {
      lease.require(token);
      await active.ended(release.id);
      return await inTurn(async () => {
        lease.require(token);
        const known = shelf.get(release.id);
        return known && isUp(known) ? await again(known) : await start(release);
      });
    },
    async revive(token, id) {
      lease.require(token);
      await active.ended(id);
      return await inTurn(async () => {
        lease.require(token);
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
        if (isLive(id)) return { tookMs: 0 };
        expectAnswers(id, active.get(id));
        const before = shelf.pointer();
        await shelf.point({ live: id, ...(before.live === undefined ? {} : { warm: before.live }) });
        edge.switchTo(id);
        const tookMs = clock.monotonicMs() - from;
        followPointer();
        // In turn, so that a `retire` that comes right after has the last word.
        inTurn(() => settleSwitch(id, before)).catch((thrown: unknown) =>
          tell(`after the switch to ${id}: ${messageOf(thrown)}`),
        );
        return { tookMs };
      });
    },
    retire(token, id, afterMs) {
      return inTurn(async () => {
        lease.require(token);
        if (isLive(id)) throw new UserError(`release ${id} is live and cannot be retired`);
        await shelf.change(id, { retireAt: clock.now() + afterMs });
        upkeep.retireDue();
      });
    },
    discard(token, id) {
      return inTurn(async () => {
        lease.require(token);
        if (isLive(id)) throw new UserError(`release ${id} is live and cannot be discarded`);
        const record = shelf.get(id);
        if (!record || upkeep.isLeaving(id)) return;
        if (shelf.pointer().warm === id) await shelf.point(withoutWarm(shelf));
        await upkeep.giveUp(record);
      });
    },
    prune(token, keep) {
      return inTurn(async () => {
        lease.require(token);
        for (const record of shelf.list()) {
          if (keep.includes(record.id) || isUp(record) || active.get(record.id)) continue;
          await shelf.forget(record.id);
        }
      });
    },
    status() {
      const { live, warm } = shelf.pointer();
      const records = shelf.list().filter(({ id }) => !upkeep.isLeaving(id));
      const until = (warm && shelf.get(warm)?.retireAt) ?? clock.now() + DEFAULT_WARM_MS;
      return {
        live,
        warm: warm === undefined ? undefined : { release: warm, until: Number(until) },
        staged: records.find(upkeep.isStaged)?.id,
        lease: lease.holder(),
        releases: records.map(({ id }) => id),
        instances: active.statuses(),
        schedules: schedules.status(),
        stops: stops.list(),
      };
    },
    async stop({ forget }) {
      upkeep.stop();
      await schedules.stop();
      if (forget)
        await forgetAll().catch((thrown: unknown) =>
          tell(`what ends here may begin again: ${messageOf(thrown)}`),
        );
      await active.stop();
    },
  };
}

import { messageOf } from "../model/errors.ts";
import type { InstanceStatus } from "../model/runtime.ts";
import type { BoundPorts, Edge, StageDoor } from "./edge/edge.ts";
import type { Ground, InstanceRecord } from "./instances/instance.ts";
import type { Place } from "./instances/instance-plan.ts";
import type { ReleaseOnWire, StagingFailure } from "./protocol.ts";
import { NotReady, type RunningRelease, runRelease } from "./running-release.ts";
import type { StopBook } from "./stop-book.ts";

/** A release with processes, known to the edge. */
export interface ActiveRelease {
  readonly running: RunningRelease;
  /** Where it answers before it is live. */
  readonly door: BoundPorts | undefined;
  readonly isEnding: boolean;
}

export interface ActiveReleases {
  get(id: string): ActiveRelease | undefined;
  list(): readonly ActiveRelease[];
  statuses(): InstanceStatus[];
  /** Starts it, or takes charge of what an earlier agent started. */
  begin(release: ReleaseOnWire, options: { workers: boolean }): void;
  /** Gives the failure, or undefined once it is ready and has a door. Rejects when it is ended meanwhile. */
  passGate(id: string, since: number): Promise<StagingFailure | undefined>;
  openDoor(id: string): Promise<void>;
  closeDoor(id: string): Promise<void>;
  /** Stops its processes and takes it off the edge. Idempotent. */
  end(id: string): Promise<void>;
  /** Resolves when it is gone, at once when it is not being ended. */
  ended(id: string): Promise<void>;
  /** Stops every process; the edge keeps its routes. */
  stop(): Promise<void>;
}

interface Entry {
  readonly running: RunningRelease;
  readonly gating: AbortController;
  door?: StageDoor;
  ending?: Promise<void>;
}

interface Surroundings {
  readonly place: Place;
  readonly ground: Ground;
  readonly edge: Edge;
  readonly records: ReadonlyMap<string, InstanceRecord>;
  readonly stops: StopBook;
}

export function createActiveReleases({ place, ground, edge, records, stops }: Surroundings): ActiveReleases {
  const entries = new Map<string, Entry>();

  async function openDoor(id: string): Promise<void> {
    const entry = entries.get(id);
    if (entry) entry.door ??= await edge.stage(id);
  }

  async function closeDoor(id: string): Promise<void> {
    const entry = entries.get(id);
    const door = entry?.door;
    if (entry) delete entry.door;
    await door?.[Symbol.asyncDispose]();
  }

  async function stopAndRemove(id: string, { gating, running }: Entry): Promise<void> {
    gating.abort(new Error(`${id} is being stopped`));
    await closeDoor(id);
    const since = ground.clock.now();
    const stopped = running.instances().map((instance) => ({
      instance,
      wasReady: instance.status().state === "ready",
    }));
    await running.stop();
    await stops
      .note(running.release, stopped, since)
      .catch((thrown: unknown) => ground.tell(messageOf(thrown)));
    entries.delete(id);
    edge.remove(id);
  }

  return {
    get: (id) => view(entries.get(id)),
    list: () => [...entries.values()].map((entry) => view(entry) as ActiveRelease),
    statuses: () =>
      [...entries.values()].flatMap(({ running }) => running.instances().map((each) => each.status())),
    begin(release, options) {
      const onChange = (): void => {
        if (entries.get(release.id)?.running === running) edge.put(running.routed());
      };
      const running = runRelease(release, { ...place, ground, edge, onChange });
      entries.set(release.id, { running, gating: new AbortController() });
      edge.put(running.routed());
      running.start(records, options);
    },
    async passGate(id, since) {
      const entry = entries.get(id);
      if (!entry) return failureOf(id, "it was ended");
      const { signal } = entry.gating;
      try {
        await entry.running.gate(since, signal);
        await openDoor(id);
        return undefined;
      } catch (thrown) {
        signal.throwIfAborted();
        return thrown instanceof NotReady ? thrown.failure : failureOf(id, messageOf(thrown));
      }
    },
    openDoor,
    closeDoor,
    end(id) {
      const entry = entries.get(id);
      if (entry) entry.ending ??= stopAndRemove(id, entry);
      return entry?.ending ?? Promise.resolve();
    },
    ended: (id) => entries.get(id)?.ending ?? Promise.resolve(),
    async stop() {
      for (const { gating } of entries.values()) gating.abort(new Error("everything is being stopped"));
      await Promise.all([...entries.values()].map(({ running }) => running.stop()));
    },
  };
}

function view(entry: Entry | undefined): ActiveRelease | undefined {
  return entry && { running: entry.running, door: entry.door, isEnding: entry.ending !== undefined };
}

export function failureOf(release: string, what: string): StagingFailure {
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

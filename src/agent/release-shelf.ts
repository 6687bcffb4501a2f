import { rm } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import type { Process } from "../model/process.ts";
import { keepLastWords } from "./last-words.ts";
import type { ReleaseOnWire, StagingFailure } from "./protocol.ts";
import { openStateFolder, type StateFolder } from "./state-folder.ts";
import { createTurns } from "./turns.ts";

/** What the agent knows of a release, without its variables. */
export interface ReleaseRecord {
  readonly id: string;
  readonly commit: string;
  readonly directory: string;
  readonly processes: readonly Process[];
  /** Wanted: "starting" and "running" releases are started again when the agent or the machine was down. */
  readonly phase: "starting" | "running" | "stopped" | "failed";
  readonly startedAt: number;
  /** It answered users once: kept for a cold rollback even when it is given up. */
  readonly wasLive: boolean;
  /** When it is drained and stopped, told by `retire`. */
  readonly retireAt?: number;
  readonly failure?: StagingFailure;
}

/** The one place that says which release is live: a switch is the replacement of this entry. */
export interface Pointer {
  readonly live?: string;
  readonly warm?: string;
}

/** Releases kept on this machine, on disk and in memory alike. */
export interface ReleaseShelf {
  list(): readonly ReleaseRecord[];
  get(id: string): ReleaseRecord | undefined;
  /** The release with its variables; undefined when either is unreadable. */
  load(id: string): Promise<ReleaseOnWire | undefined>;
  /** For taking charge of what runs already when the variables are unreadable. */
  loadWithout(id: string): ReleaseOnWire | undefined;
  put(release: ReleaseOnWire, startedAt: number): Promise<ReleaseRecord>;
  change(
    id: string,
    change: Partial<Omit<ReleaseRecord, "id" | "retireAt">> & { retireAt?: number | undefined },
  ): Promise<void>;
  /**
   * Its entries, its logs and, when it lies in the environment's own directory, its code. `words`: the end of its logs
   * stays, for whoever asks why it was given up. `unless`: judged in turn, for it may be put under its name again.
   */
  forget(
    id: string,
    options?: { readonly words?: boolean; readonly unless?: (record: ReleaseRecord) => boolean },
  ): Promise<void>;
  pointer(): Pointer;
  point(pointer: Pointer): Promise<void>;
}

export async function openReleaseShelf(state: StateFolder): Promise<ReleaseShelf> {
  const records = new Map(await state.list<ReleaseRecord>("releases"));
  let pointer: Pointer = (await state.read<Pointer>("pointer")) ?? {};

  /** What is put under a name waits until what had it before is forgotten, which takes several files' time. */
  const turns = new Map<string, ReturnType<typeof createTurns>>();
  const inTurnOf = <Value>(id: string, work: () => Promise<Value>): Promise<Value> => {
    const turn = turns.get(id) ?? createTurns();
    turns.set(id, turn);
    return turn(work);
  };

  /** What waits to be put under a name, and has its code there already. */
  const awaited = new Set<string>();

  const logsOf = (id: string): string => join(state.directory, "logs", id);

  async function settleWords(release: string): Promise<void> {
    const variables = await state.read<Record<string, string>>(`variables/${release}`);
    const isKnown = (id: string): boolean => records.has(id);
    await keepLastWords({ stateDirectory: state.directory, release, variables, isKnown }).catch(() =>
      // A full disk, perhaps by these very logs.
      rm(logsOf(release), { recursive: true, force: true }),
    );
  }

  return {
    list: () => [...records.values()],
    get: (id) => records.get(id),
    async load(id) {
      const record = records.get(id);
      const variables = await state.read<Record<string, string>>(`variables/${id}`);
      return record && variables && { ...record, variables };
    },
    loadWithout(id) {
      const record = records.get(id);
      return record && { ...record, variables: {}, variablesLost: true };
    },
    put({ variables, ...release }, startedAt) {
      const { id } = release;
      awaited.add(id);
      return inTurnOf(id, async () => {
        awaited.delete(id);
        const before = records.get(id);
        const wasLive = before?.wasLive ?? false;
        // What an earlier one of this name said last is not this one's.
        if (!wasLive) await rm(logsOf(id), { recursive: true, force: true });
        const record: ReleaseRecord = { ...release, phase: "starting", startedAt, wasLive };
        await state.write(`variables/${id}`, variables);
        try {
          await state.write(`releases/${id}`, record);
        } catch (thrown) {
          if (!before) await state.remove(`variables/${id}`);
          throw thrown;
        }
        records.set(id, record);
        return record;
      });
    },
    async change(id, { retireAt, ...change }) {
      const before = records.get(id);
      if (!before) return;
      const { retireAt: _, ...rest } = before;
      const record = { ...rest, ...change, ...(retireAt === undefined ? {} : { retireAt }) };
      records.set(id, record);
      await state.write(`releases/${id}`, record);
    },
    forget(id, { words = false, unless } = {}) {
      return inTurnOf(id, async () => {
        const record = records.get(id);
        if (record && unless?.(record)) return;
        // First: while it is known its logs are masked when they are asked for.
        if (words) await settleWords(id);
        records.delete(id);
        await state.remove(`releases/${id}`);
        await state.remove(`variables/${id}`);
        if (!words) await rm(logsOf(id), { recursive: true, force: true });
        const code = record && codeToRemove(record, dirname(state.directory));
        if (code !== undefined && !awaited.has(id)) await rm(code, { recursive: true, force: true });
      });
    },
    pointer: () => pointer,
    async point(next) {
      await state.write("pointer", next);
      pointer = next;
    },
  };
}

/** The folder named after the release that holds its code; never anything outside the environment's directory. */
function codeToRemove({ id, directory }: ReleaseRecord, environmentDirectory: string): string | undefined {
  for (let path = resolve(directory); path.startsWith(environmentDirectory + sep); path = dirname(path)) {
    if (basename(path) === id) return path;
  }
  return undefined;
}

/** Ids of the releases kept under a state directory whose agent does not run. */
export async function keptReleases(stateDirectory: string): Promise<string[]> {
  const state = openStateFolder(stateDirectory, () => undefined);
  return [...(await state.list<ReleaseRecord>("releases")).keys()];
}

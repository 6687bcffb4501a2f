import type { StopRecord } from "../model/runtime.ts";
import type { Instance } from "./instances/instance.ts";
import type { ReleaseOnWire } from "./protocol.ts";
import type { StateFolder } from "./state-folder.ts";

/** How instances ended that were told to stop: a release takes nothing of it along when it is forgotten. */
export interface StopBook {
  list(): readonly StopRecord[];
  /** Those of a release that ended since then. An instance that was down already tells nothing. */
  note(
    release: Pick<ReleaseOnWire, "id" | "commit">,
    stopped: readonly Stopped[],
    since: number,
  ): Promise<void>;
}

export interface Stopped {
  readonly instance: Instance;
  /** When it was told to. */
  readonly wasReady: boolean;
}

const ENTRY = "stops";
const KEPT = 40;

export async function openStopBook(state: StateFolder): Promise<StopBook> {
  let stops = (await state.read<{ stops: readonly StopRecord[] }>(ENTRY))?.stops ?? [];
  return {
    list: () => stops,
    async note({ id, commit }, stopped, since) {
      const ended = stopped.flatMap(({ instance, wasReady }): StopRecord[] => {
        const { process, index, lastExit } = instance.status();
        if (!lastExit || lastExit.at < since) return [];
        // Started by an earlier agent: only its parent is told how a process ends.
        if (lastExit.code === null && lastExit.signal === null) return [];
        return [{ release: id, commit, wasReady, process, index, ...lastExit }];
      });
      stops = [...stops, ...ended].slice(-KEPT);
      await state.write(ENTRY, { stops });
    },
  };
}

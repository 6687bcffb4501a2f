import type { Reading, ReadingSink } from "../model/monitor.ts";

/** The newest reading of a monitor and since when it says so. */
export interface Standing {
  readonly reading: Reading;
  /** Beginning of the run of equal states, as far back as this process has seen. */
  readonly since: number;
}

/** What every monitor last said, for whoever looks now. */
export interface LiveBoard extends ReadingSink {
  readonly standings: ReadonlyMap<string, Standing>;
  /** Told of every reading that changed a state; the function returned ends it. */
  onChange(listener: (reading: Reading) => void): () => void;
}

export function createLiveBoard(known: readonly Reading[] = []): LiveBoard {
  const standings = new Map(known.map((reading) => [reading.monitor, { reading, since: reading.at }]));
  const listeners = new Set<(reading: Reading) => void>();
  return {
    standings,
    take(readings) {
      for (const reading of readings) {
        const before = standings.get(reading.monitor);
        const isSame = before?.reading.state === reading.state;
        standings.set(reading.monitor, { reading, since: isSame ? before.since : reading.at });
        if (!isSame) for (const listener of listeners) listener(reading);
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

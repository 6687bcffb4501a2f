import type { Clock, Files } from "../model/doors.ts";
import type { MeasurementStore } from "./measurements/measurement-store.ts";
import type { Store } from "./store.ts";
import { lockFileOf, measurementsOf } from "./watch-files.ts";
import type { Me, Watcher, WatchLock } from "./watch-lease.ts";
import { currentWatcher, lockWatch } from "./watch-lock.ts";

/** Where the watch of one environment keeps what it sees, and says that it watches. */
export interface WatchPlace {
  /** Throws UserError naming who watches already. */
  lock(me: Me): Promise<WatchLock>;
  watcher(): Promise<Watcher | undefined>;
  openMeasurements(options: { readonly writes: boolean }): Promise<MeasurementStore>;
  /** Undefined when this environment was never watched. */
  openForReading(): Promise<MeasurementStore | undefined>;
}

export interface WatchPlaceRequest {
  readonly store: Pick<Store, "server">;
  readonly environment: { readonly name: string };
  /** The environment's own on this machine. */
  readonly directory: string;
  readonly doors: { readonly clock: Clock; readonly files: Files };
}

/** In the store when it is on a server; else in files of the environment's directory. */
export function watchPlaceOf(request: WatchPlaceRequest): WatchPlace {
  const { store, environment, directory, doors } = request;
  const { server } = store;
  if (server) {
    const { name } = environment;
    return {
      lock: (me) => server.lockWatch(name, me),
      watcher: () => server.currentWatcher(name),
      openMeasurements: (options) => server.openMeasurements(name, options),
      openForReading: () => server.openMeasurements(name, { writes: false }),
    };
  }
  const open = async (options: { readonly writes: boolean }): Promise<MeasurementStore> => {
    // Not before somebody watches: a rollback must not wait for what it does not need.
    const { openMeasurements } = await import("./measurements/open-measurements.ts");
    return await openMeasurements(measurementsOf(directory), { ...doors, ...options });
  };
  return {
    lock: async (me) => lockWatch(lockFileOf(directory), me, doors.clock),
    watcher: async () => {
      const file = lockFileOf(directory);
      return (await doors.files.stat(file)) ? currentWatcher(file) : undefined;
    },
    openMeasurements: open,
    openForReading: async () =>
      (await doors.files.stat(measurementsOf(directory))) ? await open({ writes: false }) : undefined,
  };
}

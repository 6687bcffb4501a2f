import type { MeasurementStore } from "../store/measurements/measurement-store.ts";
import type { Store } from "../store/store.ts";
import type { WatchLock } from "../store/watch-lease.ts";

type Held = Pick<WatchLock, "expectHeld">;

/** The same store for the one who watches: every question and every write waits until the lock is known to be held. */
export function whileHeld(store: Store, lock: Held): Store {
  const { salt, server, copyTo, [Symbol.asyncDispose]: dispose, ...groups } = store;
  const named = Object.entries(groups).map(([name, group]) => [name, gated(group, lock)]);
  return {
    ...(Object.fromEntries(named) as typeof groups),
    salt,
    copyTo,
    [Symbol.asyncDispose]: dispose,
    server: server && {
      ...server,
      // What is handed over is given once: to the one who judges.
      takeHanded: async (environment) => {
        await lock.expectHeld();
        return await server.takeHanded(environment);
      },
    },
  };
}

export function measuredWhileHeld(measurements: MeasurementStore, lock: Held): MeasurementStore {
  return {
    ...measurements,
    append: async (readings) => {
      await lock.expectHeld();
      await measurements.append(readings);
    },
  };
}

/** Every method of a group of the store is asked for a promise. */
function gated<Group extends object>(group: Group, lock: Held): Group {
  const methods = Object.entries(group).map(([name, method]: [string, (...given: unknown[]) => unknown]) => [
    name,
    async (...given: unknown[]) => {
      await lock.expectHeld();
      return await method.apply(group, given);
    },
  ]);
  return Object.fromEntries(methods) as Group;
}

import type { StateFolder } from "../state-folder.ts";
import { findFreePort, isFree } from "./free-port.ts";

/** Loopback ports given out by this agent. */
export interface PortBook {
  /** The same port at each call with the same label, also after a restart. */
  labelled(label: string): Promise<number>;
  /** A port for an instance; the one it had before when nobody else took it meanwhile. */
  take(before?: number): Promise<number>;
  /** An adopted instance has it already. */
  keep(port: number): void;
  giveBack(port: number): void;
}

export async function openPortBook(state: StateFolder): Promise<PortBook> {
  const labels = new Map<string, Promise<number>>();
  const taken = new Set<number>();
  for (const [name, { port }] of await state.list<{ port: number }>("ports")) {
    labels.set(decodeURIComponent(name), Promise.resolve(port));
    taken.add(port);
  }

  async function take(before?: number): Promise<number> {
    if (before !== undefined && !taken.has(before)) {
      taken.add(before);
      if (await isFree(before)) return before;
      taken.delete(before);
    }
    const port = await findFreePort((each) => taken.has(each));
    taken.add(port);
    return port;
  }

  async function assign(label: string): Promise<number> {
    const port = await take();
    await state.write(`ports/${encodeURIComponent(label)}`, { port });
    return port;
  }

  return {
    take,
    keep: (port) => void taken.add(port),
    giveBack: (port) => void taken.delete(port),
    labelled(label) {
      const known = labels.get(label) ?? assign(label);
      labels.set(label, known);
      // One that could not be written down is not remembered either.
      known.catch(() => labels.delete(label));
      return known;
    },
  };
}

import { findFreePort, isFree } from "./free-port.ts";
import type { StateFolder } from "./state-folder.ts";

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
  const labels = new Map<string, number>();
  for (const [name, { port }] of await state.list<{ port: number }>("ports")) {
    labels.set(decodeURIComponent(name), port);
  }
  const taken = new Set<number>(labels.values());

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

  return {
    take,
    keep: (port) => void taken.add(port),
    giveBack: (port) => void taken.delete(port),
    async labelled(label) {
      const known = labels.get(label);
      if (known !== undefined) return known;
      const port = await take();
      labels.set(label, port);
      await state.write(`ports/${encodeURIComponent(label)}`, { port });
      return port;
    },
  };
}

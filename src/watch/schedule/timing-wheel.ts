/** Holds many things that are due at some time; asking for those due costs as much as there are. */
export interface TimingWheel<Item> {
  /** `dueMs` on the caller's monotonic clock. */
  add(item: Item, dueMs: number): void;
  /** Takes out whatever is due by now, earliest tick first. */
  take(nowMs: number): { readonly item: Item; readonly dueMs: number }[];
  readonly size: number;
}

interface Entry<Item> {
  readonly item: Item;
  readonly dueMs: number;
}

/**
 * A hashed wheel (Varghese and Lauck, 1987): a slot holds what is due in its tick of this turn and of later ones.
 * `turnMs` should be near the commonest interval, so that an entry is looked at about once.
 */
export function createTimingWheel<Item>(options: {
  readonly startMs: number;
  readonly tickMs: number;
  readonly turnMs: number;
}): TimingWheel<Item> {
  const { tickMs } = options;
  const slots = Array.from({ length: Math.ceil(options.turnMs / tickMs) }, (): Entry<Item>[] => []);
  let nextTick = Math.floor(options.startMs / tickMs);
  let size = 0;

  return {
    add(item, dueMs) {
      const tick = Math.max(nextTick, Math.ceil(dueMs / tickMs));
      slots[tick % slots.length]?.push({ item, dueMs });
      size += 1;
    },
    take(nowMs) {
      const lastTick = Math.floor(nowMs / tickMs);
      const due: Entry<Item>[] = [];
      // After a long stop every slot is looked at once, not once for every turn that was missed.
      const ticks = Math.min(lastTick - nextTick + 1, slots.length);
      for (let step = 0; step < ticks; step++) {
        const index = (lastTick - ticks + 1 + step) % slots.length;
        const later: Entry<Item>[] = [];
        for (const entry of slots[index] ?? []) (entry.dueMs <= nowMs ? due : later).push(entry);
        slots[index] = later;
      }
      nextTick = Math.max(nextTick, lastTick + 1);
      size -= due.length;
      return due;
    },
    get size() {
      return size;
    },
  };
}

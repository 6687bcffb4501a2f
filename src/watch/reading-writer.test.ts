import { expect, test } from "vitest";
import type { Reading } from "../model/monitor.ts";
import type { MeasurementStore } from "../store/measurements/measurement-store.ts";
import { openClock } from "../system/clock.ts";
import { startReadingWriter } from "./reading-writer.ts";

const reading = (at: number): Reading => ({
  monitor: "web/up",
  at,
  state: "up",
  tookMs: 1,
  release: undefined,
  detail: "",
});

/** A store that fails while told to; what it keeps is what was appended. */
function failingStore() {
  const kept: number[] = [];
  const control: { fails: boolean; dropFails: boolean; upkeep: string | undefined } = {
    fails: false,
    dropFails: false,
    upkeep: undefined,
  };
  const store = {
    append: async (readings: readonly Reading[]) => {
      if (control.fails) throw new Error("no space left on the disk for the store");
      kept.push(...readings.map(({ at }) => at));
    },
    dropOld: async () => {
      if (control.dropFails) throw new Error("a part is held by somebody");
    },
    upkeepTrouble: () => control.upkeep,
  } as unknown as MeasurementStore;
  return { store, kept, control };
}

test("what cannot be written waits, in order, and is told once it cannot and once it can again", async () => {
  const { store, kept, control } = failingStore();
  const troubles: (string | undefined)[] = [];
  const failed = Promise.withResolvers<void>();
  const writer = startReadingWriter({
    store,
    clock: openClock(),
    onTrouble: (reason) => {
      troubles.push(reason);
      if (reason !== undefined) failed.resolve();
    },
  });
  control.fails = true;
  writer.take([reading(1), reading(2)]);
  await failed.promise;
  writer.take([reading(3)]);
  expect(writer.waiting).toBe(3);
  control.fails = false;
  await writer.stop();
  expect(kept).toEqual([1, 2, 3]);
  expect(writer.lost).toBe(0);
  expect(troubles.at(0)).toMatch("no space left");
  expect(troubles.at(-1)).toBeUndefined();
});

test("what was written is not written again because something after it failed, which is told once", async () => {
  const { store, kept, control } = failingStore();
  const troubles: (string | undefined)[] = [];
  const upkeep: (string | undefined)[] = [];
  const writer = startReadingWriter({
    store,
    clock: openClock(),
    onTrouble: (reason) => troubles.push(reason),
    onUpkeepTrouble: (reason) => upkeep.push(reason),
  });
  control.dropFails = true;
  writer.take([reading(1), reading(2)]);
  await writer.flush();
  control.upkeep = "the sums are damaged";
  for (const at of [3, 4]) {
    writer.take([reading(at)]);
    await writer.flush();
  }
  await writer.stop();
  expect(kept).toEqual([1, 2, 3, 4]);
  expect(new Set(troubles)).toEqual(new Set([undefined]));
  expect(upkeep).toEqual(["a part is held by somebody", "the sums are damaged"]);
});

test("a store that stays away takes the oldest readings with it, not this machine's memory", async () => {
  const { store, control } = failingStore();
  control.fails = true;
  const writer = startReadingWriter({ store, clock: openClock(), onTrouble: () => undefined });
  writer.take(Array.from({ length: 200_050 }, (_, at) => reading(at)));
  await expect(writer.stop()).rejects.toThrow("no space left");
  expect(writer.waiting).toBe(200_000);
  expect(writer.lost).toBeGreaterThanOrEqual(50);
});

test("who waits for a flush finds what was taken before it written, though a batch is under way", async () => {
  const written: Reading[] = [];
  const first = Promise.withResolvers<void>();
  let appends = 0;
  const store = {
    append: async (readings: readonly Reading[]) => {
      appends += 1;
      if (appends === 1) await first.promise;
      written.push(...readings);
    },
    dropOld: async () => undefined,
    upkeepTrouble: () => undefined,
  } as unknown as MeasurementStore;
  const writer = startReadingWriter({ store, clock: openClock(), onTrouble: () => undefined });
  writer.take([reading(1)]);
  const one = writer.flush();
  writer.take([reading(2)]);
  const two = writer.flush();
  first.resolve();
  await Promise.all([one, two]);
  expect(written.map(({ at }) => at)).toEqual([reading(1).at, reading(2).at]);
  await writer.stop();
});

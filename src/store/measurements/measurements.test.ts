import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Clock } from "../../model/doors.ts";
import type { Reading } from "../../model/monitor.ts";
import { openFiles } from "../../system/files.ts";
import type { MeasurementStore } from "./measurement-store.ts";
import { openMeasurements } from "./open-measurements.ts";

const START = Date.UTC(2026, 10, 21, 22, 58);
const files = openFiles();
let directory: string;
let now: number;
const clock: Clock = { now: () => now, monotonicMs: () => now, delay: async () => undefined };

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "gonogo-measurements-"));
  now = START;
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (writes = true) => openMeasurements(directory, { clock, files, writes });

function reading(monitor: string, at: number, more: Partial<Reading> = {}): Reading {
  return { monitor, at, state: "up", tookMs: 12, release: "r1", detail: "fine", value: 12, ...more };
}

/** A reading every 20 s; every tenth is down. */
async function watch(store: MeasurementStore, minutes: number): Promise<void> {
  for (let step = 0; step < minutes * 3; step++) {
    await store.append([
      reading("web/up", now, step % 10 === 9 ? { state: "down", detail: "answered 503" } : {}),
    ]);
    now += 20_000;
  }
}

test("readings come back as they were over the turn of a day, and their sums at every step", async () => {
  await using store = await open();
  await watch(store, 10);
  const span = { monitor: "web/up", from: START, until: now };
  const kept = await store.readings(span);
  expect(kept).toHaveLength(30);
  expect(kept[9]).toEqual(reading("web/up", START + 180_000, { state: "down", detail: "answered 503" }));
  expect(readdirSync(path.join(directory, "reading")).filter((name) => name.endsWith(".db"))).toEqual([
    "2026-11-21T22.db",
    "2026-11-21T23.db",
  ]);
  const minutes = await store.sums({ ...span, step: "minute" });
  expect(minutes.map(({ up, down }) => up + down)).toEqual(new Array(10).fill(3));
  const [hour] = await store.sums({ ...span, from: START - 3_600_000, step: "hour" });
  expect(hour).toEqual({
    at: Date.UTC(2026, 10, 21, 22),
    up: 6,
    down: 0,
    unknown: 0,
    total: 72,
    mean: 12,
    least: 12,
    most: 12,
    release: "r1",
  });
  const [day] = await store.sums({ ...span, from: 0, step: "day" });
  expect(day).toMatchObject({ up: 27, down: 3 });
  expect(await store.latest()).toMatchObject([{ monitor: "web/up", at: START + 580_000 }]);
});

test("a process that was killed loses no readings, and their sums are made good by the next, once", async () => {
  const killed = await open();
  await watch(killed, 4);
  await killed.append([reading("web/up", now, { state: "down", detail: "gone" })]);
  await using store = await open();
  const span = { monitor: "web/up", from: START - 3_600_000, until: now + 1 };
  expect(await store.sums({ ...span, step: "hour" })).toMatchObject([{ up: 6 }, { up: 5, down: 2 }]);
  expect(await store.latest()).toMatchObject([{ state: "down", detail: "gone" }]);
  await using again = await open();
  expect(await again.sums({ ...span, step: "hour" })).toMatchObject([{ up: 6 }, { up: 5, down: 2 }]);
});

test("somebody who only reads changes nothing beside the one who writes", async () => {
  await using store = await open();
  await watch(store, 3);
  const reader = await open(false);
  const span = { monitor: "web/up", from: START, until: now };
  expect(await reader.readings(span)).toHaveLength(9);
  await reader[Symbol.asyncDispose]();
  expect(await store.sums({ ...span, step: "day", from: 0 })).toMatchObject([{ up: 9 }]);
});

test("each kind goes when it is too old, by whole files", async () => {
  await using store = await open();
  await watch(store, 2);
  await store.sums({ monitor: "web/up", from: START, until: now, step: "minute" });
  const left = async () => {
    await store.dropOld(now);
    return ["reading", "minute", "hour", "day"].filter((kind) =>
      readdirSync(path.join(directory, kind)).some((name) => name.endsWith(".db")),
    );
  };
  expect(await left()).toEqual(["reading", "minute", "hour", "day"]);
  now += 8 * 3_600_000;
  expect(await left()).toEqual(["minute", "hour", "day"]);
  now += 5 * 86_400_000;
  expect(await left()).toEqual(["hour", "day"]);
  now += 124 * 86_400_000;
  expect(await left()).toEqual(["day"]);
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { evidenceRow } from "../../test/fixtures/evidence-row.ts";
import { mountSmallDisk } from "../../test/fixtures/small-disk.ts";
import { openRealStore, storeFile } from "../../test/fixtures/store-file.ts";
import { UserError } from "../model/errors.ts";

const WRITER = path.resolve(import.meta.dirname, "../../test/fixtures/evidence-writer.ts");
const ROWS_PER_BATCH = 20;

/** A process of its own that appends batches of evidence and says the number of each one acknowledged. */
function startWriter(file: string, name: string, batches: number): ChildProcess {
  return spawn(process.execPath, [WRITER, file, name, String(batches)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The numbers a writer says until it ends, however that comes about. */
async function acknowledgedBy(writer: ChildProcess, onEach: (batch: number) => void): Promise<number> {
  if (!writer.stdout) throw new Error("the writer has no output");
  let last = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line);
    onEach(last);
  }
  return last;
}

async function rowsOf(file: string, component: string): Promise<number> {
  await using store = await openRealStore(file);
  expect((await store.evidence.verify()).brokenAt).toBeUndefined();
  return (await store.evidence.history({ environment: "staging", component, limit: 1_000_000 })).length;
}

describe("a writer that is killed at any moment", () => {
  it("leaves every acknowledged batch, no half of another, and a whole chain", async () => {
    using place = storeFile();
    for (let round = 1; round <= 12; round++) {
      const writer = startWriter(place.file, `writer-${round}`, 1_000_000);
      const killAt = 1 + Math.floor(Math.random() * 12);
      const acknowledged = await acknowledgedBy(writer, (batch) => {
        if (batch === killAt) setTimeout(() => writer.kill("SIGKILL"), Math.random() * 8);
      });
      expect(writer.signalCode ?? (await once(writer, "exit"))[1]).toBe("SIGKILL");
      const rows = await rowsOf(place.file, `writer-${round}`);
      expect(acknowledged).toBeGreaterThanOrEqual(killAt);
      expect(rows % ROWS_PER_BATCH).toBe(0);
      expect(rows / ROWS_PER_BATCH).toBeGreaterThanOrEqual(acknowledged);
      expect(rows / ROWS_PER_BATCH).toBeLessThanOrEqual(acknowledged + 1);
    }
  });
});

describe("several processes", () => {
  it("open a new store and append to one chain at the same time", async () => {
    using place = storeFile();
    const names = ["command", "daemon", "another"];
    const ended = names.map(async (name) => {
      const writer = startWriter(place.file, name, 25);
      expect(await acknowledgedBy(writer, () => undefined)).toBe(25);
      expect(writer.exitCode ?? (await once(writer, "exit"))[0]).toBe(0);
    });
    await Promise.all(ended);
    for (const name of names) expect(await rowsOf(place.file, name)).toBe(25 * ROWS_PER_BATCH);
  });
});

describe("a disk that fills up", () => {
  it("is named, loses nothing that was kept, and can be written again once there is room", async () => {
    using disk = mountSmallDisk(4);
    const file = path.join(disk.directory, "gonogo.db");
    await using store = await openRealStore(file);
    await store.evidence.append([evidenceRow({ observedAt: 1 })]);
    disk.fill();
    const many = Array.from({ length: 5_000 }, () => evidenceRow({ observedAt: 2 }));
    const refused = await store.evidence.append(many).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(UserError);
    expect((refused as UserError).message).toContain("no space left");
    expect((refused as UserError).where).toBe(file);
    expect((refused as UserError).fix).toContain("free some space");

    expect((await store.evidence.latest("staging")).map((each) => each.observedAt)).toEqual([1]);
    await using other = await openRealStore(file);
    expect(await other.evidence.verify()).toEqual({ rows: 1, brokenAt: undefined });

    disk.free();
    await store.evidence.append([evidenceRow({ observedAt: 3 })]);
    expect((await other.evidence.latest("staging")).map((each) => each.observedAt)).toEqual([3]);
    expect(await store.evidence.verify()).toEqual({ rows: 2, brokenAt: undefined });
  });

  it("is named when there is no room for a new store", async () => {
    using disk = mountSmallDisk(1);
    disk.fill();
    const file = path.join(disk.directory, "gonogo.db");
    const refused = await openRealStore(file).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(UserError);
    expect((refused as UserError).where).toBe(file);
    expect((refused as UserError).fix).toContain("space");
  });

  it("can be read by a command that starts when it is full already", async () => {
    using disk = mountSmallDisk(4);
    const file = path.join(disk.directory, "gonogo.db");
    {
      await using store = await openRealStore(file);
      await store.evidence.append([evidenceRow()]);
    }
    disk.fill();
    await using store = await openRealStore(file);
    expect(await store.evidence.latest("staging")).toHaveLength(1);
    await expect(store.evidence.append([evidenceRow()])).rejects.toThrow("no space left");
  });
});

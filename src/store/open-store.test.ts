import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { evidenceRow } from "../../test/fixtures/evidence-row.ts";
import { mountSmallDisk } from "../../test/fixtures/small-disk.ts";
import { openRealStore, storeFile } from "../../test/fixtures/store-file.ts";
import { UserError } from "../model/errors.ts";

describe("a store", () => {
  it("has one salt for ever, and another store another one", async () => {
    using place = storeFile();
    using other = storeFile();
    const salts: string[] = [];
    for (const file of [place.file, place.file, other.file]) {
      await using store = await openRealStore(file);
      salts.push(store.salt);
    }
    expect(salts[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(salts[1]).toBe(salts[0]);
    expect(salts[2]).not.toBe(salts[0]);
  });

  it("writes ahead and syncs every commit", async () => {
    using place = storeFile();
    await using store = await openRealStore(place.file);
    await store.evidence.append([evidenceRow()]);
    using database = new DatabaseSync(place.file);
    expect(database.prepare("pragma journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect(statSync(`${place.file}-wal`).size).toBeGreaterThan(0);
  });

  it("opens at the same time from many sides and has one salt and one schema", async () => {
    using place = storeFile();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openRealStore(place.file)));
    expect(new Set(stores.map((each) => each.salt)).size).toBe(1);
    await Promise.all(stores.map((each) => each.evidence.append([evidenceRow()])));
    expect(await stores[0]?.evidence.verify()).toEqual({ rows: 5, brokenAt: undefined });
    for (const store of stores) await store[Symbol.asyncDispose]();
  });
});

describe("a new store that another process holds", () => {
  it("is opened as soon as it is let go", async () => {
    using place = storeFile();
    using holder = new DatabaseSync(place.file);
    holder.exec("begin exclusive; create table held (a)");
    const opening = openRealStore(place.file);
    holder.exec("rollback");
    await using store = await opening;
    expect(store.salt).toMatch(/^[0-9a-f]{64}$/);
  });
});

async function refusal(file: string): Promise<UserError> {
  const thrown = await openRealStore(file).then(
    async (store) => {
      await store[Symbol.asyncDispose]();
      return "nothing was thrown";
    },
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(UserError);
  return thrown as UserError;
}

describe("opening a store is refused with the file and the fix", () => {
  it("when a newer Gonogo wrote it, and leaves it as it is", async () => {
    using place = storeFile();
    await (await openRealStore(place.file))[Symbol.asyncDispose]();
    {
      using database = new DatabaseSync(place.file);
      database.exec("update meta set value = '99' where key = 'schema'; create table from_the_future (a)");
    }
    const before = readFileSync(place.file);
    const { message, where, fix } = await refusal(place.file);
    expect(message).toMatch(/written by a newer Gonogo \(schema 99, this one knows \d+\)/);
    expect(where).toBe(place.file);
    expect(fix).toContain("upgrade");
    expect(readFileSync(place.file).equals(before)).toBe(true);
  });

  it("when it is something else altogether", async () => {
    using place = storeFile();
    writeFileSync(place.file, randomBytes(20_000));
    const { message, where, fix } = await refusal(place.file);
    expect(message).toContain("not a Gonogo store");
    expect(where).toBe(place.file);
    expect(fix).toContain("move the file away");
  });

  it("when its pages are damaged", async () => {
    using place = storeFile();
    {
      await using store = await openRealStore(place.file);
      await store.evidence.append(Array.from({ length: 400 }, () => evidenceRow()));
    }
    const file = openSync(place.file, "r+");
    writeSync(file, randomBytes(8_192), 0, 8_192, 512);
    closeSync(file);
    const { message, where, fix } = await refusal(place.file);
    expect(message).toMatch(/damaged/);
    expect(where).toBe(place.file);
    expect(fix).toContain("move the file away");
  });

  it("when its directory is not there", async () => {
    using place = storeFile();
    const file = path.join(path.dirname(place.file), "missing", "gonogo.db");
    const { message, where, fix } = await refusal(file);
    expect(message).toContain("cannot be opened");
    expect(where).toBe(file);
    expect(fix).toContain("create its directory");
  });

  it("when it is a directory", async () => {
    using place = storeFile();
    expect((await refusal(path.dirname(place.file))).message).toContain("cannot be opened");
  });
});

describe("a page that is damaged later", () => {
  it("is told by the read that meets it", async () => {
    using place = storeFile();
    {
      await using store = await openRealStore(place.file);
      await store.evidence.append(
        Array.from({ length: 2_000 }, (_, index) => evidenceRow({ check: `t.c${index}` })),
      );
    }
    const file = openSync(place.file, "r+");
    const { size } = statSync(place.file);
    const middle = Math.floor(size / 8_192) * 4_096;
    for (const page of [0, 1, 2, 3]) writeSync(file, randomBytes(4_096), 0, 4_096, middle + page * 4_096);
    closeSync(file);
    await using store = await openRealStore(place.file);
    await expect(store.evidence.verify()).rejects.toThrow("the store is damaged");
  });
});

describe("a store on a disk that may only be read", () => {
  it("is refused with the file and the fix", async () => {
    using disk = mountSmallDisk(1);
    const file = path.join(disk.directory, "gonogo.db");
    await (await openRealStore(file))[Symbol.asyncDispose]();
    execFileSync("mount", ["-o", "remount,ro", disk.directory]);
    const { message, where, fix } = await refusal(file);
    expect(message).toMatch(/cannot be opened|may not be written/);
    expect(where).toBe(file);
    expect(fix).toContain("writable");
  });
});

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { identityToRecipient } from "age-encryption";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backupSceneFor } from "../../test/fixtures/backup-scene.ts";
import { evidenceRow } from "../../test/fixtures/evidence-row.ts";
import { startRedis, type TestRedis } from "../../test/fixtures/redis.ts";
import { redisOptions } from "../components/redis/options.ts";
import { redis } from "../components/redis/redis.ts";
import type { FilesPart, RedisPart, StorePart } from "../model/backup.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { openDoors } from "../system/doors.ts";
import { backUp } from "./back-up.ts";
import { directory } from "./destinations/directory.ts";
import { ownKeyFile } from "./keys.ts";
import { prove } from "./prove.ts";
import { partOf, restoreFilesInto, restoreRedisInto, restoreStoreInto } from "./restore-part.ts";
import { type BackupScene, placesOf } from "./scene.ts";
import { listBackups, type StoredBackup } from "./shelf.ts";

const signal = new AbortController().signal;
const doors = openDoors();
let project = "";
let server: TestRedis;
let store: Store;
beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), "gonogo-test-parts-"));
  store = await openStore(path.join(project, "gonogo.db"), doors.clock, doors.random);
  await store.evidence.append([evidenceRow(), evidenceRow({ check: "http.headers", release: "r2" })]);
  // A replica, and so a backup, would wait five seconds for a second one.
  server = await startRedis({ settings: { "repl-diskless-sync-delay": "0" } });
  await using session = await doors.redis.open(server.url);
  const bytes = Buffer.from([0, 255, 254, 10, 13]);
  await session.bytes("SET", "binary", bytes);
  await session.command("SET", 'ein "Wort" ö\n', "x".repeat(5_000));
  await session.command("SET", "code:1", "gone soon", "PX", 3_600_000);
  await session.command("HSET", "session:1", "user", "7", "name", "Łukasz");
  await session.command("RPUSH", "queue", "a", "b", "c");
  await session.command("SADD", "set", ...Array.from({ length: 500 }, (_, n) => `m${n}`));
  await session.command("ZADD", "board", 1.5, "x", 2, "y");
  await session.command("XADD", "events", "1-1", "kind", "opened");
  await session.command("SELECT", 3);
  for (let n = 0; n < 1_000; n++) await session.command("SET", `k:${n}`, n);
  const uploads = path.join(project, "uploads");
  mkdirSync(path.join(uploads, "deep", "d".repeat(120)), { recursive: true });
  writeFileSync(path.join(uploads, "photo ö.jpg"), Buffer.alloc(3_000_000, 7));
  writeFileSync(path.join(uploads, "empty"), "");
  writeFileSync(path.join(uploads, "line\nbreak \\ and 'quote'"), "odd");
  writeFileSync(Buffer.concat([Buffer.from(`${uploads}/raw-`), Buffer.from([0xff, 0xfe])]), "not UTF-8");
  writeFileSync(path.join(uploads, "deep", "d".repeat(120), `${"f".repeat(150)}.txt`), "long name");
  writeFileSync(path.join(uploads, "run.sh"), "#!/bin/sh\n", { mode: 0o750 });
  linkSync(path.join(uploads, "photo ö.jpg"), path.join(uploads, "deep", "same photo"));
  symlinkSync("photo ö.jpg", path.join(uploads, "link"));
});
afterAll(async () => {
  await server.stop();
  await store[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
  rmSync(project, { recursive: true });
});

const FILES = 7;

function sceneOf(): BackupScene {
  const component = { name: "redis", kind: redis.definition, options: redisOptions.parse({ use: "queue" }) };
  const destinations = [{ name: "here", kind: directory.definition, options: { path: "kept" } }];
  const scene = backupSceneFor({
    project,
    url: server.url,
    store,
    doors,
    component,
    policy: { destinations, files: ["uploads"] },
  });
  return { ...scene, variables: new Map([["REDIS_URL", server.url]]) };
}

async function stored(scene: BackupScene, id: string): Promise<StoredBackup> {
  const [place] = placesOf(scene);
  const all = place ? await listBackups(place.place, signal) : [];
  const backup = all.find(({ manifest }) => manifest.id === id);
  if (!backup) throw new Error(`there is no backup ${id}`);
  return backup;
}

describe("files, Redis and Gonogo's own store", () => {
  it("are proven by restoring them, and come back as they were", async () => {
    const scene = sceneOf();
    const { id } = await backUp(scene, { reason: "by hand", signal });
    const backup = await stored(scene, id);
    const proof = await prove(scene, backup, { signal });
    expect(proof).toMatchObject({
      verdict: "proven",
      problems: [],
      files: FILES,
      keys: 1_007,
      evidenceRows: 2,
    });
    expect(proof.restoreMs).toBeGreaterThan(0);

    const into = path.join(project, "uploads-again");
    const files = partOf(backup, "uploads") as FilesPart;
    expect(await restoreFilesInto(scene, backup, { part: files, into, signal })).toEqual([]);
    execFileSync("diff", ["-r", "--no-dereference", path.join(project, "uploads"), into]);
    const modes = (of: string) => execFileSync("stat", ["-c", "%a", path.join(of, "run.sh")]).toString();
    expect(modes(into)).toBe(modes(path.join(project, "uploads")));
    await expect(restoreFilesInto(scene, backup, { part: files, into, signal })).rejects.toThrow(
      /uploads-again is there and not an empty directory/,
    );

    await using other = await startRedis();
    const rdb = { part: partOf(backup, "redis") as RedisPart, url: other.url, signal };
    expect(await restoreRedisInto(scene, backup, rdb)).toEqual([]);
    await using session = await doors.redis.open(other.url);
    expect(await session.bytes("GET", "binary")).toEqual(Buffer.from([0, 255, 254, 10, 13]));
    expect(Number(await session.command("PTTL", "code:1"))).toBeGreaterThan(3_000_000);
    await expect(restoreRedisInto(scene, backup, rdb)).rejects.toThrow(/is not empty: .* database 0, 3/);

    const file = path.join(project, "gonogo-again.db");
    const own = { part: partOf(backup, "gonogo") as StorePart, into: file, signal };
    expect(await restoreStoreInto(scene, backup, own)).toEqual([]);
    await using again = await openStore(file, doors.clock, doors.random);
    expect(await again.evidence.latest("staging")).toHaveLength(2);
  });

  it.each<[string, string, () => Promise<Buffer>, RegExp]>([
    [
      "a file was changed and another is missing",
      "files.uploads.tar.zst.age",
      async () => {
        const copy = path.join(project, "forged");
        execFileSync("cp", ["-a", path.join(project, "uploads"), copy]);
        writeFileSync(path.join(copy, "run.sh"), "#!/bin/bash");
        rmSync(path.join(copy, "empty"));
        return execFileSync("tar", ["-c", "-C", copy, "."], { maxBuffer: 1e9 });
      },
      /^files differ: uploads: 7 files were backed up, and the copy has 6; files differ: uploads: not as they were: (?=.*\.\/empty)(?=.*\.\/run\.sh)/,
    ],
    [
      "keys are missing and a value is another",
      "redis.rdb.zst.age",
      async () => {
        await using other = await startRedis();
        await using session = await doors.redis.open(other.url);
        await session.command("HSET", "session:1", "user", "8");
        await session.command("SAVE");
        const [, folder] = (await session.command("CONFIG", "GET", "dir")) as string[];
        return readFileSync(path.join(folder ?? "", "dump.rdb"));
      },
      /^keys differ: redis: database 0 had 7 keys that stay, and the copy has 1; keys differ: redis: database 3 had 1000 keys that stay, and the copy has 0; keys differ: redis: \d+ of \d+ values are not what they were, such as /,
    ],
    [
      "the file of Redis is none",
      "redis.rdb.zst.age",
      async () => Buffer.from("REDIS0010 and then nothing that fits"),
      /^cannot be restored: redis: redis-server: /,
    ],
    [
      "a newer Redis wrote it",
      "redis.rdb.zst.age",
      async () => Buffer.from("REDIS9999\xfa\xff"),
      /^wrong version: redis is of Redis [\d.]+, and [\d.]+ of this machine cannot read it$/,
    ],
    [
      "a row of evidence was rewritten",
      "gonogo.sqlite.zst.age",
      async () => {
        const file = path.join(project, "forged.db");
        await store.copyTo(file);
        const { DatabaseSync } = await import("node:sqlite");
        const database = new DatabaseSync(file);
        for (const { name } of database
          .prepare("select name from sqlite_master where type = 'trigger'")
          .all())
          database.exec(`drop trigger "${name}"`);
        database.exec("update evidence set check_id = 'http.other' where seq = 1");
        database.close();
        return readFileSync(file);
      },
      /^evidence differs: Gonogo's own store: the chain of evidence is broken at row 1$/,
    ],
    [
      "the store is no store",
      "gonogo.sqlite.zst.age",
      async () => Buffer.from("not a database at all"),
      /^cannot be restored: Gonogo's own store: /,
    ],
  ])("say what differs when %s, though it is well sealed", async (_, name, forged, words) => {
    const scene = sceneOf();
    const { id } = await backUp(scene, { reason: "by hand", signal });
    await forge(await stored(scene, id), name, await forged());
    const { verdict, problems } = await prove(scene, await stored(scene, id), { signal });
    expect(problems.map(({ kind, what }) => `${kind}: ${what}`).join("; ")).toMatch(words);
    expect(verdict).toBe(/wrong version/.test(words.source) ? "unproven" : "failed");
  });
});

/** Other bytes in the place of an object, compressed, sealed and entered in the manifest as if they had been made so. */
async function forge(backup: StoredBackup, name: string, plain: Buffer): Promise<void> {
  const file = (each: string): string => path.join(backup.place.label, backup.manifest.id, each);
  const recipient = await identityToRecipient(
    /AGE-SECRET\S+/.exec(readFileSync(ownKeyFile(project), "utf8"))?.[0] ?? "",
  );
  const line = `zstd | age -r ${recipient} > "$1"`;
  execFileSync("/bin/sh", ["-ec", line, "sh", file(name)], { input: plain });
  const bytes = readFileSync(file(name));
  const known = backup.manifest.parts.flatMap(({ objects }) => objects).find((each) => each.name === name);
  const manifest = readFileSync(file("manifest.json"), "utf8")
    .replace(known?.sha256 ?? "", createHash("sha256").update(bytes).digest("hex"))
    .replace(`"sizeBytes": ${known?.sizeBytes}`, `"sizeBytes": ${bytes.length}`);
  writeFileSync(file("manifest.json"), manifest);
}

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backupSceneFor } from "../../test/fixtures/backup-scene.ts";
import { startPostgres, type TestPostgres } from "../../test/fixtures/postgres.ts";
import { type S3Proxy, startS3Proxy } from "../../test/fixtures/s3-proxy.ts";
import { startS3, type TestS3 } from "../../test/fixtures/s3-server.ts";
import type { BackupPolicy } from "../model/backup-policy.ts";
import type { Doors } from "../model/doors.ts";
import { Secret } from "../model/secret.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { openDoors } from "../system/doors.ts";
import { backUp } from "./back-up.ts";
import { s3 } from "./destinations/s3.ts";
import { ask } from "./destinations/s3-requests.ts";
import { prove } from "./prove.ts";
import { restoreCompared } from "./restore-live.ts";
import { type BackupScene, placesOf } from "./scene.ts";
import { listBackups, type StoredBackup } from "./shelf.ts";

const signal = new AbortController().signal;
const doors = openDoors();
let project = "";
let server: TestPostgres;
let own: Store;
beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), "gonogo-test-bad-input-"));
  own = await openStore(path.join(project, "gonogo.db"), doors.clock, doors.random);
  server = await startPostgres();
  await server.admin(
    "create table wallet (id serial primary key, cents int); insert into wallet (cents) values (7)",
  );
});
afterAll(async () => {
  await server.stop();
  await own[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
  rmSync(project, { recursive: true });
});

function sceneOf(given: { doors?: Doors; url?: Secret; policy?: Partial<BackupPolicy> } = {}): BackupScene {
  return backupSceneFor({
    project,
    url: given.url ?? server.adminUrl,
    store: own,
    doors: given.doors ?? doors,
    ...(given.policy && { policy: given.policy }),
  });
}

async function made(scene: BackupScene): Promise<StoredBackup> {
  const { id } = await backUp(scene, { reason: "by hand", signal });
  const [place] = placesOf(scene);
  const all = place ? await listBackups(place.place, signal) : [];
  const backup = all.find(({ manifest }) => manifest.id === id);
  if (!backup) throw new Error("there is no backup");
  return backup;
}
const outbox = () => readdirSync(path.join(project, ".gonogo/staging/backups/outbox"));

describe("a bucket", () => {
  let store: TestS3;
  let proxy: S3Proxy;
  let status: number | undefined;
  let delayMs = 0;
  beforeAll(async () => {
    store = await startS3();
    proxy = await startS3Proxy(
      store,
      () => status,
      () => delayMs,
    );
    const { accessKeyId, secretAccessKey, endpoint } = store;
    const keys = { accessKeyId: new Secret(accessKeyId), secretAccessKey: new Secret(secretAccessKey) };
    await ask({ endpoint, region: "us-east-1", bucket: "kept", ...keys, doors }, { method: "PUT", signal });
  });
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });

  function onBucket(): BackupScene {
    // The pauses between attempts grow to seconds; how many there are is what is tested.
    const impatient = { ...doors, clock: { ...doors.clock, delay: async () => undefined } };
    const options = s3.definition.options.parse({ bucket: "kept", endpoint: proxy.endpoint });
    const scene = sceneOf({
      doors: impatient,
      policy: { destinations: [{ name: "offsite", kind: s3.definition, options }] },
    });
    const variables = new Map(scene.variables)
      .set("BACKUP_S3_ACCESS_KEY_ID", new Secret(store.accessKeyId))
      .set("BACKUP_S3_SECRET_ACCESS_KEY", new Secret(store.secretAccessKey));
    return { ...scene, variables };
  }

  it.each([
    [500, /^offsite \(s3:\S+\): 127\.0\.0\.1:\d+ answered 500 SlowDown$/],
    [403, /^offsite \(s3:\S+\): 127\.0\.0\.1:\d+ answered 403 SlowDown \(bucket kept\)$/],
  ])(
    "that answers %i is named; the backup waits here and is brought away by the next",
    async (code, words) => {
      status = code;
      const scene = onBucket();
      const asked = proxy.seen.length;
      const failure = await backUp(scene, { reason: "by hand", signal }).catch((thrown: Error) => thrown);
      expect(failure).toMatchObject({ message: expect.stringMatching(words) });
      expect(String(failure)).not.toContain(store.secretAccessKey);
      expect(proxy.seen.length - asked).toBe(code === 500 ? 6 : 1);
      const [waiting] = outbox();
      expect(waiting).toMatch(/\.ready$/);
      status = undefined;
      const next = await made(scene);
      const [place] = placesOf(scene);
      const ids = place ? (await listBackups(place.place, signal)).map(({ manifest }) => manifest.id) : [];
      expect(ids).toEqual(expect.arrayContaining([waiting?.replace(".ready", ""), next.manifest.id]));
      expect(outbox()).toEqual([]);
    },
  );

  it("that is slow gets it all the same, and one that never answers can be given up", async () => {
    delayMs = 60;
    const { manifest, damage } = await made(onBucket());
    expect([manifest.parts.length, damage]).toEqual([2, []]);
    delayMs = 600_000;
    const stop = new AbortController();
    const hanging = backUp(onBucket(), {
      reason: "by hand",
      signal: stop.signal,
      onProgress: ({ doing }) => {
        if (doing === "bringing away") setTimeout(() => stop.abort(new Error("given up")), 100);
      },
    });
    await expect(hanging).rejects.toThrow(/given up/);
    delayMs = 0;
    await made(onBucket());
    expect(outbox()).toEqual([]);
  });
});

describe("a database", () => {
  it("of a newer server than this machine's tools is refused with the package that is missing", async () => {
    const old: Doors = {
      ...doors,
      shell: {
        ...doors.shell,
        run: async (command) => {
          const result = await doors.shell.run(command);
          const isAsked = command.args?.[0] === "--version";
          return isAsked ? { ...result, stdout: result.stdout.replace(/\d+(?=\.\d+)/, "9") } : result;
        },
      },
    };
    await expect(backUp(sceneOf({ doors: old }), { reason: "by hand", signal })).rejects.toMatchObject({
      message: expect.stringMatching(/pg_dump.*15/),
      fix: expect.stringContaining("postgresql-client-15"),
    });
    expect(outbox()).toEqual([]);
  });

  it("whose table goes while the dump begins is dumped without it, and one whose tables always go is named", async () => {
    let left = 1;
    const dropping: Doors = {
      ...doors,
      sql: {
        ...doors.sql,
        open: async (url, options) => {
          const session = await doors.sql.open(url, options);
          return {
            ...session,
            query: async (text: string, values?: readonly unknown[]) => {
              if (text.startsWith("lock table") && left-- > 0) await server.admin("drop table gone");
              return session.query(text, values);
            },
            [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
          } as typeof session;
        },
      },
    };
    await server.admin("create table gone as select 1 as a");
    const scene = sceneOf({ doors: dropping });
    const backup = await made(scene);
    const copy = await server.database("without");
    expect(await restoreCompared(sceneOf(), backup, { url: copy.adminUrl, signal })).toEqual([]);
    left = Number.POSITIVE_INFINITY;
    const always: Doors = { ...dropping, sql: { ...dropping.sql, open: withTableAnew(dropping) } };
    await expect(backUp(sceneOf({ doors: always }), { reason: "by hand", signal })).rejects.toThrow(
      /^tables were dropped faster than a snapshot could be taken, 5 times: .*gone/,
    );
    await server.admin("drop table if exists gone");
  });

  it("with quotes, spaces, signs and unicode in its name, where clients are given Latin 1, is backed up, proven and restored", async () => {
    const name = `Stäge "7" b'c \\ 日本`;
    const odd = await databaseCalled(name);
    const client = new pg.Client({ connectionString: odd.reveal() });
    await client.connect();
    await client.query(`create schema "S ""x"" ö"; create table "S ""x"" ö"."t'\\ $1" ("Ä" int primary key, "ß ""q""" text);
      insert into "S ""x"" ö"."t'\\ $1" values (1, '日本'), (2, null)`);
    await client.query(`alter database "${name.replaceAll('"', '""')}" set client_encoding to 'LATIN1'`);
    await client.end();
    const scene = sceneOf({ url: odd });
    const backup = await made(scene);
    expect(backup.manifest.parts[0]).toMatchObject({ database: name });
    expect(await prove(scene, backup, { signal })).toMatchObject({
      problems: [],
      verdict: "proven",
      rows: 2,
    });
    // What the business calls its things is nobody's business where the backup lies.
    const manifest = readFileSync(path.join(backup.place.label, backup.manifest.id, "manifest.json"), "utf8");
    for (const word of ["ß", "Ä", "$1", "sampledRows"]) expect(manifest).not.toContain(word);
    const copy = await databaseCalled(`${name} again`);
    expect(await restoreCompared(scene, backup, { url: copy, signal })).toEqual([]);
  });

  it("that does not fit is said before a copy is begun, and the backup is not called bad", async () => {
    const backup = await made(sceneOf());
    const full: Doors = { ...doors, files: { ...doors.files, freeBytes: async () => 500 } };
    expect(await prove(sceneOf({ doors: full }), backup, { signal })).toMatchObject({
      verdict: "unproven",
      problems: [
        {
          kind: "no room",
          what: expect.stringMatching(/a copy of db, some .* does not fit: 500 B are free in /),
        },
      ],
    });
  });
});

describe("recipients", () => {
  it.each([
    [
      "AGE-SECRET-KEY-1QQPQQPQQPQQPQQPQQPQQPQQPQQPQQPQQPQQPQQPQQPQQPQQPQQSCANARY",
      /^a recipient is a private key/,
    ],
    ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI", /is not an age recipient/],
    ["", /is not an age recipient/],
  ])("that are none (%s) end it before anything is read", async (recipient, words) => {
    const failure = await backUp(sceneOf({ policy: { recipients: [recipient] } }), {
      reason: "by hand",
      signal,
    }).catch((thrown: Error) => thrown);
    expect(failure).toMatchObject({
      message: expect.stringMatching(words),
      fix: expect.stringContaining("age1"),
    });
    expect(String(failure)).not.toContain("CANARY");
    expect(outbox()).toEqual([]);
  });
});

async function databaseCalled(name: string): Promise<Secret> {
  await server.admin(`create database "${name.replaceAll('"', '""')}" template template0`);
  const url = new URL(server.adminUrl.reveal());
  url.pathname = `/${encodeURIComponent(name)}`;
  return new Secret(url.toString());
}

/** Each session finds a table that is going to be dropped under it. */
function withTableAnew(of: Doors): Doors["sql"]["open"] {
  return async (url, options) => {
    await server.admin("create table if not exists gone as select 1 as a");
    return of.sql.open(url, options);
  };
}

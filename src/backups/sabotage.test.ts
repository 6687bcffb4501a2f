import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { backupSceneFor } from "../../test/fixtures/backup-scene.ts";
import { startPostgres, type TestPostgres } from "../../test/fixtures/postgres.ts";
import { subjectFor } from "../../test/fixtures/subject.ts";
import { ask } from "../assess/ask.ts";
import { backupRecent, backupRestored } from "../components/postgres/backup/checks.ts";
import { postgresOptions } from "../components/postgres/options.ts";
import { createObserver } from "../facts/observer.ts";
import type { Fail } from "../model/outcome.ts";
import { Secret } from "../model/secret.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { openDoors } from "../system/doors.ts";
import { backUp } from "./back-up.ts";
import { directory } from "./destinations/directory.ts";
import { ownKeyFile } from "./keys.ts";
import { prove } from "./prove.ts";
import { readBackups } from "./report.ts";
import { restoreInto } from "./restore.ts";
import { type BackupScene, placesOf } from "./scene.ts";
import { listBackups, type StoredBackup } from "./shelf.ts";

const signal = new AbortController().signal;
const doors = openDoors();
let project = "";
let server: TestPostgres;
let store: Store;
beforeAll(async () => {
  server = await startPostgres();
  await server.admin(`
    create table wallet (id serial primary key, cents bigint not null);
    insert into wallet (cents) select n from generate_series(1, 3000) n`);
});
afterAll(async () => {
  await server.stop();
  await doors[Symbol.asyncDispose]();
});
beforeEach(async () => {
  project = mkdtempSync(path.join(tmpdir(), "gonogo-test-sabotage-"));
  store = await openStore(path.join(project, "gonogo.db"), doors.clock, doors.random);
  return async () => {
    await store[Symbol.asyncDispose]();
    rmSync(project, { recursive: true });
  };
});

const options = postgresOptions.parse({
  invariants: { "wallets are there": "select 1 where not exists (select 1 from wallet)" },
});

function sceneOf(): BackupScene {
  const destinations = [{ name: "here", kind: directory.definition, options: { path: "kept" } }];
  const policy = { destinations, files: ["uploads"] };
  return backupSceneFor({ project, url: server.adminUrl, store, doors, options, policy });
}

/** What the board says of a backup: the words of its line, or why the line is NO-GO. */
async function line(scene: BackupScene): Promise<string> {
  const observer = createObserver(doors, { signal });
  const subject = subjectFor({
    component: "db",
    options,
    backups: () => readBackups(scene, signal),
    variables: { DATABASE_URL: server.adminUrl.reveal() },
  });
  const answers = await Promise.all(
    [backupRecent, backupRestored].map((check) => ask(observer, subject, check)),
  );
  const failed = answers.find(({ outcome }) => outcome.status !== "pass")?.outcome ?? answers[1]?.outcome;
  return `${failed?.status}: ${(failed as Fail).summary}`;
}

async function proven(scene: BackupScene): Promise<{ backup: StoredBackup; file: (name: string) => string }> {
  await doors.files.makeDirectory(path.join(project, "uploads"));
  writeFileSync(path.join(project, "uploads", "photo.jpg"), "pixels");
  await backUp(scene, { reason: "by hand", signal });
  const backup = await newest(scene);
  const proof = await prove(scene, backup, { signal });
  expect(proof).toMatchObject({ verdict: "proven", problems: [] });
  return { backup, file: (name) => path.join(backup.place.label, backup.manifest.id, name) };
}

async function newest(scene: BackupScene): Promise<StoredBackup> {
  const [place] = placesOf(scene);
  const [backup] = place ? await listBackups(place.place, signal) : [];
  if (!backup) throw new Error("there is no backup");
  return backup;
}

describe("a proven backup", () => {
  it("is GO with its figures, knows what it is of, and is opened by age alone", async () => {
    const scene = sceneOf();
    const { backup, file } = await proven(scene);
    expect(await line(scene)).toMatch(/^pass: restored and compared \d+ ms ago, RTO [\d.]+ m?s, RPO 0 s$/);
    expect(backup.manifest).toMatchObject({
      release: "r7",
      reason: "by hand",
      tools: { gonogo: expect.stringMatching(/^\d+\.\d+\./), pg_dump: expect.any(String) },
    });
    expect(backup.manifest.parts.map(({ kind }) => kind)).toEqual(["postgres", "files", "store"]);
    const listed = execFileSync("/bin/sh", [
      "-ec",
      'age -d -i "$1" "$2" | zstd -dc | tar -t',
      "sh",
      ownKeyFile(project),
      file("files.uploads.tar.zst.age"),
    ]);
    expect(listed.toString()).toBe("./\n./photo.jpg\n");
    const plain = readFileSync(file("manifest.json"), "utf8") + readFileSync(file("proof.json"), "utf8");
    expect(plain).not.toContain(new URL(server.adminUrl.reveal()).password);
  });

  it("turns NO-GO with the reason when a byte is flipped", async () => {
    const scene = sceneOf();
    const { file } = await proven(scene);
    const bytes = readFileSync(file("db.data.dump.zst.age"));
    bytes[bytes.length - 200] = (bytes[bytes.length - 200] ?? 0) ^ 1;
    writeFileSync(file("db.data.dump.zst.age"), bytes);
    expect(await line(scene)).toMatch(/^fail: b\S+ is damaged: corrupt: db\.data\.dump\.zst\.age/);
    expect(await prove(scene, await newest(scene), { signal })).toMatchObject({
      verdict: "failed",
      problems: [{ kind: "corrupt" }],
    });
  });

  it("turns NO-GO when an object is deleted, or cut short", async () => {
    const scene = sceneOf();
    const { file } = await proven(scene);
    const whole = readFileSync(file("db.structure.dump.zst.age"));
    writeFileSync(file("db.structure.dump.zst.age"), whole.subarray(0, 300));
    expect(await line(scene)).toMatch(/truncated: db\.structure\.dump\.zst\.age has 300 bytes/);
    rmSync(file("db.structure.dump.zst.age"));
    expect(await line(scene)).toMatch(/missing object: db\.structure\.dump\.zst\.age is gone/);
    expect(await prove(scene, await newest(scene), { signal })).toMatchObject({ verdict: "failed" });
  });

  it("turns NO-GO when the key is another one, or gone", async () => {
    const scene = sceneOf();
    await proven(scene);
    writeFileSync(ownKeyFile(project), await generateX25519Identity());
    expect(await line(scene)).toMatch(/^fail: b\S+ is damaged: wrong key: /);
    expect(await prove(scene, await newest(scene), { signal })).toMatchObject({
      problems: [{ kind: "wrong key" }],
    });
    rmSync(ownKeyFile(project));
    expect(await line(scene)).toMatch(/wrong key: there is no key here/);
  });

  it("turns NO-GO when a table's rows are dropped and every checksum is forged to fit", async () => {
    const scene = sceneOf();
    const { backup, file } = await proven(scene);
    const recipient = await identityToRecipient(
      /AGE-SECRET\S+/.exec(readFileSync(ownKeyFile(project), "utf8"))?.[0] ?? "",
    );
    // A whole, well sealed dump of the same tables without a row.
    const empty = await server.database("empty");
    execFileSync("/bin/sh", [
      "-ec",
      `pg_dump --schema-only "$1" | psql -q "$2"; pg_dump -Fc -Z0 --section=data "$2" | zstd | age -r ${recipient} > "$3"`,
      "sh",
      server.adminUrl.reveal(),
      empty.adminUrl.reveal(),
      file("db.data.dump.zst.age"),
    ]);
    const bytes = readFileSync(file("db.data.dump.zst.age"));
    const data = backup.manifest.parts[0]?.objects.find(({ holds }) => holds === "data");
    const forged = readFileSync(file("manifest.json"), "utf8")
      .replace(data?.sha256 ?? "", createHash("sha256").update(bytes).digest("hex"))
      .replace(`"sizeBytes": ${data?.sizeBytes}`, `"sizeBytes": ${bytes.length}`);
    writeFileSync(file("manifest.json"), forged);
    expect(await line(scene)).toMatch(/^fail: b\S+ was never restored/);
    await prove(scene, await newest(scene), { signal });
    expect(await line(scene)).toMatch(
      /^fail: b\S+ was restored and is not good: rows differ: public\.wallet had 3000 rows, and the copy has 0, and \d more$/,
    );
  });

  it("is not taken for one when its manifest is no manifest", async () => {
    const scene = sceneOf();
    const { file } = await proven(scene);
    appendFileSync(file("manifest.json"), "}");
    expect(await line(scene)).toBe("fail: db was never backed up");
  });

  it("is named as one of an older version, and not begun to be restored", async () => {
    const scene = sceneOf();
    const { backup, file } = await proven(scene);
    const text = readFileSync(file("manifest.json"), "utf8");
    expect(backup.manifest.version).toBe(2);
    writeFileSync(file("manifest.json"), text.replace('"version": 2', '"version": 1'));
    const older = await newest(scene);
    expect(await line(scene)).toMatch(
      /^fail: b\S+ is damaged: wrong version: it was made by an older version of Gonogo/,
    );
    expect(await prove(scene, older, { signal })).toMatchObject({
      verdict: "unproven",
      problems: [{ kind: "wrong version", what: expect.stringContaining("in format 1") }],
    });
    await expect(restoreInto(scene, older, { url: server.adminUrl, signal })).rejects.toThrow(
      /^b\S+: it was made by an older version/,
    );
  });

  it("cannot be told where this machine's servers are too old", async () => {
    const scene = sceneOf();
    const { backup } = await proven(scene);
    const [part] = backup.manifest.parts;
    if (part?.kind !== "postgres") throw new Error("no database");
    const newer = { ...backup, manifest: { ...backup.manifest, parts: [{ ...part, serverMajor: 99 }] } };
    const proof = await prove(scene, newer, { signal });
    expect(proof).toMatchObject({
      verdict: "unproven",
      problems: [{ kind: "wrong version", what: expect.stringContaining("postgresql-99") }],
    });
    expect(await line(scene)).toMatch(/could not be restored here/);
  });
});

describe("a backup that cannot be made", () => {
  it.each<[string, (scene: BackupScene) => BackupScene, RegExp]>([
    [
      "there is no room",
      (scene) => ({ ...scene, doors: { ...doors, files: { ...doors.files, freeBytes: async () => 4_096 } } }),
      /may not fit: 4\.0 KB are free/,
    ],
    [
      "a recipient is none",
      (scene) => ({ ...scene, policy: { ...scene.policy, recipients: ["age1nonsense"] } }),
      /age1nonsense is not an age recipient/,
    ],
    ["the address is missing", (scene) => ({ ...scene, variables: new Map() }), /DATABASE_URL is not set/],
    [
      "the password is wrong",
      (scene) => ({
        ...scene,
        variables: new Map([
          ["DATABASE_URL", new Secret(server.url.reveal().replace(/:[^:@]+@/, ":canary@"))],
        ]),
      }),
      /^(?!.*canary).*password authentication failed/,
    ],
    [
      "the uploads are not there",
      (scene) => ({ ...scene, policy: { ...scene.policy, files: ["gone"] } }),
      /gone is declared to be backed up and is not there/,
    ],
  ])("says so when %s, and leaves nothing behind", async (_, change, words) => {
    const scene = change(sceneOf());
    await doors.files.makeDirectory(path.join(project, "uploads"));
    await expect(backUp(scene, { reason: "by hand", signal })).rejects.toThrow(words);
    expect(await doors.files.list(path.join(scene.directory, "backups", "outbox"))).toEqual([]);
    expect(await doors.files.list(path.join(project, "kept", "soulseer", "staging"))).toEqual([]);
  });
});

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backupSceneFor } from "../../test/fixtures/backup-scene.ts";
import { type S3Proxy, startS3Proxy } from "../../test/fixtures/s3-proxy.ts";
import { startS3, type TestS3 } from "../../test/fixtures/s3-server.ts";
import { type SuppliedPostgres, startSupplied } from "../../test/fixtures/supplied-postgres.ts";
import { s3 } from "../backups/destinations/s3.ts";
import { ask } from "../backups/destinations/s3-requests.ts";
import { readReach } from "../backups/point-in-time/reach.ts";
import { restoreToTime } from "../backups/point-in-time/restore-to-time.ts";
import type { BackupScene } from "../backups/scene.ts";
import { postgresOptions } from "../components/postgres/options.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { Secret } from "../model/secret.ts";
import { openDoors } from "../system/doors.ts";
import { startRecoveryKeeper } from "./recovery-keeper.ts";

const { signal } = new AbortController();
const doors = openDoors();
const OPTIONS = { backup: { pointInTime: { every: "5s" } } };
let project = "";
let store: TestS3;
let proxy: S3Proxy;
let live: SuppliedPostgres;
/** What the object store answers in place of itself. */
let answer: number | undefined;

beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), "gonogo-test-keeper-"));
  chmodSync(project, 0o755);
  const directory = path.join(project, ".gonogo", "staging");
  store = await startS3();
  proxy = await startS3Proxy(store, () => answer);
  live = await startSupplied({ directory, project, options: OPTIONS, doors, signal });
  const { accessKeyId, secretAccessKey, endpoint } = store;
  const keys = { accessKeyId: new Secret(accessKeyId), secretAccessKey: new Secret(secretAccessKey) };
  await ask({ endpoint, region: "us-east-1", bucket: "kept", ...keys, doors }, { method: "PUT", signal });
});
afterAll(async () => {
  await live.stop();
  await proxy[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
  for (const each of [project, ...live.directories]) rmSync(each, { recursive: true, force: true });
});

function sceneOf(): BackupScene {
  const kind = s3.definition;
  const options = kind.options.parse({ bucket: "kept", endpoint: proxy.endpoint });
  const scene = backupSceneFor({
    project,
    url: new Secret(""),
    store: { copyTo: async () => ({ evidenceRows: 0 }) },
    doors,
    options: postgresOptions.parse(OPTIONS),
    policy: { destinations: [{ name: "bucket", kind, options }] },
  });
  const keys: [string, Secret][] = [
    ["BACKUP_S3_ACCESS_KEY_ID", new Secret(store.accessKeyId)],
    ["BACKUP_S3_SECRET_ACCESS_KEY", new Secret(store.secretAccessKey)],
  ];
  return { ...scene, variables: new Map([...live.variables, ...keys]) };
}

it("brings log and copies to an object store while it is up, tells that it is not, and all of it can be recovered", async () => {
  const scene = sceneOf();
  const values = new Map([...scene.variables].map(([name, value]) => [name, { value, source: "test" }]));
  const told: string[] = [];
  // Of a deploy's scene, the keeper reads the launch, its variables and where things lie.
  const watched = {
    ...scene,
    readVariables: async () => ({ declared: [], values }),
  } as unknown as DeployScene;
  const url = live.variables.get("MIGRATION_DATABASE_URL") ?? new Secret("");
  await using session = await doors.sql.open(url, { readOnly: false });
  await session.query("create table marker (what text)");
  const reach = () => readReach(scene, { component: "db", signal });
  {
    await using _ = startRecoveryKeeper({ scene: watched, onTrouble: (text) => told.push(text) });
    await expect
      .poll(async () => (await reach()).stretches.length, { timeout: 40_000, interval: 500 })
      .toBe(1);
    expect(told).toEqual([]);
    answer = 503;
    await session.query("insert into marker values ('while it was away')");
    const late = () => told.filter((text) => /^bringing away what db has written: bucket .*503/.test(text));
    await expect.poll(late, { timeout: 60_000 }).toHaveLength(1);
    answer = undefined;
    expect(new Set(told).size).toBe(told.length);
  }
  const { stretches } = await reach();
  const { database } = await restoreToTime(scene, { at: stretches[0]?.until ?? 0, signal });
  const copy = new URL(url.reveal());
  copy.pathname = `/${database}`;
  await using restored = await doors.sql.open(new Secret(copy.toString()));
  expect(await restored.query("select what from marker")).toEqual([{ what: "while it was away" }]);
});

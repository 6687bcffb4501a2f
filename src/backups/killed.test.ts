import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backupSceneFor } from "../../test/fixtures/backup-scene.ts";
import { startPostgres, type TestPostgres } from "../../test/fixtures/postgres.ts";
import type { Secret } from "../model/secret.ts";
import { openDoors } from "../system/doors.ts";
import { checkObject } from "./objects.ts";
import { placesOf } from "./scene.ts";
import { listBackups, objectsOf, type StoredBackup } from "./shelf.ts";

/** `GONOGO_KILLS=50` for the figure that is claimed; fewer keep the suite short. */
const TIMES = Number(process.env.GONOGO_KILLS ?? 3);
const RUNNER = path.resolve("test/fixtures/backup-runner.ts");
const signal = new AbortController().signal;
const doors = openDoors();
let server: TestPostgres;
let project = "";
beforeAll(async () => {
  server = await startPostgres();
  await server.admin(`
    create table entry (id serial primary key, pad text);
    insert into entry (pad) select repeat(md5(n::text), 8) from generate_series(1, 40000) n;
    create table wallet (id serial primary key, cents bigint); insert into wallet (cents) select n from generate_series(1, 500) n`);
  project = mkdtempSync(path.join(tmpdir(), "gonogo-test-killed-"));
  chmodSync(project, 0o1777);
});
afterAll(async () => {
  await server.stop();
  await doors[Symbol.asyncDispose]();
  rmSync(project, { recursive: true });
});

/** Milliseconds until it ended, and how. */
async function run(
  copy: Secret | undefined,
  killAfterMs?: number,
): Promise<{ tookMs: number; code: number | null; said: string }> {
  const env = {
    ...process.env,
    SOURCE_URL: server.adminUrl.reveal(),
    COPY_URL: copy?.reveal() ?? "",
    TMPDIR: project,
  };
  const child = spawn(process.execPath, [RUNNER, project], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += String(chunk);
  });
  const ended = once(child, "exit");
  await Promise.race([once(child.stdout, "data"), ended]);
  const from = performance.now();
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  const [code] = await ended;
  clearTimeout(timer);
  return { tookMs: performance.now() - from, code, said };
}

async function shelf(): Promise<StoredBackup[]> {
  const scene = backupSceneFor({
    project,
    url: server.adminUrl,
    store: { copyTo: async () => ({ evidenceRows: 0 }) },
    doors,
  });
  return (await Promise.all(placesOf(scene).map(({ place }) => listBackups(place, signal)))).flat();
}

it(`killed at random moments, no half backup is ever listed, the last good one stands, and the next run completes`, async () => {
  const { tookMs, code, said } = await run(undefined);
  expect(said).toBe("");
  expect(code).toBe(0);
  let known = new Set((await shelf()).map(({ manifest }) => manifest.id));
  let killed = 0;
  for (let time = 0; time < TIMES; time++) {
    const copy = await server.database(`copy_${time}`);
    const { code: ended } = await run(copy.adminUrl, Math.random() * tookMs * 1.2);
    killed += Number(ended === null);
    const listed = await shelf();
    for (const backup of listed) {
      expect(backup.damage, backup.manifest.id).toEqual([]);
      const at = { place: backup.place, backup: backup.manifest.id, signal };
      for (const object of objectsOf(backup.manifest)) await checkObject(object, at);
    }
    const proven = listed.filter(({ proof }) => proof?.verdict === "proven");
    expect(proven.length).toBeGreaterThan(0);
    expect(listed.some(({ manifest }) => known.has(manifest.id))).toBe(true);
    known = new Set(listed.map(({ manifest }) => manifest.id));
  }
  expect(killed).toBeGreaterThan(0);
  expect(await run(undefined)).toMatchObject({ code: 0, said: "" });
  const end = await shelf();
  expect(end.filter(({ place }) => place.label.includes("/away/")).length).toBeGreaterThan(0);
  // What the killed ones left half done is gone, and what they had finished was brought away.
  expect(readdirSync(path.join(project, ".gonogo/staging/backups/outbox"))).toEqual([]);
  for (let wait = 0; wait < 100 && scratches().length > 0; wait++)
    await new Promise((done) => setTimeout(done, 100));
  expect(scratches()).toEqual([]);
}, 900_000);

function scratches(): string[] {
  return readdirSync(project).filter((name) => name.startsWith("gonogo-scratch-"));
}

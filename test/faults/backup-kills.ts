import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { checkObject } from "../../src/backups/objects.ts";
import { placesOf } from "../../src/backups/scene.ts";
import { listBackups, objectsOf, type StoredBackup } from "../../src/backups/shelf.ts";
import type { Secret } from "../../src/model/secret.ts";
import { openDoors } from "../../src/system/doors.ts";
import { backupSceneFor } from "../fixtures/backup-scene.ts";
import { startPostgres, type TestPostgres } from "../fixtures/postgres.ts";

const RUNNER = path.join(import.meta.dirname, "../fixtures/backup-runner.ts");
/** What the runner says it is about to do; it prunes two places. */
export const DOINGS = ["backup", "upload", "proof", "restore", "prune"] as const;
export type Doing = (typeof DOINGS)[number];
const COMPLETE_EVERY = 5;

export interface Kills {
  /** How often a run was killed while it was doing this. */
  readonly killed: Readonly<Record<Doing, number>>;
  /** Runs that were left alone after kills, and completed. */
  readonly completed: number;
  /** What must never be. */
  readonly troubles: readonly string[];
}

/**
 * Kills a run of backup, upload, proof, restore and prune `times` times, as often in each, at a random moment of it. After
 * each kill every listed backup is read to its last byte and the last good one must be there as it was; runs in between
 * and the last are left to complete.
 */
export async function killBackups(times: number): Promise<Kills> {
  const project = mkdtempSync(path.join(tmpdir(), "gonogo-test-killed-"));
  chmodSync(project, 0o1777);
  mkdirSync(path.join(project, "uploads"));
  writeFileSync(path.join(project, "uploads", "photo.jpg"), Buffer.alloc(2_000_000, 7));
  await using server = await startPostgres();
  await using doors = openDoors();
  await server.admin(`
    create table wallet (id serial primary key, cents bigint); insert into wallet (cents) select n from generate_series(1, 500) n;
    create table entry (id serial primary key, pad text, wallet int not null references wallet);
    insert into entry (pad, wallet) select repeat(md5(n::text), 8), n % 500 + 1 from generate_series(1, 40000) n`);
  const shelf = async (): Promise<StoredBackup[]> => {
    const store = { copyTo: async () => ({ evidenceRows: 0 }) };
    const scene = backupSceneFor({ project, url: server.adminUrl, store, doors });
    const { signal } = new AbortController();
    return (await Promise.all(placesOf(scene).map(({ place }) => listBackups(place, signal)))).flat();
  };
  try {
    return await killThem(times, { project, server, shelf });
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

interface Where {
  readonly project: string;
  readonly server: TestPostgres;
  readonly shelf: () => Promise<StoredBackup[]>;
}

async function killThem(times: number, where: Where): Promise<Kills> {
  const { project, server, shelf } = where;
  const troubles: string[] = [];
  const killed = { backup: 0, upload: 0, proof: 0, restore: 0, prune: 0 };
  let copies = 0;
  const copy = async (): Promise<Secret> => (await server.database(`copy_${++copies}`)).adminUrl;
  let completed = 0;
  const complete = async (): Promise<Run> => {
    const run = await runOnce(where, await copy());
    if (run.code !== 0) troubles.push(`a run that was left alone ended with ${run.code}: ${run.said}`);
    completed += Number(run.code === 0);
    return run;
  };
  let { tookMs } = await complete();
  for (let time = 0; time < times; time++) {
    const doing = DOINGS[time % DOINGS.length] ?? "backup";
    const before = await shelf();
    const afterMs = Math.random() * (tookMs[doing] ?? 0);
    const run = await runOnce(where, await copy(), { doing, afterMs });
    // Where it was faster than the time before, it has completed.
    if (run.code === null) killed[run.last] += 1;
    troubles.push(...(await troublesOf(before, await shelf())));
    if (time % COMPLETE_EVERY === COMPLETE_EVERY - 1) ({ tookMs } = await complete());
  }
  await complete();
  // What the killed ones left half done is gone, and what they had finished was brought away.
  const left = readdirSync(path.join(project, ".gonogo/staging/backups/outbox"));
  if (left.length > 0) troubles.push(`the outbox still has ${left.join(", ")}`);
  for (let wait = 0; wait < 100 && scratches(project).length > 0; wait++)
    await new Promise((done) => setTimeout(done, 100));
  if (scratches(project).length > 0) troubles.push(`left behind: ${scratches(project).join(", ")}`);
  return { killed, completed, troubles };
}

function scratches(project: string): string[] {
  return readdirSync(project).filter((name) => name.startsWith("gonogo-scratch-"));
}

interface Run {
  readonly code: number | null;
  readonly said: string;
  /** What it was doing when it ended. */
  readonly last: Doing;
  readonly tookMs: Partial<Record<Doing, number>>;
}

async function runOnce(
  { project, server }: Where,
  copy: Secret,
  kill?: { readonly doing: Doing; readonly afterMs: number },
): Promise<Run> {
  const env = {
    ...process.env,
    SOURCE_URL: server.adminUrl.reveal(),
    COPY_URL: copy.reveal(),
    TMPDIR: project,
  };
  const child = spawn(process.execPath, [RUNNER, project], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += String(chunk);
  });
  const exited = once(child, "exit");
  const tookMs: Partial<Record<Doing, number>> = {};
  let last: Doing = "backup";
  let since = performance.now();
  let timer: NodeJS.Timeout | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    tookMs[last] = (tookMs[last] ?? 0) + performance.now() - since;
    since = performance.now();
    const doing = DOINGS.find((each) => each === line);
    if (doing) last = doing;
    if (kill && doing === kill.doing) timer ??= setTimeout(() => child.kill("SIGKILL"), kill.afterMs);
  }
  const [code] = await exited;
  clearTimeout(timer);
  return { code, said, last, tookMs };
}

async function troublesOf(before: readonly StoredBackup[], now: readonly StoredBackup[]): Promise<string[]> {
  const { signal } = new AbortController();
  const troubles: string[] = [];
  const nameOf = ({ manifest, place }: StoredBackup): string => `${manifest.id} in ${place.label}`;
  for (const backup of now) {
    for (const { what } of backup.damage) troubles.push(`${nameOf(backup)} is listed and damaged: ${what}`);
    const at = { place: backup.place, backup: backup.manifest.id, signal };
    for (const object of objectsOf(backup.manifest)) {
      await checkObject(object, at).catch((thrown: unknown) => {
        troubles.push(`${nameOf(backup)} is listed and half: ${thrown}`);
      });
    }
  }
  const isProven = ({ proof }: StoredBackup): boolean => proof?.verdict === "proven";
  const good = before.filter(isProven).toSorted((a, b) => b.manifest.startedAt - a.manifest.startedAt)[0];
  const isThere = now.some(
    (each) => isProven(each) && good !== undefined && each.manifest.startedAt >= good.manifest.startedAt,
  );
  if (good && !isThere)
    troubles.push(`${nameOf(good)}, the last good one, is gone and no newer one is proven`);
  const changed = now.find((each) =>
    before.some((old) => nameOf(old) === nameOf(each) && old.manifestHash !== each.manifestHash),
  );
  if (changed) troubles.push(`${nameOf(changed)} is another one than before`);
  return troubles;
}

import { utimes, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { createClipStorage } from "./clips/storage.ts";
import { makeNextClip } from "./clips/work.ts";
import { openDatabase } from "./database.ts";
import { createLog, reasonOf } from "./log.ts";
import { readSettings } from "./settings.ts";

const PAUSE_MS = 500;

/** Makes clips, one after the other, and says after each look that it is alive. */
async function work(): Promise<void> {
  const settings = readSettings();
  const log = createLog("worker", settings.logLevel);
  const onIdleError = (error: Error) => log.warn("idle connection lost", { reason: reasonOf(error) });
  const database = openDatabase({ url: settings.databaseUrl, poolMax: 2, name: "worker", onIdleError });
  const storage = createClipStorage(settings);
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  log.info("working", { release: settings.release });
  while (!stop.signal.aborted) {
    const made = await makeNextClip({ database, storage, log }).catch((thrown: unknown) => {
      log.error("no look for clips", { reason: reasonOf(thrown) });
      return undefined;
    });
    if (made !== undefined) await sayAlive(settings.heartbeatFile);
    if (made !== true) await delay(PAUSE_MS, undefined, { signal: stop.signal }).catch(() => undefined);
  }
  await database.close();
  log.info("stopped");
}

async function sayAlive(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const now = new Date();
  await utimes(file, now, now).catch(() => writeFile(file, ""));
}

try {
  await work();
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exit(1);
}

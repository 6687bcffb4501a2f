import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { currentWatcher } from "../src/store/watch-lock.ts";

const LOCK = ".gonogo/staging/watch-lock.db";
const LOG = ".gonogo/serve.log";
const START_LIMIT_MS = 30_000;

/** Keeps `gonogo serve` running after this program has ended; resolves with where it can be looked at. */
export async function startWatching(project: string): Promise<string> {
  const known = currentWatcher(`${project}/${LOCK}`);
  if (!known) {
    const log = openSync(`${project}/${LOG}`, "w", 0o600);
    const args = ["bin/gonogo.mjs", "serve", "--env", "staging", "--project", project];
    spawn(process.execPath, args, { detached: true, stdio: ["ignore", log, log] }).unref();
  }
  for (const from = performance.now(); performance.now() - from < START_LIMIT_MS; await pause(50)) {
    const said = readFileSync(`${project}/${LOG}`, "utf8");
    const url = /^dashboard (http:\S+)\//m.exec(said)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`gonogo serve did not start:\n${readFileSync(`${project}/${LOG}`, "utf8")}`);
}

/** Ends it and waits until it has. Nobody watching is as good. */
export async function stopWatching(project: string): Promise<void> {
  const watcher = currentWatcher(`${project}/${LOCK}`);
  if (watcher) process.kill(watcher.pid, "SIGTERM");
  while (currentWatcher(`${project}/${LOCK}`)) await pause(50);
}

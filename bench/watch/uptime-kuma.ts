import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { findFreePort } from "../../src/agent/instances/free-port.ts";
import { leashAgent } from "../../test/fixtures/leash.ts";
import { installUptimeKuma, VERSION } from "./uptime-kuma-installed.ts";
import { usedBy } from "./used-by.ts";

export interface UptimeKumaFigures {
  readonly version: string;
  readonly probesOfCpuSecond: number;
  readonly residentMb: number;
}

export interface UptimeKumaSetting {
  readonly monitors: number;
  readonly everySeconds: number;
  readonly target: AskedTarget;
}

interface AskedTarget {
  readonly port: number;
  /** Both words tell how many paths and requests there were since the last "forget". */
  ask(word: "forget" | "how many"): Promise<{ readonly paths: number; readonly requests: number }>;
}

const INTERVALS = 3;
const START_MS = 120_000;
/** It starts a monitor every 0.3 to 1 s. */
const MOST_MS_FOR_A_MONITOR = 3_000;

/** Its whole way of a reading, as it is started by its users. Throws with the reason where it cannot be run. */
export async function measureUptimeKuma(setting: UptimeKumaSetting): Promise<UptimeKumaFigures> {
  const installed = await installUptimeKuma();
  const data = await mkdtemp(path.join(tmpdir(), "bench-uptime-kuma-"));
  try {
    await writeFile(path.join(data, "db-config.json"), '{"type":"sqlite"}');
    {
      // Its first start makes the tables.
      await using _ = await start(installed, data);
    }
    writeMonitors(data, setting);
    const used = await measureStarted(installed, data, setting);
    assertAllUp(data);
    return { version: VERSION, ...used };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function measureStarted(installed: string, data: string, setting: UptimeKumaSetting) {
  const { target, monitors, everySeconds } = setting;
  await target.ask("forget");
  await using server = await start(installed, data);
  await server.during((signal) => everyMonitorAsked(setting, signal));
  const from = { ...usedBy(server.pid), ...(await target.ask("how many")) };
  await server.during((signal) => wait(INTERVALS * everySeconds * 1_000, undefined, { signal }));
  const until = { ...usedBy(server.pid), ...(await target.ask("how many")) };
  const probes = until.requests - from.requests;
  // The last of its beats may be a little late or early.
  if (Math.abs(probes - INTERVALS * monitors) > monitors / 2)
    throw new Error(`uptime-kuma asked ${probes} times where ${INTERVALS * monitors} were due`);
  return {
    probesOfCpuSecond: probes / (until.cpuSeconds - from.cpuSeconds),
    residentMb: until.residentMb,
  };
}

async function everyMonitorAsked(setting: UptimeKumaSetting, signal: AbortSignal): Promise<void> {
  const { target, monitors } = setting;
  const giveUp = performance.now() + monitors * MOST_MS_FOR_A_MONITOR;
  for (;;) {
    const { paths } = await target.ask("how many");
    if (paths === monitors) return;
    if (performance.now() > giveUp)
      throw new Error(`uptime-kuma had only started ${paths} of ${monitors} monitors`);
    await wait(500, undefined, { signal });
  }
}

function writeMonitors(data: string, { monitors, everySeconds, target }: UptimeKumaSetting): void {
  using database = new DatabaseSync(path.join(data, "kuma.db"));
  database.exec("insert into user (id, username, password, active) values (1, 'bench', 'none', 1)");
  const monitor = database.prepare(
    "insert into monitor (name, active, user_id, interval, retry_interval, maxretries, url, type) values (?, 1, 1, ?, ?, 0, ?, 'http')",
  );
  for (let index = 0; index < monitors; index++) {
    const url = `http://127.0.0.1:${target.port}/uptime-kuma/${index}`;
    monitor.run(`monitor-${index}`, everySeconds, everySeconds, url);
  }
}

function assertAllUp(data: string): void {
  using database = new DatabaseSync(path.join(data, "kuma.db"));
  const wrong = database.prepare("select msg from heartbeat where status <> 1 limit 1").get();
  if (wrong) throw new Error(`uptime-kuma did not find its monitors up: ${wrong.msg}`);
}

interface Started extends AsyncDisposable {
  readonly pid: number;
  /** Throws what it wrote last when it ends before the work does. */
  during(work: (signal: AbortSignal) => Promise<void>): Promise<void>;
}

async function start(installed: string, data: string): Promise<Started> {
  const port = await findFreePort(() => false);
  const place = `--data-dir=${data}/`;
  const leash = leashAgent(place);
  const server = spawn(process.execPath, ["server/server.js", place, `--port=${port}`, "--host=127.0.0.1"], {
    cwd: installed,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH },
  });
  const written: string[] = [];
  const listening = Promise.withResolvers<void>();
  const ending = new AbortController();
  const fail = (what: string): void => {
    const failure = new Error(`uptime-kuma ${what}: ${written.join(" / ")}`);
    ending.abort(failure);
    listening.reject(failure);
  };
  server.once("error", (error) => fail(error.message)).once("close", () => fail("ended"));
  const late = setTimeout(() => fail("does not listen"), START_MS);
  for (const stream of [server.stdout, server.stderr])
    createInterface(stream).on("line", (line) => {
      written.splice(0, Math.max(0, written.push(line) - 5));
      if (line.includes("Listening on")) listening.resolve();
    });
  const started: Started = {
    pid: server.pid ?? 0,
    async during(work) {
      try {
        await work(ending.signal);
      } catch (thrown) {
        ending.signal.throwIfAborted();
        throw thrown;
      }
    },
    async [Symbol.asyncDispose]() {
      await ended(server);
      leash[Symbol.dispose]();
    },
  };
  try {
    await listening.promise;
    return started;
  } catch (thrown) {
    await started[Symbol.asyncDispose]();
    throw thrown;
  } finally {
    clearTimeout(late);
  }
}

const END_MS = 20_000;

async function ended(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, "exit");
  server.kill();
  const impatience = setTimeout(() => server.kill("SIGKILL"), END_MS);
  await exited;
  clearTimeout(impatience);
}

import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { findFreePort } from "../src/agent/instances/free-port.ts";
import { WATCH_NODE_FLAGS } from "../src/daemon/daemon.ts";
import { openLightHttp } from "../src/system/light-http.ts";
import { STORE_KINDS } from "../test/fixtures/store-places.ts";
import { measureUptimeKuma } from "./watch/uptime-kuma.ts";
import { usedBy } from "./watch/used-by.ts";
import type { WatcherFigures, WatcherSetting } from "./watch/watcher.ts";

export const title =
  "20,000 and 50,000 monitors on the machine they watch, beside blackbox_exporter and uptime-kuma";

const PROGRAMS = path.join(import.meta.dirname, "watch");
const BLACKBOX = "prometheus-blackbox-exporter";
const WARM_MS = 20_000;
const MANY = 20_000;
type Report = (line: string) => void;

export async function run(report: Report): Promise<void> {
  await using target = await startTarget();
  await compare(target.port, report);
  const { port } = target;
  const large = { monitors: MANY, every: "20s", port } as const;
  const kept = await measure({ ...large, kind: "SQLite", fresh: false, forMs: 40_000 }, target, report);
  await compareWhole(kept, target, report);
  await measure({ ...large, kind: "Postgres", fresh: false, forMs: 40_000 }, target, report);
  await measure({ ...large, kind: "SQLite", fresh: true, forMs: 20_000 }, target, report);
  const larger = { monitors: 50_000, every: "60s", port } as const;
  await measure({ ...larger, kind: "SQLite", fresh: false, forMs: 60_000 }, target, report);
}

/** Both whole ways of a reading, asked, believed, kept in SQLite and evaluated; both keep their connections. */
async function compareWhole(ours: number, target: Target, report: Report): Promise<void> {
  const few = { monitors: 100, everySeconds: 20 } as const;
  const theirs = await measureUptimeKuma({ ...few, target }).catch((thrown: Error) => thrown);
  if (theirs instanceof Error) {
    report(`not set beside uptime-kuma: ${theirs.message}`);
    return;
  }
  const { version, probesOfCpuSecond: peer, residentMb } = theirs;
  report(
    `the whole way, probes of one CPU second: uptime-kuma ${version} ${Math.round(peer)}, ${Math.round(residentMb)} MB resident, ` +
      `asked with ${few.monitors} monitors every ${few.everySeconds}s because it starts them one by one`,
  );
  report(`  ours with ${MANY} monitors ${Math.round(ours)}, ratio ${(ours / peer).toFixed(1)}`);
  const setting = { monitors: few.monitors, every: "20s", port: target.port, kind: "SQLite" } as const;
  const same = await measure({ ...setting, fresh: false, forMs: 60_000 }, target, report);
  report(`  ours with ${few.monitors} as well ${Math.round(same)}, ratio ${(same / peer).toFixed(1)}`);
}

/** Each in turn, so that the machine's moods hit both. */
async function compare(port: number, report: Report): Promise<void> {
  const rates = { kept: [] as number[], fresh: [] as number[], blackbox: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.blackbox.push(await measureBlackbox(port));
    rates.kept.push(await measureProber(port, false));
    rates.fresh.push(await measureProber(port, true));
  }
  const [blackbox, kept, fresh] = [rates.blackbox, rates.kept, rates.fresh].map(median) as [
    number,
    number,
    number,
  ];
  const version = execFileSync(BLACKBOX, ["--version"], { encoding: "utf8" }).split(" (")[0];
  report(
    `probes of one CPU second, ${CLIENTS} askers, medians of ${ROUNDS}: ${version} ${Math.round(blackbox)}`,
  );
  report(
    `  ours on kept connections ${Math.round(kept)}, ratio ${(kept / blackbox).toFixed(1)} (at least 10)`,
  );
  report(
    `  ours with a connection each, as its are: ${Math.round(fresh)}, ratio ${(fresh / blackbox).toFixed(1)}`,
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function measureProber(port: number, fresh: boolean): Promise<number> {
  const setting = { port, clients: CLIENTS, forMs: ROUND_MS, fresh };
  const child = fork(path.join(PROGRAMS, "prober.ts"), [JSON.stringify(setting)], {
    execArgv: [...WATCH_NODE_FLAGS],
  });
  const [{ probes, cpuSeconds }] = (await once(child, "message")) as [{ probes: number; cpuSeconds: number }];
  return probes / cpuSeconds;
}

/** Resolves to its probes of one CPU second. */
async function measure(
  request: Omit<WatcherSetting, "directory" | "store"> & { readonly kind: string; readonly forMs: number },
  target: Target,
  report: Report,
): Promise<number> {
  const { forMs, kind, ...asked } = request;
  const places = STORE_KINDS.find(({ database }) => database === kind)?.places();
  if (!places) throw new Error(`there is no store in ${kind}`);
  const directory = await mkdtemp(path.join(tmpdir(), "bench-watch-"));
  const told = `${asked.monitors} monitors every ${asked.every}, ${asked.fresh ? "a connection each" : "kept connections"}, store in ${kind}`;
  try {
    using place = await places.newPlace();
    const setting = { ...asked, directory, store: place.where };
    const first = await startWatcher(setting);
    await wait(WARM_MS);
    const from = await first.figures();
    const fromMs = performance.now();
    await wait(forMs);
    const until = await first.figures();
    const seconds = (performance.now() - fromMs) / 1_000;
    const probes = until.readings - from.readings;
    const cpu = until.cpuSeconds - from.cpuSeconds;
    report(
      `${told}: ${Math.round(probes / seconds)} probes/s, ${((100 * cpu) / seconds).toFixed(0)} % of a core, ` +
        `lag p50 ${until.lagP50Ms} ms p99 ${until.lagP99Ms} ms, ${until.residentMb} MB resident, ` +
        `${until.skipped} left out, ${(until.bytes / 1_048_576).toFixed(0)} MB of measurements`,
    );
    await first.stop();
    if (!setting.fresh) await measureRestart(setting, target, report);
    return probes / cpu;
  } finally {
    await places.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** After a restart nobody waits longer for the next question than one interval. */
async function measureRestart(setting: WatcherSetting, target: Target, report: Report): Promise<void> {
  await target.ask("forget");
  const again = await startWatcher(setting);
  await wait(Number.parseInt(setting.every, 10) * 1_000 + 500);
  const { paths } = await target.ask("how many");
  report(`restarted: ${paths} of ${setting.monitors} asked within one interval`);
  await again.stop();
}

interface Target extends AsyncDisposable {
  readonly port: number;
  ask(word: "forget" | "how many"): Promise<{ readonly paths: number; readonly requests: number }>;
}

async function startTarget(): Promise<Target> {
  const child = fork(path.join(PROGRAMS, "target.mjs"));
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return {
    port,
    async ask(word) {
      child.send(word);
      const [answer] = (await once(child, "message")) as [{ paths: number; requests: number }];
      return answer;
    },
    [Symbol.asyncDispose]: () => ended(child, () => child.disconnect()),
  };
}

async function startWatcher(setting: WatcherSetting) {
  const child = fork(path.join(PROGRAMS, "watcher.ts"), [JSON.stringify(setting)], {
    stdio: ["ignore", 2, 2, "ipc"],
    execArgv: [...WATCH_NODE_FLAGS],
  });
  await once(child, "message");
  return {
    async figures(): Promise<WatcherFigures> {
      child.send("figures");
      const [answer] = (await once(child, "message")) as [WatcherFigures];
      return answer;
    },
    stop: () => ended(child, () => child.send("stop")),
  };
}

async function ended(child: ChildProcess, end: () => void): Promise<void> {
  const exited = once(child, "exit");
  end();
  await exited;
}

const CLIENTS = 16;
const ROUNDS = 3;
const ROUND_MS = 4_000;

/** Probes of one CPU second; only what the exporter itself used is counted, not who asks it. */
async function measureBlackbox(port: number): Promise<number> {
  if (!existsSync(`/usr/bin/${BLACKBOX}`))
    throw new Error(`missing ${BLACKBOX}; apt-get install ${BLACKBOX}`);
  const directory = await mkdtemp(path.join(tmpdir(), "bench-blackbox-"));
  const config = path.join(directory, "blackbox.yml");
  await writeFile(
    config,
    "modules:\n  http_2xx:\n    prober: http\n    timeout: 5s\n    http:\n      preferred_ip_protocol: ip4\n",
  );
  const listen = await findFreePort(() => false);
  const child = spawn(BLACKBOX, [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${listen}`], {
    stdio: "ignore",
  });
  await using http = openLightHttp();
  const probe = encodeURIComponent(`http://127.0.0.1:${port}/blackbox`);
  const url = new URL(`http://127.0.0.1:${listen}/probe?module=http_2xx&target=${probe}`);
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        await http.get({ url, timeoutMs: 2_000 });
        break;
      } catch (thrown) {
        if (attempt === 50) throw thrown;
        await wait(100);
      }
    }
    let probes = 0;
    const cpuFrom = usedBy(child.pid ?? 0).cpuSeconds;
    const until = performance.now() + ROUND_MS;
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        while (performance.now() < until) {
          await http.get({ url, timeoutMs: 5_000 });
          probes += 1;
        }
      }),
    );
    const cpu = usedBy(child.pid ?? 0).cpuSeconds - cpuFrom;
    return probes / cpu;
  } finally {
    await ended(child, () => child.kill());
    await rm(directory, { recursive: true, force: true });
  }
}

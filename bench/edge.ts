import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { localCertificate } from "../src/agent/edge/authority.ts";
import { EDGE_NODE_FLAGS } from "../src/agent/edge/node-flags.ts";
import { findFreePort, isFree } from "../src/agent/instances/free-port.ts";

export const title = "requests per second of the edge beside caddy on one core, and memory with idle sockets";

const PROGRAMS = path.join(import.meta.dirname, "edge");
const CLIENTS = 32;
const BODY_BYTES = 1_024;
const ROUNDS = 5;
const ROUND_SECONDS = 1;
type Report = (line: string) => void;

export async function run(report: Report): Promise<void> {
  const missing = ["caddy", "wrk", "taskset", "setpriv"].filter((program) => !isInstalled(program));
  if (missing.length > 0) {
    const packages = new Set(
      missing.map((each) => (each === "caddy" || each === "wrk" ? each : "util-linux")),
    );
    throw new Error(
      `missing ${missing.join(", ")}; install with: apt-get install ${[...packages].join(" ")}`,
    );
  }
  await using bench = await prepare();
  const cores =
    availableParallelism() > 1 ? "proxy on core 0, client and upstream on core 1" : "one core for all";
  report(`${cores}; wrk with ${CLIENTS} keep-alive clients, body of ${BODY_BYTES} bytes`);
  report(`each proxy in turn, ${ROUNDS} rounds of ${ROUND_SECONDS} s after one to warm up; medians`);
  for (const proto of ["http", "https"] as const) await compare(bench, proto, report);
  await holdIdle(bench, report);
}

/** What a core can do is requests per second of processor time: unlike the clock's, it does not depend on who else runs. */
async function compare(bench: Bench, proto: "http" | "https", report: Report): Promise<void> {
  const measured = { edge: [] as Load[], caddy: [] as Load[] };
  let failed = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    for (const name of ["edge", "caddy"] as const) {
      const { ports, pid } = bench[name];
      const result = load(`${proto}://localhost:${ports[proto]}/`, pid);
      failed += result.failed;
      if (round > 0) measured[name].push(result);
    }
  }
  const perCore = (loads: readonly Load[]): number =>
    Math.round(median(loads.map((each) => each.perCpuSecond)));
  const perSecond = (loads: readonly Load[]): number =>
    Math.round(median(loads.map((each) => each.perSecond)));
  const { edge, caddy } = measured;
  const ratio = perCore(edge) / perCore(caddy);
  report(
    `${proto}: edge ${perCore(edge)}, caddy ${perCore(caddy)} per processor second, ratio ${ratio.toFixed(2)} (at least 0.50); ` +
      `by the clock ${perSecond(edge)}/s and ${perSecond(caddy)}/s; ${failed} failed`,
  );
}

async function holdIdle(bench: Bench, report: Report): Promise<void> {
  for (const { kind, proto, count } of [
    { kind: "WebSocket", proto: "http", count: 5_000 },
    { kind: "keep-alive", proto: "http", count: 5_000 },
    // A handshake costs the clients a millisecond each; some hundreds tell as much.
    { kind: "keep-alive", proto: "https", count: 500 },
  ] as const) {
    const edge = await residentWith((ports) => startEdge(bench, ports), { bench, kind, proto, count });
    const caddy = await residentWith((ports) => startCaddy(bench.directory, ports, bench.upstreamPort), {
      bench,
      kind,
      proto,
      count,
    });
    const limit = proto === "http" ? " (under 120)" : "";
    report(`${count} idle ${kind} sockets, ${proto}: edge ${edge} MB${limit}, caddy ${caddy} MB resident`);
  }
}

async function residentWith(
  startProxy: (ports: Ports) => Promise<Running>,
  asked: {
    readonly bench: Bench;
    readonly kind: string;
    readonly proto: "http" | "https";
    readonly count: number;
  },
): Promise<number> {
  const http = await findFreePort(() => false);
  const https = await findFreePort((each) => each === http);
  await using proxy = await startProxy({ http, https });
  const { kind, proto, count, bench } = asked;
  const ca = proto === "https" ? { ca: bench.caFile } : {};
  const settings = { port: proto === "https" ? https : http, count, kind, ...ca };
  await using _clients = await start("idle-clients.mjs", settings, { core: 1 });
  return residentMb(proxy.pid);
}

interface Ports {
  readonly http: number;
  readonly https: number;
}

interface Bench extends AsyncDisposable {
  readonly upstreamPort: number;
  readonly edge: { readonly ports: Ports; readonly pid: number };
  readonly caddy: { readonly ports: Ports; readonly pid: number };
  readonly key: string;
  readonly cert: string;
  readonly caFile: string;
  readonly directory: string;
}

async function prepare(): Promise<Bench> {
  const directory = await mkdtemp(path.join(tmpdir(), "bench-edge-"));
  const stack = new AsyncDisposableStack();
  stack.defer(() => rm(directory, { recursive: true }));
  try {
    const ports: number[] = [];
    while (ports.length < 5) ports.push(await findFreePort((port) => ports.includes(port)));
    const [upstreamPort = 0, one = 0, two = 0, three = 0, four = 0] = ports;
    const edgePorts = { http: one, https: two };
    const caddyPorts = { http: three, https: four };
    const pair = await localCertificate({ directory, name: "bench", now: Date.now() });
    stack.use(await start("upstream.mjs", { port: upstreamPort, bodyBytes: BODY_BYTES }, { core: 1 }));
    const known = { upstreamPort, key: pair.key, cert: pair.cert };
    // The first start fills the compile cache; what is measured is one that finds it, as on any machine in use.
    await using _filling = await startEdge(known, edgePorts);
    await _filling[Symbol.asyncDispose]();
    const edge = stack.use(await startEdge(known, edgePorts));
    const caddy = stack.use(await startCaddy(directory, caddyPorts, upstreamPort));
    return {
      ...known,
      edge: { ports: edgePorts, pid: edge.pid },
      caddy: { ports: caddyPorts, pid: caddy.pid },
      directory,
      caFile: path.join(directory, "ca.pem"),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (thrown) {
    await stack.disposeAsync();
    throw thrown;
  }
}

type Running = AsyncDisposable & { readonly pid: number };

function startEdge(
  known: { upstreamPort: number; key: string; cert: string },
  ports: Ports,
): Promise<Running> {
  const { upstreamPort, key, cert } = known;
  const settings = { upstreamPort, httpPort: ports.http, https: { port: ports.https, key, cert } };
  return start("edge-process.mjs", settings, { core: 0, flags: EDGE_NODE_FLAGS });
}

/** Starts a program of this bench on a core; resolves when it says that it is up. It ends when we do. */
async function start(
  program: string,
  settings: Readonly<Record<string, unknown>>,
  options: { readonly core: number; readonly flags?: readonly string[] },
): Promise<Running> {
  const child = fork(path.join(PROGRAMS, program), { execArgv: [...(options.flags ?? [])] });
  pin(child, options.core);
  // Not as arguments, which everybody on the machine can read: there is a key among them.
  child.send(settings);
  await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`${program} exited with ${code}`))),
  ]);
  return ending(child);
}

async function startCaddy(directory: string, ports: Ports, upstreamPort: number): Promise<Running> {
  const proxy = `reverse_proxy 127.0.0.1:${upstreamPort}`;
  const tls = `tls ${directory}/certificate.pem ${directory}/certificate-key.pem`;
  const file = path.join(directory, "Caddyfile");
  await writeFile(
    file,
    `{\n admin off\n auto_https off\n storage file_system ${directory}/caddy\n}\nhttp://localhost:${ports.http} {\n ${proxy}\n}\nhttps://localhost:${ports.https} {\n ${tls}\n ${proxy}\n}\n`,
  );
  const child = spawn(
    "setpriv",
    ["--pdeathsig", "KILL", "caddy", "run", "--config", file, "--adapter", "caddyfile"],
    {
      stdio: "ignore",
      env: { ...process.env, GOMAXPROCS: "1", HOME: directory },
    },
  );
  pin(child, 0);
  while (await isFree(ports.https)) {
    if (child.exitCode !== null) throw new Error(`caddy exited with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return ending(child);
}

function pin(child: ChildProcess, core: number): void {
  if (availableParallelism() < 2) return;
  execFileSync("taskset", ["-a", "-p", "-c", String(core), String(child.pid)], { stdio: "ignore" });
}

function ending(child: ChildProcess): Running {
  return {
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

interface Load {
  readonly perSecond: number;
  readonly perCpuSecond: number;
  readonly failed: number;
}

function load(url: string, pid: number): Load {
  const args = ["-t1", `-c${CLIENTS}`, `-d${ROUND_SECONDS}s`, url];
  const before = cpuSeconds(pid);
  const text =
    availableParallelism() > 1
      ? execFileSync("taskset", ["-c", "1", "wrk", ...args], { encoding: "utf8" })
      : execFileSync("wrk", args, { encoding: "utf8" });
  const used = cpuSeconds(pid) - before;
  const bad = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0);
  const errors =
    /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.slice(1) ?? [];
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1] ?? Number.NaN),
    perCpuSecond: Number(/(\d+) requests in/.exec(text)?.[1] ?? Number.NaN) / used,
    failed: errors.reduce((sum, each) => sum + Number(each), bad),
  };
}

/** Processor time of all its threads so far, user and system. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  const TICKS_PER_SECOND = 100;
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function residentMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kb) / 1_024);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function isInstalled(program: string): boolean {
  return (process.env.PATH ?? "").split(path.delimiter).some((each) => existsSync(path.join(each, program)));
}

if (process.argv[1] === import.meta.filename) {
  try {
    await run((line) => console.log(line));
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    process.exitCode = 1;
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { phaseOf } from "../../src/watch/schedule/phase.ts";
import { builtCommand } from "../fixtures/built-command.ts";
import { startPostgres, type TestPostgres } from "../fixtures/postgres.ts";
import { createProject, gonogo, ownPorts, type Project } from "../fixtures/project.ts";

/* One `gonogo serve` and three `gonogo worker`, real processes on one Postgres; what is asked counts who asked it when. */

const MONITORS = 24;
const EVERY_MS = 8_000;
/** As `leaseMsOf` has it: a third of the shortest interval. */
const LEASE_MS = EVERY_MS / 3;
const VARIABLE = "TEAM_STORE";

const config = (port: number): string => `
import { defineLaunch, local, web } from "gonogo";
const probes = Array.from({ length: ${MONITORS} }, (_, index) => [
  \`m\${index}\`,
  { type: "http", at: \`http://127.0.0.1:${port}/m\${index}\`, every: "${EVERY_MS / 1_000}s" },
]);
export default defineLaunch({
  name: "tiny",
  components: { api: web({ start: "node server.mjs", instances: 1 }) },
  store: { postgres: "${VARIABLE}" },
  watch: { probes: Object.fromEntries(probes) },
  deploy: { bake: "500ms" },
  environments: { staging: { target: local(), variables: ".env.staging" } },
});
`;

interface Asked {
  readonly monitor: string;
  readonly at: number;
}

let postgres: TestPostgres;
let project: Project;
let watched: Server;
const asked: Asked[] = [];
const broken = new Set<string>();
const children = new Set<ChildProcess>();
let serving: Running;
let workers: Running[];

interface Running {
  readonly child: ChildProcess;
  said(): string;
  /** Resolves when it has said that. */
  says(words: RegExp): Promise<void>;
  ended(signal: NodeJS.Signals): Promise<number | null>;
}

function start(command: string): Running {
  const child = spawn(process.execPath, [builtCommand(), command, "--project", project.directory], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return {
    child,
    said: () => text,
    async says(words) {
      while (!words.test(text)) {
        if (child.exitCode !== null) throw new Error(`gonogo ${command} ended: ${text}`);
        await Promise.race([once(child.stderr ?? child, "data"), once(child, "exit")]);
      }
    },
    async ended(signal) {
      const exited = once(child, "exit");
      child.kill(signal);
      return ((await exited) as [number | null])[0];
    },
  };
}

function type(...args: string[]) {
  return gonogo(project, args);
}

/** Tasks each living process holds, by its process id. */
async function held(): Promise<Map<number, number>> {
  const rows = await postgres.run(
    `select pid, count(task)::int as tasks from gonogo_tiny.worker
     left join gonogo_tiny.lease on holder = name group by pid order by pid`,
  );
  return new Map(rows.map(({ pid, tasks }) => [Number(pid), Number(tasks)]));
}

/** Resolves when so many processes share all tasks evenly: none holds more than one more than another. */
async function evenlyShared(processes: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const shares = [...(await held()).values()];
        const [free] = await postgres.run(
          "select count(*)::int as tasks from gonogo_tiny.lease where holder is null",
        );
        return [shares.length, free?.tasks, Math.max(...shares) - Math.min(...shares) <= processes];
      },
      { timeout: 60_000, interval: 200 },
    )
    .toEqual([processes, 0, true]);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Counts {
  readonly asked: number;
  readonly longestGapMs: number;
  /** Intervals of monitors in which nobody asked. */
  readonly missed: number;
  /** When somebody asked although somebody had asked in that interval. */
  readonly doubled: readonly number[];
}

/** What was asked from `from` to `until`, by each monitor's own intervals. */
function countsBetween(from: number, until: number): Counts {
  let longestGapMs = 0;
  let missed = 0;
  let count = 0;
  const doubled: number[] = [];
  for (let index = 0; index < MONITORS; index++) {
    const monitor = `m${index}`;
    const times = asked.filter((each) => each.monitor === monitor).map(({ at }) => at);
    const within = times.filter((at) => at >= from && at < until);
    count += within.length;
    const before = times.findLast((at) => at < from) ?? from;
    const ends = [before, ...within, until];
    for (const [place, at] of ends.entries())
      if (place > 0) longestGapMs = Math.max(longestGapMs, at - (ends[place - 1] ?? at));
    const begins = phaseOf(`probe/${monitor}`, EVERY_MS);
    // Timers of two processes differ by a few milliseconds: an interval begins a little before its time.
    const slotOf = (at: number): number => Math.floor((at - begins + 100) / EVERY_MS);
    const slots = new Set(times.filter((at) => at < from).map(slotOf));
    for (const at of within) {
      // On a busy machine one comes late, into the interval of the next: it stands for the one that nobody asked in.
      const slot = [slotOf(at) - 1, slotOf(at)].find((each) => !slots.has(each));
      if (slot === undefined) doubled.push(at);
      else slots.add(slot);
    }
    for (let slot = slotOf(from) + 1; slot < slotOf(until); slot++) if (!slots.has(slot)) missed += 1;
  }
  return { asked: count, longestGapMs, missed, doubled };
}

beforeAll(async () => {
  watched = createServer((request, response) => {
    const monitor = request.url?.slice(1) ?? "";
    asked.push({ monitor, at: Date.now() });
    response.writeHead(broken.has(monitor) ? 500 : 200).end();
  }).listen(0, "127.0.0.1");
  await once(watched, "listening");
  postgres = await startPostgres();
  // For every command that this test types, that which ends the project among them.
  process.env[VARIABLE] = postgres.url.reveal();
  project = createProject();
  project.write("gonogo.config.ts", config((watched.address() as AddressInfo).port));
  await ownPorts(project);
  const deployed = type("deploy");
  expect(deployed.stdout + deployed.stderr).toContain("r1 is live");
  serving = start("serve");
  workers = [1, 2, 3].map(() => start("worker"));
  await serving.says(/watching tiny · staging/);
  await Promise.all(workers.map((worker) => worker.says(/works for tiny · staging, store 127\.0\.0\.1/)));
}, 180_000);
afterAll(async () => {
  for (const child of children) {
    child.kill("SIGCONT");
    child.kill("SIGKILL");
  }
  await project?.[Symbol.asyncDispose]();
  await postgres?.stop();
  watched?.close();
});

test("four processes share what is asked, each monitor once an interval", { timeout: 150_000 }, async () => {
  await evenlyShared(4);
  const from = Date.now() + 1_000;
  await pause(1_000 + EVERY_MS);
  const counts = countsBetween(from, from + EVERY_MS);
  process.stdout.write(`four processes, one interval: ${JSON.stringify(counts)}\n`);
  expect(counts).toMatchObject({ doubled: [] });
  expect(counts.longestGapMs).toBeLessThan(2 * EVERY_MS);
});

test("kill -9 of one of three workers: nothing unasked for two intervals, nothing doubled beyond the lease", {
  timeout: 120_000,
}, async () => {
  const [victim] = workers;
  const holding = (await held()).get(victim?.child.pid ?? 0);
  expect(holding).toBeGreaterThan(3);
  const killedAt = Date.now();
  await victim?.ended("SIGKILL");
  await evenlyShared(3);
  const takenAfterMs = Date.now() - killedAt;
  await pause(Math.max(0, killedAt + 3 * EVERY_MS - Date.now()));
  const counts = countsBetween(killedAt - EVERY_MS, killedAt + 3 * EVERY_MS);
  const late = counts.doubled.filter((at) => at > killedAt + LEASE_MS * 1.25 + 1_000);
  process.stdout.write(
    `killed one that held ${holding}: taken over after ${takenAfterMs} ms; ${JSON.stringify({ ...counts, doubled: counts.doubled.map((at) => at - killedAt) })}\n`,
  );
  expect(counts.longestGapMs).toBeLessThan(2 * EVERY_MS);
  expect(late).toEqual([]);
});

test("one that stood still for longer than its lease asks nothing that others ask now", {
  timeout: 120_000,
}, async () => {
  const sleeper = workers[1];
  const stoppedAt = Date.now();
  sleeper?.child.kill("SIGSTOP");
  await evenlyShared(2);
  // Long enough that everything it held is overdue when it wakes, and was asked by others.
  await pause(Math.max(0, stoppedAt + 1.5 * EVERY_MS - Date.now()));
  const wokenAt = Date.now();
  sleeper?.child.kill("SIGCONT");
  await evenlyShared(3);
  await pause(Math.max(0, wokenAt + 2 * EVERY_MS - Date.now()));
  const counts = countsBetween(wokenAt, wokenAt + 2 * EVERY_MS);
  process.stdout.write(`woken after its lease: ${JSON.stringify(counts)}\n`);
  expect(counts.doubled).toEqual([]);
  expect(counts.longestGapMs).toBeLessThan(2 * EVERY_MS);
});

test("what a worker sees is judged by the one who serves", { timeout: 150_000 }, async () => {
  const [theirs] = await postgres.run(
    `select task from gonogo_tiny.lease join gonogo_tiny.worker on holder = name
     where task like 'probe/%' and pid <> ${serving.child.pid} limit 1`,
  );
  const monitor = String(theirs?.task);
  broken.add(monitor.replace("probe/", ""));
  const listed = () =>
    JSON.parse(type("incidents", "--format", "json").stdout) as { incidents: { title: string }[] };
  const titles = () =>
    listed()
      .incidents.map(({ title }) => title)
      .join("\n");
  const isTold = async () => (await postgres.run("select 1 from gonogo_tiny.incident")).length > 0;
  await expect.poll(isTold, { timeout: 120_000, interval: 200 }).toBe(true);
  await expect.poll(titles, { timeout: 120_000, interval: 1_000 }).toContain(monitor.replace("/", ": "));
  broken.clear();
});

test("a second one who serves is refused by name; ended, another may", { timeout: 150_000 }, async () => {
  const second = type("serve");
  expect(second.code).toBe(2);
  expect(second.stderr).toMatch(new RegExp(`watches it already, process ${serving.child.pid}, since `));
  // The server's own administrator cuts its connection: it says so and begins anew.
  await postgres.admin(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and objsubid = 2`,
  );
  await serving.says(/beginning anew\n[\s\S]*watching tiny · staging/);
  expect(await serving.ended("SIGTERM")).toBe(0);
  const third = start("serve");
  await third.says(/watching tiny · staging/);
  expect(await third.ended("SIGTERM")).toBe(0);
});

test("a worker that is ended gives back what it held at once; nowhere is the password said", {
  timeout: 150_000,
}, async () => {
  const [, , last] = workers;
  expect(await last?.ended("SIGTERM")).toBe(0);
  expect((await held()).has(last?.child.pid ?? 0)).toBe(false);
  const password = new URL(postgres.url.reveal()).password;
  const shown = type("status", "--format", "json");
  const wrong = gonogo(project, ["status"], { [VARIABLE]: postgres.url.reveal().replace(/:\d+\//, ":1/") });
  expect(wrong).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("the store is away: the store's server does not answer"),
  });
  // Nobody is let in any more: what waits to be written is lost, and that is no defect of ours.
  const sleeper = workers[1];
  await postgres.admin("alter role app nologin");
  await postgres.admin(
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app' and application_name = 'gonogo'",
  );
  await sleeper?.says(/cannot be shared: the store's server/);
  expect(await sleeper?.ended("SIGTERM")).toBe(2);
  await postgres.admin("alter role app login");
  expect(sleeper?.said()).toMatch(/error: the store's server .*\n {2}at 127\.0\.0\.1/);
  const all = [
    serving.said(),
    ...workers.map((each) => each.said()),
    shown.stdout,
    shown.stderr,
    wrong.stderr,
  ];
  expect(all.join("\n")).not.toContain(password);
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agentProcesses } from "../../src/agent/launch-parent.ts";
import { openMeasurements } from "../../src/store/measurements/open-measurements.ts";
import { WATCH_LEASE } from "../../src/store/watch-lease.ts";
import { openDoors } from "../../src/system/doors.ts";
import { builtCommand } from "../fixtures/built-command.ts";
import { createProject, gonogo, ownPorts, type Project } from "../fixtures/project.ts";

/* One tiny application, deployed and watched by a real `gonogo serve`, which is killed, ended and started again. */

const CONFIG = `
import { defineLaunch, local, schedule, web, worker } from "gonogo";
export default defineLaunch({
  name: "tiny",
  components: {
    api: web({ start: "node server.mjs", instances: 1 }),
    jobs: worker({ start: "node worker.mjs" }),
    tick: schedule({ every: "3s", run: "node -e 1" }),
  },
  promises: { availability: "99.9%", latency: { p95: "500ms" }, errors: "0.1%" },
  watch: {
    heartbeats: { export: { every: "1h" } },
    probes: { front: { type: "http", at: "/", every: "1s" } },
  },
  deploy: { bake: "500ms", smoke: ["/pay"] },
  environments: { staging: { target: local(), variables: ".env.staging" } },
});
`;
const doors = openDoors();
let project: Project;
let serving: Serving;

interface Serving {
  readonly child: ChildProcess;
  said(): string;
  readonly url: string;
  ended(signal: NodeJS.Signals): Promise<number | null>;
}

async function serve(): Promise<Serving> {
  const child = spawn(process.execPath, [builtCommand(), "serve", "--project", project.directory], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let text = "";
  const listening = new Promise<string>((resolve, reject) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+(?=\/beat\/)/.exec(text)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.once("exit", () => reject(new Error(`gonogo serve ended: ${text}`)));
  });
  return {
    child,
    said: () => text,
    url: await listening,
    async ended(signal) {
      const exited = once(child, "exit");
      child.kill(signal);
      return ((await exited) as [number | null])[0];
    },
  };
}

/** What the store has of a monitor, read beside the one who writes it. */
async function seen(monitor: string) {
  const directory = path.join(project.directory, ".gonogo/staging/measurements");
  await using store = await openMeasurements(directory, { ...doors, writes: false });
  return await store.readings({ monitor, from: 0, until: doors.clock.now() + 1_000 });
}

/** How many there are, without a command for each look. */
async function openIncidents(): Promise<number> {
  using store = new DatabaseSync(path.join(project.directory, ".gonogo/gonogo.db"), { readOnly: true });
  return Number(store.prepare("select count(*) as many from incident").get()?.many);
}

/** Stands still where it holds no lock on the store: from within a write it would keep everybody out. */
async function stoppedBetweenWrites({ child }: Serving): Promise<void> {
  await until(async () => {
    child.kill("SIGSTOP");
    using store = new DatabaseSync(path.join(project.directory, ".gonogo/gonogo.db"), { timeout: 0 });
    try {
      store.exec("begin immediate; rollback");
      return true;
    } catch {
      child.kill("SIGCONT");
      return undefined;
    }
  });
}

async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    await doors.clock.delay(200);
  }
}

beforeAll(async () => {
  project = createProject();
  project.write("gonogo.config.ts", CONFIG);
  await ownPorts(project);
  const deployed = gonogo(project, ["deploy"]);
  expect(deployed.stdout + deployed.stderr).toContain("r1 is live");
  serving = await serve();
}, 120_000);
afterAll(async () => {
  if (serving?.child.exitCode === null) await serving.ended("SIGKILL");
  await project?.[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

test("a deployed application is watched without a line of configuration", { timeout: 60_000 }, async () => {
  expect(serving.said()).toMatch(/watching tiny · staging: \d{2,} monitors of \d+ components/);
  const up = await until(async () => (await seen("api/up")).at(0));
  expect(up).toMatchObject({ state: "up", release: "r1" });
  expect(await until(async () => (await seen("tick/heartbeat")).at(0))).toMatchObject({
    state: "up",
    release: "r1",
  });
  expect(gonogo(project, ["status"]).stdout).toContain("r1");
});

test("users' requests are counted by release, and the slow ones against the promise", {
  timeout: 60_000,
}, async () => {
  const address = /https:\/\/tiny\.localhost:\d+/.exec(gonogo(project, ["status"]).stdout)?.[0] ?? "";
  const status = JSON.parse(gonogo(project, ["status", "--format", "json"]).stdout) as {
    address?: { ca?: string };
  };
  void status;
  const ask = (at: string) =>
    doors.shell.run({ file: "curl", args: ["-sk", "-o", "/dev/null", `${address}${at}`] });
  await Promise.all([
    ...Array.from({ length: 20 }, () => ask("/")),
    ask("/slow?ms=700"),
    ask("/slow?ms=900"),
  ]);
  const requests = await until(async () => {
    const found = await seen("edge/requests");
    return found.reduce((sum, { value = 0 }) => sum + value, 0) >= 22 ? found : undefined;
  });
  // Gonogo itself has asked more often than that meanwhile: none of it counts as a user's.
  expect(requests.reduce((sum, { value = 0 }) => sum + value, 0)).toBe(22);
  expect((await seen("probe/front")).length + (await seen("api/up")).length).toBeGreaterThan(5);
  expect(new Set(requests.map(({ release }) => release))).toEqual(new Set(["r1"]));
  const slower = await until(async () => {
    const count = (await seen("edge/slower.latency.p95")).reduce((sum, { value = 0 }) => sum + value, 0);
    return count >= 2 ? count : undefined;
  });
  expect(slower).toBe(2);
});

test("a second one is refused with who, which process and since when", () => {
  const { code, stderr } = gonogo(project, ["serve"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(new RegExp(`watches it already, process ${serving.child.pid}, since 20\\d\\d-`));
});

test("whatever it watches can be silenced by name, heartbeats and promises among it", () => {
  const silence = (what: string) =>
    gonogo(project, ["silence", "add", what, "--for", "1s", "--reason", "a test"]);
  for (const what of ["heartbeat/export", "heartbeat", "promise/", "tick"])
    expect(silence(what), what).toMatchObject({ code: 0, stderr: "" });
  expect(silence("heartbeat/exports").stderr).toMatch(
    /called heartbeat\/exports \(did you mean "heartbeat\/export"\?\)\n.*components are .*heartbeat/s,
  );
});

test("killed, it loses nothing that was said to it, and the next one goes on at once", {
  timeout: 60_000,
}, async () => {
  const [, beat = ""] = /(http\S+\/beat\/[0-9a-f]{32})/.exec(serving.said()) ?? [];
  expect((await fetch(`${beat}/fail`, { method: "POST", body: "no space left" })).status).toBe(200);
  const before = (await seen("probe/front")).length;
  expect(before).toBeGreaterThan(3);
  await serving.ended("SIGKILL");
  serving = await serve();
  const after = await until(async () => {
    const found = await seen("probe/front");
    return found.length > before + 1 ? found : undefined;
  });
  expect(after.every(({ state }) => state === "up")).toBe(true);
  const told = await until(async () =>
    (await seen("heartbeat/export")).find(({ state }) => state === "down"),
  );
  expect(told.detail).toMatch(/failed .* ago: no space left/);
});

test("one that stands still is taken over from after its lease, and ends when it goes on", {
  timeout: 90_000,
}, async () => {
  const frozen = serving;
  await stoppedBetweenWrites(frozen);
  const second = gonogo(project, ["serve"]);
  expect(second.code).toBe(2);
  expect(second.stderr).toMatch(/last seen 20\d\d-.*\n.*can be taken over from 15 s after it was last seen/s);
  // Until then each try would only be refused, at the price of a command.
  const seenAt = Date.parse(/last seen (\S+?)[,.;]?\s/.exec(second.stderr)?.[1] ?? "");
  await doors.clock.delay(seenAt + WATCH_LEASE.leaseMs - doors.clock.now());
  serving = await until(() => serve().catch(() => undefined));
  const { length } = await seen("probe/front");
  const exited = once(frozen.child, "exit");
  frozen.child.kill("SIGCONT");
  expect(await exited).toEqual([1, null]);
  expect(frozen.said()).toMatch(
    new RegExp(
      `this process stood still for .*process ${serving.child.pid}\\) watches now: nothing more is sent`,
    ),
  );
  await until(async () => ((await seen("probe/front")).length > length ? true : undefined));
  expect(serving.child.exitCode).toBeNull();
});

test("what is declared later is watched without anybody starting anything", { timeout: 60_000 }, async () => {
  const now = readFileSync(path.join(project.directory, "gonogo.config.ts"), "utf8");
  const more = now.replace("probes: {", 'probes: { pay: { type: "http", at: "/pay", every: "1s" },');
  project.write("gonogo.config.ts", "export default 1 +");
  await until(async () =>
    serving.said().includes("has mistakes; watching goes on as before") ? true : undefined,
  );
  project.write("gonogo.config.ts", more);
  expect(await until(async () => (await seen("probe/pay")).at(0))).toMatchObject({ state: "up" });
});

test("an application that is gone is down, and one incident says so", { timeout: 90_000 }, async () => {
  // A stop on purpose would be no outage.
  for (const { pid } of agentProcesses(path.join(project.directory, ".gonogo/staging/agent")))
    process.kill(pid, "SIGKILL");
  const down = await until(async () => (await seen("probe/front")).find(({ state }) => state === "down"));
  expect(down.detail).toMatch(/refused the connection|closed the connection/);
  await until(async () => ((await openIncidents()) > 0 ? true : undefined));
  const incidents = await until(async () => {
    const { stdout } = gonogo(project, ["incidents"]);
    return /P\d (api|probe): (up|front)/.test(stdout) ? stdout : undefined;
  });
  expect(incidents).toContain("open");
});

test("told to stop, it ends with everything kept", { timeout: 30_000 }, async () => {
  expect(await serving.ended("SIGTERM")).toBe(0);
  expect(serving.said()).toContain("stopped; nothing was lost");
  const newest = (await seen("probe/front")).at(-1);
  expect(doors.clock.now() - (newest?.at ?? 0)).toBeLessThan(15_000);
});

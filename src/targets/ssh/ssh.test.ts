import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type RunningCommand, startGonogo } from "../../../test/fixtures/running-command.ts";
import { CANARY, createSshProject, type SshProject } from "../../../test/fixtures/ssh-project.ts";
import { startSsh, type TestSsh } from "../../../test/fixtures/ssh-server.ts";
import { unprivilegedUser } from "../../../test/fixtures/unprivileged.ts";
import { agentProcesses } from "../../agent/launch-parent.ts";
import { fingerprintOf } from "./host-key.ts";

const STEPS = ["lock", "gate", "build", "upload", "stage", "verify", "switch"] as const;
const cutAfter = STEPS[randomInt(STEPS.length)] ?? "stage";

/** Commands of a real project, each with a deploy's own limits; a machine that does much else takes its time. */
const LIMIT_MS = 240_000;

let server: TestSsh;
let host: SshProject;

vi.setConfig({ testTimeout: LIMIT_MS });

beforeAll(async () => {
  server = await startSsh({ as: unprivilegedUser() });
  host = await createSshProject(server);
});

afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

/** The status with which the public address answers. */
function answer(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${url}/`, { rejectUnauthorized: false, agent: false }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    })
      .once("error", reject)
      .end();
  });
}

/** Asks the public address again and again, as users do, until it is told to stop; what went wrong. */
function startUsers(url: string): { stop(): Promise<string[]> } {
  const failures: string[] = [];
  const stop = new AbortController();
  const asking = (async () => {
    while (!stop.signal.aborted) {
      const status = await answer(url).catch((error: Error) => error.message);
      if (status !== 200) failures.push(String(status));
      await delay(40);
    }
  })();
  return {
    async stop() {
      stop.abort();
      await asking;
      return failures;
    },
  };
}

/** Every word of every command line on this machine, for as long as the command runs. */
async function wordsOfProcesses({ ended }: RunningCommand): Promise<Set<string>> {
  const words = new Set<string>();
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!isOver) {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        words.add(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
      } catch {
        // It has ended since it was listed.
      }
    }
    await delay(50);
  }
  return words;
}

/** Of the user over there. */
function crontab(): string[] {
  const as = unprivilegedUser() ? ["-u", server.user] : [];
  return spawnSync("crontab", [...as, "-l"], { encoding: "utf8" }).stdout.split("\n");
}

/** The agent, its parent, and what it runs. */
function processesOf(base: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) =>
      [`${base}/agent\0`, `GONOGO_AGENT=${base}/agent`].some((text) => saysOf(pid).includes(text)),
    )
    .map(Number);
}

function saysOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8") + readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

test("a host without a declared key is refused with its fingerprint and the line to add", async () => {
  await using stranger = await createSshProject(server, { hostKey: undefined });
  const refused = await stranger.gonogo("deploy");
  expect(refused.code).toBe(1);
  expect(flat(refused.stdout)).toContain(fingerprintOf(server.hostKey));
  expect(flat(refused.stdout)).toContain(`hostKey: "${server.hostKey}"`);
  expect(existsSync(stranger.base)).toBe(false);
});

test("a host with another key than the declared one is refused before anybody logs in", async () => {
  const [type, blob = ""] = readFileSync(`${server.identity}.pub`, "utf8").split(" ");
  await using stranger = await createSshProject(server, { hostKey: `${type} ${blob}` });
  const refused = await stranger.gonogo("deploy");
  expect(refused.code).toBe(1);
  expect(flat(refused.stdout)).toContain("is not the machine that is declared");
  expect(flat(refused.stdout)).toContain(fingerprintOf(server.hostKey));
  expect(existsSync(stranger.base)).toBe(false);
});

test("a host without Node.js is told with the way to it", async () => {
  const tools = mkdtempSync(path.join(path.dirname(server.root), "tools-"));
  for (const name of ["uname", "id", "cat"]) symlinkSync(`/usr/bin/${name}`, path.join(tools, name));
  await using bare = await startSsh({ config: [`SetEnv PATH=${tools} HOME=${tools}`] });
  await using project = await createSshProject(bare, { node: undefined });
  const refused = await project.gonogo("deploy");
  expect(refused.code).toBe(1);
  expect(flat(refused.stdout)).toContain("there is no Node.js on the machine");
  expect(flat(refused.stdout)).toContain("deb.nodesource.com/setup_24.x");
});

test("deploys twice under users, over a broken connection and a newer agent, without a failed request", async () => {
  const first = startGonogo(host.project, ["deploy"], host.env);
  const words = await wordsOfProcesses(first);
  const { stdout, stderr } = await first.ended;
  expect(stdout + stderr).toContain(`r1 is live at ${host.url}`);
  expect([...words].filter((line) => line.includes(CANARY))).toEqual([]);
  expect([...words].some((line) => line.includes("host-program"))).toBe(true);

  const users = startUsers(host.url);
  host.project.write("added.txt", "new in the second release");
  host.project.commit("Add a file");
  // As after an update of Gonogo: the agent's program is replaced under its users.
  writeFileSync(`${host.base}/runtime/version`, "an older one");
  const agent = () => processesOf(host.base).find((pid) => saysOf(`${pid}`).includes("agent/agent."));
  const earlier = agent();
  const second = startGonogo(host.project, ["deploy"], host.env);
  await second.wrote(/✓ build/);
  server.drop();
  expect((await second.ended).stdout).toContain("r2 is live");
  expect(agent()).not.toBe(earlier);
  expect(readFileSync(`${host.base}/runtime/version`, "utf8")).toMatch(/^[0-9a-f]{20}$/);
  const isNew = (name: string) => existsSync(`${host.base}/releases/r2/code/${name}`);
  expect(["added.txt", "server.mjs", "arriving"].map(isNew)).toEqual([true, true, false]);
  expect(readFileSync(`${host.base}/releases/r2/code/added.txt`, "utf8")).toContain("second release");

  const logs = (await host.gonogo("logs", "api")).stdout;
  expect(logs).toContain("token is [API_TOKEN]");
  expect(logs).not.toContain(CANARY);
  const back = await host.gonogo("rollback");
  expect(back.stdout).toContain("r1 is live");
  expect(await users.stop()).toEqual([]);
});

test(`a connection cut after "${cutAfter}" leaves one release live, is told, and the next deploy works`, async () => {
  const users = startUsers(host.url);
  const cut = startGonogo(host.project, ["deploy"], host.env);
  await cut.wrote(new RegExp(`✓ ${cutAfter}`));
  await server.cut();
  const { code, stdout } = await cut.ended;
  expect(code).toBe(1);
  expect(flat(stdout)).toMatch(/deploy d\d+ failed/);
  const isAfterwards = cutAfter === "switch";
  if (isAfterwards) expect(flat(stdout)).toContain("r3 may still be live");
  await server.start();
  expect((await host.gonogo("status")).stdout).toContain(`release ${isAfterwards ? "r3" : "r1"} at`);
  const next = await host.gonogo("deploy", "--format", "json");
  expect(JSON.parse(next.stdout)).toMatchObject({ deploy: { state: "done" } });
  expect(await users.stop()).toEqual([]);
});

test("after a power cut the line in the crontab brings the release back, and a check looks for it", async () => {
  const line = crontab().find((each) => each.endsWith(`# gonogo ${host.base}`)) ?? "";
  expect(line).toMatch(/^@reboot /);
  for (const pid of processesOf(host.base)) process.kill(pid, "SIGKILL");
  await expect(answer(host.url)).rejects.toThrow();
  const [cut] = (await host.gonogo("status")).stdout.split("\n");
  expect(cut).toMatch(/r\d+ was live; its agent has been gone for .+: gonogo deploy --env staging$/);
  spawnSync("/bin/sh", ["-c", line.replace("@reboot ", "")], {
    ...unprivilegedUser(),
    env: { PATH: "/usr/bin:/bin", HOME: server.place },
  });
  for (;;) if ((await answer(host.url).catch(() => 0)) === 200) break;
  const asked = await host.gonogo("check", "--only", "host.service.enabled", "--format", "json");
  expect(asked.stdout).toContain("its line is in the user's crontab");
});

test("stopping with a purge leaves nothing over there", async () => {
  // Without an agent it is ended from outside, process by process.
  for (const { pid } of agentProcesses(`${host.base}/agent`)) process.kill(pid, "SIGKILL");
  expect(await host.gonogo("stop", "--purge", "--yes")).toMatchObject({ code: 0, stderr: "" });
  expect(existsSync(host.base)).toBe(false);
  expect(processesOf(host.base)).toEqual([]);
  expect(crontab().filter((line) => line.includes(host.base))).toEqual([]);
  expect((await host.gonogo("status")).stdout).toContain("nothing is live");
});

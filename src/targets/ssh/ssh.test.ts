import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { request } from "node:https";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningCommand, startGonogo } from "../../../test/fixtures/running-command.ts";
import { CANARY, createSshProject, type SshProject } from "../../../test/fixtures/ssh-project.ts";
import { startSsh, type TestSsh } from "../../../test/fixtures/ssh-server.ts";
import { unprivilegedUser } from "../../../test/fixtures/unprivileged.ts";
import { fingerprintOf } from "./host-key.ts";

const STEPS = ["lock", "gate", "build", "upload", "stage", "verify", "switch"] as const;
const cutAfter = STEPS[randomInt(STEPS.length)] ?? "stage";

let server: TestSsh;
let host: SshProject;

beforeAll(async () => {
  server = await startSsh({ as: unprivilegedUser() });
  host = await createSshProject(server);
});

afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

/** Asks the public address again and again, as users do, until it is told to stop; what went wrong. */
function startUsers(url: string): { stop(): Promise<string[]> } {
  const failures: string[] = [];
  const stop = new AbortController();
  const ask = () =>
    new Promise<void>((resolve) => {
      const failed = (what: string) => {
        failures.push(what);
        resolve();
      };
      request(`${url}/`, { rejectUnauthorized: false, agent: false }, (answer) => {
        answer
          .resume()
          .once("end", () => (answer.statusCode === 200 ? resolve() : failed(`${answer.statusCode}`)));
      })
        .once("error", (error) => failed(error.message))
        .end();
    });
  const asking = (async () => {
    while (!stop.signal.aborted) {
      await ask();
      await delay(10);
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
    await delay(5);
  }
  return words;
}

const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

test("a host without a declared key is refused with its fingerprint and the line to add", async () => {
  await using stranger = await createSshProject(server, { hostKey: undefined });
  const refused = stranger.gonogo("deploy");
  expect(refused.code).toBe(1);
  expect(flat(refused.stdout)).toContain(fingerprintOf(server.hostKey));
  expect(flat(refused.stdout)).toContain(`hostKey: "${server.hostKey}"`);
  expect(existsSync(stranger.base)).toBe(false);
});

test("a host with another key than the declared one is refused before anybody logs in", async () => {
  const [type, blob = ""] = readFileSync(`${server.identity}.pub`, "utf8").split(" ");
  await using stranger = await createSshProject(server, { hostKey: `${type} ${blob}` });
  const refused = stranger.gonogo("deploy");
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
  const refused = project.gonogo("deploy");
  expect(refused.code).toBe(1);
  expect(flat(refused.stdout)).toContain("there is no Node.js on the machine");
  expect(flat(refused.stdout)).toContain("deb.nodesource.com/setup_24.x");
});

test("deploys twice under users without a failed request, shows logs, and goes back", async () => {
  const first = startGonogo(host.project, ["deploy"], host.env);
  const words = await wordsOfProcesses(first);
  const { stdout, stderr } = await first.ended;
  expect(stdout + stderr).toContain(`r1 is live at ${host.url}`);
  expect([...words].filter((line) => line.includes(CANARY))).toEqual([]);
  expect([...words].some((line) => line.includes("host-program"))).toBe(true);

  const users = startUsers(host.url);
  host.project.write("added.txt", "new in the second release");
  host.project.commit("Add a file");
  const second = JSON.parse(host.gonogo("deploy", "--format", "json").stdout);
  expect(second).toMatchObject({ deploy: { state: "done", release: "r2" }, downtime: { failed: 0 } });
  const sent = second.steps.find(
    ({ step, state }: { step: string; state: string }) => step === "upload" && state === "done",
  );
  expect(sent.detail).toMatchObject({ sentFiles: 1 });
  expect(readFileSync(`${host.base}/releases/r2/code/added.txt`, "utf8")).toContain("second release");

  const logs = host.gonogo("logs", "api").stdout;
  expect(logs).toContain("token is [API_TOKEN]");
  expect(logs).not.toContain(CANARY);
  const back = host.gonogo("rollback");
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
  expect(host.gonogo("status").stdout).toContain(`release ${isAfterwards ? "r3" : "r1"} at`);
  const next = host.gonogo("deploy", "--format", "json");
  expect(JSON.parse(next.stdout)).toMatchObject({ deploy: { state: "done" } });
  expect(await users.stop()).toEqual([]);
});

test("stopping with a purge leaves nothing over there", () => {
  expect(host.gonogo("stop", "--purge", "--yes").code).toBe(0);
  expect(existsSync(host.base)).toBe(false);
  expect(host.gonogo("status").stdout).toContain("nothing is live");
});

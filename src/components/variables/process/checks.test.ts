import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { subjectFor } from "../../../../test/fixtures/subject.ts";
import { ask } from "../../../assess/ask.ts";
import { createObserver } from "../../../facts/observer.ts";
import type { Outcome } from "../../../model/outcome.ts";
import type { Runtime } from "../../../model/runtime.ts";
import type { Subject } from "../../../model/subject.ts";
import { openDoors } from "../../../system/doors.ts";
import { variablesOptions } from "../options.ts";
import { nodeEnv } from "./checks.ts";

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

async function start(env: Record<string, string>): Promise<number> {
  const child = spawn("/bin/sh", ["-c", "echo up; read _"], { env, stdio: ["pipe", "pipe", "ignore"] });
  running.push(child);
  await once(child.stdout, "data");
  return child.pid ?? 0;
}

function runtimeOf(...pids: number[]): Runtime {
  const instances = pids.map((pid, index) => ({
    release: "r1",
    process: "api",
    index,
    state: "ready" as const,
    pid,
    port: undefined,
    startedAt: 0,
    restarts: 0,
    memoryBytes: undefined,
    heartbeatAt: undefined,
    lastExit: undefined,
  }));
  return { instances, schedules: [] };
}

async function answer(
  runtime: Runtime | undefined,
  files: Record<string, string> = { "package.json": "{}" },
  sibling = "web",
) {
  using project = createGitFolder(files, { git: false });
  await using doors = openDoors();
  const subject = subjectFor({
    options: variablesOptions.parse({}),
    directory: project.directory,
    siblings: [{ name: "api", kind: sibling, options: {} }],
    runtime,
  });
  return (await ask(createObserver(doors), subject as Subject, nodeEnv)).outcome as Outcome;
}

describe("config.env.node-env", () => {
  it("passes when every running process is in production mode", async () => {
    const pids = await Promise.all([start({ NODE_ENV: "production" }), start({ NODE_ENV: "production" })]);
    expect((await answer(runtimeOf(...pids))).status).toBe("pass");
  });

  it("tells another mode from none, and shows no unusual value", async () => {
    const good = await start({ NODE_ENV: "production" });
    const other = await answer(runtimeOf(good, await start({ NODE_ENV: "development" })));
    expect(other).toMatchObject({ status: "fail", found: "api 1: development" });
    const unset = await answer(runtimeOf(await start({ SECRET: "canary" })));
    expect(unset).toMatchObject({ summary: "NODE_ENV is not set", findings: ["api"] });
    const odd = await answer(runtimeOf(await start({ NODE_ENV: "canary" })));
    expect(JSON.stringify([unset, odd])).not.toContain("canary");
  });

  it("does not apply to other applications; cannot tell before a deploy or of a process that is gone", async () => {
    expect((await answer(undefined, { "manage.py": "" })).status).toBe("not applicable");
    expect((await answer(runtimeOf(), undefined, "site")).status).toBe("not applicable");
    expect((await answer(undefined)).status).toBe("unknown");
    expect((await answer(runtimeOf(2 ** 22 + 1))).status).toBe("unknown");
  });
});

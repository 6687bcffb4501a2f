import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { agentProcesses } from "../../src/agent/launch-parent.ts";
import { incidentsResult } from "../../src/cli/output/contracts/incident.ts";
import type { WatchRecord } from "../../src/cli/output/contracts/watch.ts";

import { builtCommand } from "../fixtures/built-command.ts";
import { freePort } from "../fixtures/leash.ts";
import { createProject, gonogo, ownPorts, type Project } from "../fixtures/project.ts";

// What `gonogo serve` makes of an environment that somebody stops and deploys again, and of one that is killed.

/** The front is asked each second and believed to be down after two answers. */
const LONGER_THAN_BELIEVED_MS = 10_000;

let project: Project;
let serve: ChildProcess;
let statusPage = "";

const run = (...args: string[]) => gonogo(project, args);
const json = (...args: string[]): unknown => JSON.parse(run(...args, "--format", "json").stdout);
const incidents = () => incidentsResult.parse(json("incidents")).incidents;
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 60_000, interval: 200 });
/** What everybody reads first. */
const told = async () => /role="status"><h1>([^<]*)/.exec(await (await fetch(statusPage)).text())?.[1];
const heardSince = (at: number): string[] =>
  (json("watch", "--once") as WatchRecord).monitors
    .filter((each) => each.id === "probe/front" && (each.at ?? 0) > at)
    .map(({ state }) => state);

beforeAll(async () => {
  project = createProject();
  await ownPorts(project);
  const listen = `127.0.0.1:${await freePort()}`;
  statusPage = `http://${listen}/status`;
  const config = readFileSync(path.join(project.directory, "gonogo.config.ts"), "utf8");
  project.write(
    "gonogo.config.ts",
    config.replace(
      "  deploy:",
      `  watch: { listen: "${listen}", probes: { front: { type: "http", at: "/", every: "1s" } } },\n  deploy:`,
    ),
  );
  project.commit("A front that is asked each second");
  expect(run("deploy")).toMatchObject({ code: 0 });
  serve = spawn(process.execPath, [builtCommand(), "serve", "--project", project.directory], {
    stdio: "ignore",
  });
}, 120_000);

afterAll(async () => {
  serve.kill("SIGTERM");
  await once(serve, "exit");
  await project[Symbol.asyncDispose]();
});

it("tells nobody of an environment that somebody stopped, and goes on when it is deployed again", async () => {
  await eventually(() => heardSince(0)).toEqual(["up"]);
  expect(run("stop", "--yes")).toMatchObject({ code: 0 });
  const stoppedAt = Date.now();
  await eventually(() => Date.now() - stoppedAt).toBeGreaterThan(LONGER_THAN_BELIEVED_MS);
  expect(incidents()).toEqual([]);
  await eventually(told).toMatch(/^Stopped on purpose, since /);
  expect(run("deploy")).toMatchObject({ code: 0 });
  const deployedAt = Date.now();
  await eventually(() => heardSince(deployedAt)).toEqual(["up"]);
  await eventually(told).toBe("All systems operational");
  expect(incidents()).toEqual([]);
}, 180_000);

it("opens an incident of one whose agent was killed, though it was stopped once", async () => {
  const killedAt = Date.now();
  for (const { pid } of agentProcesses(path.join(project.directory, ".gonogo/staging/agent")))
    process.kill(pid, "SIGKILL");
  await eventually(() => incidents().length).toBeGreaterThan(0);
  expect(incidents().every(({ openedAt }) => openedAt > killedAt)).toBe(true);
}, 120_000);

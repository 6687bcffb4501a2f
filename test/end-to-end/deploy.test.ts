import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agentProcesses } from "../../src/agent/launch-parent.ts";
import { builtCommand } from "../fixtures/built-command.ts";
import { createProject, gonogo, ownPorts, type Project } from "../fixtures/project.ts";

const CANARY = "canary-3f9a1c7e5b2d";

let project: Project;
const run = (...args: string[]) => gonogo(project, args);
const json = (...args: string[]) => JSON.parse(run(...args, "--format", "json").stdout);
const variables = (text: string) =>
  project.write(".env.staging", `GREETING=hello\nAPI_TOKEN=${CANARY}\n${text}`);
const configured = (from: string, to: string) => {
  const text = readFileSync(path.join(project.directory, "gonogo.config.ts"), "utf8");
  expect(text).toContain(from);
  project.write("gonogo.config.ts", text.replace(from, to));
};

beforeAll(async () => {
  project = createProject();
  await ownPorts(project);
  configured('start: "node server.mjs"', 'start: "node server.mjs", startTimeout: "3s"');
  project.commit("Less patience");
  variables("");
  expect(run("deploy")).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
});

describe("a release that is no good never meets a user", () => {
  it.each([
    ["throws at boot", "MISBEHAVE=throw", "thrown at boot", /api\.\d +.*thrown at boot/],
    [
      "hangs at boot",
      "MISBEHAVE=hang",
      "was not ready within 3000 ms",
      /no log lines of r\d+: it wrote none/,
    ],
    ["never gets ready", "MISBEHAVE=never-ready\nLOG_MEGABYTES=1", "answered 503", /the last line/],
    [
      "answers 500 on a declared route",
      "MISBEHAVE=route\nLOG_MEGABYTES=1",
      "/pay answered 500",
      /the last line/,
    ],
  ])("one that %s", (_, text, reason, said) => {
    const before = json("status").live;
    variables(text);
    const result = run("deploy");
    expect(result.code).toBe(1);
    expect(result.stdout).toContain(reason);
    expect(result.stdout + result.stderr).not.toContain(CANARY);
    expect(json("status")).toMatchObject({ live: before, staged: null, lease: null });
    const [, command = ""] = /^Logs: gonogo (logs --env staging --release r\d+)$/m.exec(result.stdout) ?? [];
    const logs = run(...command.split(" "));
    expect(logs.stdout).toMatch(said);
    expect(logs.stdout).not.toContain(CANARY);
    variables("");
  });

  it("one whose build fails", () => {
    const before = json("status").live;
    configured('start: "node server.mjs"', 'build: "echo about to break; exit 7", start: "node server.mjs"');
    const result = run("deploy");
    expect(result.code).toBe(1);
    expect(result.stdout).toContain("exited with 7");
    expect(result.stdout).toContain("about to break");
    expect(json("status").live).toBe(before);
    configured('build: "echo about to break; exit 7", start: "node server.mjs"', 'start: "node server.mjs"');
  });
});

it("goes back by itself from a release that goes bad after the switch, and refuses it the next time", () => {
  const before = json("status").live;
  variables("MISBEHAVE=later");
  configured('bake: "500ms"', 'bake: "30s"');
  const result = run("deploy", "--format", "json");
  const record = JSON.parse(result.stdout);
  expect(result.code).toBe(1);
  expect(record.deploy.state).toBe("rolled back");
  expect(record.downtime.failed).toBeGreaterThan(0);
  expect(json("status").live).toBe(before);
  const again = run("deploy");
  expect(again).toMatchObject({ code: 1 });
  expect(again.stdout).toContain("--reason");
  variables("");
  configured('bake: "30s"', 'bake: "500ms"');
});

it("rolls back to the previous good release and forward again", () => {
  expect(run("deploy", "--reason", "mended")).toMatchObject({ code: 0 });
  const after = json("status").live;
  const back = run("rollback", "--format", "json");
  expect(back.code).toBe(0);
  const record = JSON.parse(back.stdout);
  expect(record.release.id).not.toBe(after);
  expect(record.downtime.failed).toBe(0);
  expect(run("rollback", "--to", after)).toMatchObject({ code: 0 });
  expect(json("status").live).toBe(after);
  expect(run("rollback", "--to", "r999")).toMatchObject({ code: 2 });
});

it("refuses a second deploy at the same time, with who, since when and which step", async () => {
  configured('bake: "500ms"', 'bake: "20s"');
  const first = spawn(
    process.execPath,
    [builtCommand(), "deploy", "--project", project.directory, "--by", "ada"],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let end = "";
  first.stdout.setEncoding("utf8").on("data", (text: string) => {
    end += text;
  });
  let told = "";
  first.stderr.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  while (!told.includes("✓ switch")) await once(first.stderr, "data");
  const second = run("deploy", "--by", "bob");
  expect(second.code).toBe(1);
  expect(second.stdout).toMatch(/ada/);
  expect(second.stdout).toMatch(/bake/);
  first.kill("SIGINT");
  const [code] = await once(first, "close");
  expect(code).toBe(1);
  // There is nothing to mend.
  expect(end).toMatch(
    /bake: stopped by SIGINT\n(.*\n)*Next: gonogo status --env staging shows what is live, gonogo deploy --env staging starts over/,
  );
  expect(end).not.toContain("mend it");
  expect(json("status")).toMatchObject({ lease: null, staged: null });
  // Whoever ended it knows: nobody is told of an incident.
  expect(run("incidents").stdout).not.toContain("SIGINT");
  configured('bake: "20s"', 'bake: "500ms"');
});

it("says that the lock could not be given back when the agent died, and lets the next deploy have it at once", async () => {
  configured('start: "node server.mjs"', 'build: "sleep 60", start: "node server.mjs"');
  const first = spawn(process.execPath, [builtCommand(), "deploy", "--project", project.directory], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  for (const stream of [first.stdout, first.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      told += text;
    });
  while (!told.includes("✓ gate")) await once(first.stderr, "data");
  for (const { pid } of agentProcesses(path.join(project.directory, ".gonogo/staging/agent")))
    process.kill(pid, "SIGKILL");
  const [code] = await once(first, "close");
  expect(code).toBe(1);
  expect(told).toMatch(/✗ unlock +the agent does not answer/);
  expect(told).toMatch(/deploy d\d+ failed\n +(build: the lock was lost: )?the agent does not answer/);
  configured('build: "sleep 60", start: "node server.mjs"', 'start: "node server.mjs"');
  expect(run("deploy")).toMatchObject({ code: 0, stderr: expect.stringContaining("✓ unlock") });
});

it("keeps the values of variables out of git, though the project does not ignore them", () => {
  const ignored = readFileSync(path.join(project.directory, ".gitignore"), "utf8");
  project.write(".gitignore", ".env.staging\n");
  const status = execFileSync("git", ["status", "--short", "--untracked-files=all"], {
    cwd: project.directory,
    encoding: "utf8",
  });
  project.write(".gitignore", ignored);
  expect(status).not.toContain(".gonogo");
});

it("does not deploy to another port than the one that is declared, and says so in the plan", () => {
  const { port } = new URL(json("status").address);
  configured(`port: ${port},`, "port: 20443,");
  const refused = /Fix: gonogo stop --env staging, then gonogo deploy --env staging/;
  const { obstacle } = json("plan");
  expect(obstacle).toMatchObject({
    what: expect.stringMatching(/^declared is port 20443; what runs answers at https:/),
    where: "local({ port })",
  });
  expect(run("plan").stdout).toContain("  refused     declared is port 20443");
  const deployed = run("deploy");
  expect(deployed).toMatchObject({ code: 1, stdout: expect.stringMatching(refused) });
  configured("port: 20443,", `port: ${port},`);
});

it("names a taken port and who holds it, and starts nothing", async () => {
  await using other = createProject();
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const config = readFileSync(path.join(other.directory, "gonogo.config.ts"), "utf8");
  other.write("gonogo.config.ts", config.replace("local()", `local({ port: ${port} })`));
  const result = gonogo(other, ["deploy"]);
  server.close();
  expect(result.code).not.toBe(0);
  expect(result.stdout + result.stderr).toContain(String(port));
});

it("says what a binary or oversized variables file is, without its content", () => {
  project.write(".env.staging", `A=\u0000\u0001\nAPI_TOKEN=${CANARY}\n`);
  const binary = run("deploy");
  expect(binary.code).not.toBe(0);
  project.write(".env.staging", `BIG=${CANARY.repeat(600_000)}\n`);
  const big = run("check");
  expect(big.code).toBe(2);
  expect(binary.stdout + binary.stderr + big.stdout + big.stderr).not.toContain(CANARY);
  variables("");
});

it("tells a release whose agent was killed from one that was stopped, with what to do", {
  timeout: 120_000,
}, async () => {
  const deployAgain = expect.stringContaining("Fix: gonogo deploy --env staging");
  await using fresh = createProject();
  expect(gonogo(fresh, ["logs"])).toMatchObject({ code: 2, stderr: deployAgain });

  const { live } = json("status");
  for (const { pid } of agentProcesses(path.join(project.directory, ".gonogo/staging/agent")))
    process.kill(pid, "SIGKILL");
  const killed = run("status");
  expect(killed).toMatchObject({ code: 1, stderr: "" });
  expect(killed.stdout.split("\n")[0]).toMatch(
    /^tiny · staging · r\d+ was live; its agent has been gone for .+: gonogo deploy --env staging$/,
  );
  const { lost, ...record } = json("status");
  expect(record.live).toBeNull();
  expect(lost).toEqual({ release: live, seenAt: expect.any(Number) });
  expect(lost.seenAt).toBeLessThanOrEqual(Date.now());
  expect(run("logs")).toMatchObject({ code: 2, stderr: deployAgain });

  expect(run("stop", "--yes")).toMatchObject({ code: 0 });
  expect(json("status")).toMatchObject({ live: null, lost: null });
});

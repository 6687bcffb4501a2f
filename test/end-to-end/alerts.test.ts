import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { incidentResult, incidentsResult } from "../../src/cli/output/contracts/incident.ts";
import { openBrowser } from "../fixtures/browser.ts";
import { builtCommand } from "../fixtures/built-command.ts";
import { createProject, gonogo, ownPorts, type Project } from "../fixtures/project.ts";
import { type Receiver, startReceiver } from "../fixtures/vendor-receivers.ts";
import { startUsers } from "../watched/users.ts";

// What `gonogo serve` tells people of a real application with a real Slack-shaped receiver, and what it does by itself.

let project: Project;
let slack: Receiver;
let serve: ChildProcess;

const run = (...args: string[]) => gonogo(project, args);
const json = (...args: string[]): unknown => JSON.parse(run(...args, "--format", "json").stdout);
const told = () => slack.taken.map(({ body }) => String((body as { text: string }).text));
/** Each release fails by a file of its own: the one before is well. */
const spoil = (release: number) => project.write(`spoiled-${release}`, "");
const mend = (release: number) => rmSync(path.join(project.directory, `spoiled-${release}`), { force: true });
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 120_000, interval: 200 });
const variables = (release: number, more = "") =>
  project.write(
    ".env.staging",
    `SPOILED_BY=${project.directory}/spoiled-${release}\nSLACK_WEBHOOK_URL=${slack.url}/services/T0/B0/canary9f1\n${more}`,
  );

beforeAll(async () => {
  slack = await startReceiver("slack");
  project = createProject();
  await ownPorts(project);
  const config = readFileSync(path.join(project.directory, "gonogo.config.ts"), "utf8");
  project.write(
    "gonogo.config.ts",
    config
      .replace("local, web", "local, slack, web")
      .replace('bake: "500ms"', 'bake: "500ms", rollbackOn: [{ component: "api" }]')
      .replace(
        "  deploy:",
        '  alerts: { channels: { oncall: slack() }, group: { every: "2s" }, thresholds: [{ p50: "700ms", over: "1m" }] },\n  deploy:',
      ),
  );
  variables(1);
  project.write(".gitignore", ".gonogo/\n.env.staging\nspoiled-*\n");
  project.commit("Somebody to tell");
  expect(run("deploy")).toMatchObject({ code: 0 });
  serve = spawn(process.execPath, [builtCommand(), "serve", "--project", project.directory], {
    stdio: "ignore",
  });
}, 120_000);

afterAll(async () => {
  serve.kill("SIGTERM");
  expect(serve.exitCode ?? (await once(serve, "exit"))[0]).toBe(0);
  await project[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
});

it("makes one incident of an application that fails, tells it once, and tells its end", async () => {
  spoil(1);
  await eventually(() => told().length).toBe(1);
  expect(told()[0]).toMatch(/^\[P0\] tiny staging: api: up fails/);
  expect(told()[0]).toContain("suspect: release r1");
  const status = run("status");
  expect(status.code).toBe(1);
  expect(status.stdout.split("\n")[0]).toContain("tiny · staging · i1 (P0) is open · release r1");
  expect(run("status", "--all").stdout.split("\n")[0]).toBe(
    "i1 (P0) is open: gonogo incidents --env staging",
  );
  // Nothing was live before the first release, so there is nothing to go back to.
  expect(run("incidents", "ack", "--by", "ada").code).toBe(0);
  mend(1);
  await eventually(() => told().at(-1)).toMatch(/^\[resolved\]/);
  const { incidents } = incidentsResult.parse(json("incidents"));
  expect(incidents.map(({ id, state, acknowledgedBy }) => [id, state, acknowledgedBy])).toEqual([
    ["i1", "resolved", "ada"],
  ]);
}, 240_000);

it("sends a release back that fails a minute after its bake, into the incident it made, and refuses it the next time", async () => {
  variables(2);
  project.write(
    "server.mjs",
    `${readFileSync(path.join(project.directory, "server.mjs"), "utf8")}// changed\n`,
  );
  project.commit("A change that will turn out bad");
  expect(run("deploy")).toMatchObject({ code: 0 });
  const before = told().length;
  spoil(2);
  await eventually(() => told().slice(before).join("\n")).toContain("release r2 was sent back to r1");
  await eventually(() => (json("status") as { live: string }).live).toBe("r1");
  const [newest] = incidentsResult.parse(json("incidents")).incidents;
  const shown = incidentResult.parse(json("incidents", "show", newest?.id ?? ""));
  // Soon after it is over, for the release before does well.
  expect(shown.incident).toMatchObject({ mitigatedAt: expect.any(Number), suspect: { release: "r2" } });
  const timeline = shown.timeline.map(({ kind, text }) => `${kind}: ${text}`).join("\n");
  expect(timeline).toMatch(/rolled back: d3: r2 to r1, because api\//);
  expect(timeline).toContain("A change that will turn out bad");
  expect(timeline).toContain("server.mjs");

  const refused = run("deploy");
  expect(refused.code).not.toBe(0);
  expect(refused.stdout + refused.stderr).toContain("this commit was rolled back as r2");
  await eventually(() => told().at(-1)).toMatch(/^\[resolved\]/);
  mend(2);
  const again = run("deploy", "--reason", "it was the file, not the code");
  expect(again).toMatchObject({ code: 0 });
}, 240_000);

it("goes back within the bake from a release that fails at once, and opens an incident with what it changed", async () => {
  variables(4, "API_TOKEN=new\n");
  project.write("README.md", "Another change\n");
  project.commit("Another change");
  const config = readFileSync(path.join(project.directory, "gonogo.config.ts"), "utf8");
  project.write("gonogo.config.ts", config.replace('bake: "500ms"', 'bake: "5s"'));
  project.commit("A longer look");
  const before = told().length;
  const deploy = spawn(process.execPath, [builtCommand(), "deploy", "--project", project.directory]);
  let stdout = "";
  deploy.stdout.on("data", (text) => (stdout += text));
  // Bad only once users are on it.
  deploy.stderr.on("data", (text) => (/✓ switch/.test(String(text)) ? spoil(4) : undefined));
  expect((await once(deploy, "close"))[0]).toBe(1);
  const id = /incident (i\d+) is open/.exec(stdout)?.[1] ?? "";
  const { incident, timeline } = incidentResult.parse(json("incidents", "show", id));
  expect(incident).toMatchObject({ state: "mitigated", severity: "P1", component: "deploy" });
  const said = timeline.map(({ kind, text }) => `${kind}: ${text}`).join("\n");
  expect(said).toContain("note: variables changed: SPOILED_BY");
  expect(said).toContain("Another change");
  expect(said).toContain("the declaration changed");
  await eventually(() => told().slice(before).join("\n")).toContain(`gonogo incidents ack ${id}`);
  expect(told().join("\n") + stdout + JSON.stringify(timeline)).not.toContain("canary9f1");
}, 120_000);

it("asks people about a release that goes bad, where they look, and takes their answer, when the policy is to ask", async () => {
  mend(4);
  variables(5);
  const config = readFileSync(path.join(project.directory, "gonogo.config.ts"), "utf8");
  project.write("gonogo.config.ts", config.replace('bake: "5s"', 'bake: "5s", onBadBake: "ask"'));
  project.write("README.md", "A third change\n");
  project.commit("A third change");
  const live = () => (json("status") as { live: string }).live;
  const good = live();
  const before = told().length;
  const deploy = spawn(process.execPath, [builtCommand(), "deploy", "--project", project.directory]);
  let stdout = "";
  deploy.stdout.on("data", (text) => (stdout += text));
  deploy.stderr.on("data", (text) => (/✓ switch/.test(String(text)) ? spoil(5) : undefined));
  expect((await once(deploy, "close"))[0]).toBe(1);
  const id = /incident (i\d+) asks what is to become of it/.exec(stdout)?.[1] ?? "";
  expect(live()).not.toBe(good);
  const status = run("status").stdout.replace(/\s+/g, " ");
  expect(status).toMatch(new RegExp(`\\? ${id} r\\d+ stays live although .*the policy is "ask"`));
  expect(status).toContain("go back gonogo rollback --env staging");
  expect(status).toContain(`keep it gonogo incidents mitigate ${id} "it stays: ..." --env staging`);
  const message =
    told()
      .slice(before)
      .find((text) => text.includes("stays live")) ?? "";
  expect(message).toContain("go back: gonogo rollback --env staging");

  const bad = live();
  const key = run("key", "add", "ada", "--scope", "write").stdout.match(/gonogo_[\w-]+/)?.[0] ?? "";
  const port = readFileSync(path.join(project.directory, ".gonogo/staging/watch-port"), "utf8").trim();
  await using browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/incidents/${id}`);
  await page.getByLabel("A key of this project").fill(key);
  await page.getByRole("button", { name: "Open the dashboard" }).click();
  await page.getByLabel("Why").fill("it fails");
  await page.getByLabel("Why").press("Enter");
  expect(live()).toBe(bad);
  await page.getByRole("button", { name: `Go back to ${good}` }).click();
  await page.waitForURL(`**/incidents/${id}`);
  await eventually(live).toBe(good);
  await page.reload();
  await page.getByText("rolled back", { exact: true }).waitFor();
  expect(await page.getByRole("button", { name: /Go back|stays/ }).count()).toBe(0);
  expect((json("status") as { questions: unknown }).questions).toEqual([]);
  const { timeline } = incidentResult.parse(json("incidents", "show", id));
  expect(timeline.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["asked", "rolled back", "mitigated"]),
  );
}, 120_000);

it("sends a release back whose answers are slow, which nobody's check calls down", async () => {
  variables(6);
  const config = readFileSync(path.join(project.directory, "gonogo.config.ts"), "utf8");
  project.write(
    "gonogo.config.ts",
    config
      .replace('onBadBake: "ask"', 'onBadBake: "rollback"')
      .replace('rollbackOn: [{ component: "api" }]', 'rollbackOn: [{ component: "api" }, { p95: "600ms" }]'),
  );
  project.write("README.md", "A fourth change\n");
  project.commit("A fourth change");
  const { live: good, address } = json("status") as { live: string; address: string };
  const before = told().length;
  expect(run("deploy")).toMatchObject({ code: 0 });
  const { live: slow } = json("status") as { live: string };
  // Fewer than half of them, whom the threshold is about.
  await using _most = startUsers(`${address}/`, { everyMs: 50 });
  await using _some = startUsers(`${address}/slow`, { everyMs: 200 });
  await eventually(() => told().slice(before).join("\n")).toMatch(
    new RegExp(`release ${slow} went back to ${good}: p95 is \\d+ ms; more than 600 ms rolls back`),
  );
  expect(json("status")).toMatchObject({ live: good });
}, 240_000);

it("tells people while half of the users wait longer than the threshold lets them, and that it is over", async () => {
  const { address } = json("status") as { address: string };
  const before = told().length;
  {
    await using _users = startUsers(`${address}/slow`, { everyMs: 100 });
    await eventually(() => told().slice(before).join("\n")).toMatch(
      /requests slower than 700 ms in 1 min: .* %, at most 50 %/,
    );
  }
  await using _users = startUsers(`${address}/`, { everyMs: 50 });
  await eventually(() => told().at(-1)).toMatch(/^\[resolved\]/);
  const [newest] = incidentsResult.parse(json("incidents")).incidents;
  expect(newest).toMatchObject({ component: "threshold", state: "resolved" });
}, 300_000);

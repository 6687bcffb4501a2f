import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { z } from "zod";
import type { incidentResult, incidentsResult } from "../../src/cli/output/contracts/incident.ts";
import { agentOf } from "../fixtures/agent-of.ts";
import { builtCommand } from "../fixtures/built-command.ts";
import { type Receiver, startReceiver } from "../fixtures/vendor-receivers.ts";
import type { ExampleCopy } from "../sabotage/example-copy.ts";
import { asSuperuser, pidsOf } from "../sabotage/services.ts";
import { copySoulSeer } from "../sabotage/soulseer.ts";
import { buildFaultsIn, edit, type Faults, failWhenTold } from "./faults.ts";
import { startUsers } from "./users.ts";

/* SoulSeer, deployed and watched for real: four things break, one after the other, and each is told once, by its cause. */

const WATCH = `watch: {
    every: {
      "jobs.worker.running": "2s",
      "webhook.signature.raw-body": "2s",
      "process.health.ready": "2s",
    },
  },
  alerts: { channels: { oncall: slack() }, group: { every: "2s" } },
  deploy:`;

type Incidents = z.infer<typeof incidentsResult>["incidents"];
type Shown = z.infer<typeof incidentResult>;
interface Status {
  live: string | null;
}

let app: ExampleCopy;
let slack: Receiver;
let serve: ChildProcess;
let faults: Faults;
let address: string;
let said = "";

const on = ["--env", "staging"] as const;
const deploy = async () =>
  (await app.run<{ deploy: { state: string; reason: string | null } }>("deploy", ...on)).deploy;
const incidents = async () => (await app.run<{ incidents: Incidents }>("incidents", ...on)).incidents;
const told = () => slack.taken.map(({ body }) => String((body as { text: string }).text));

const PATIENCE_MS = 150_000;

/** So many well answered requests that the few bad ones are a small share again, as among the users of a day. */
const rush = () => startUsers(`${address}/`, { everyMs: 12 });

/** Waits for the one incident after so many, mends, waits for its end, and gives it as it was in the end. */
async function oneIncident(before: number, mend: () => void | Promise<void>): Promise<Shown> {
  // What was told is looked at first: each look at the incidents is a command.
  const earlier = told().length;
  await eventually(() => told().length > earlier);
  await eventually(async () => {
    const now = await incidents();
    return now[0]?.toldAt != null && now.length > before;
  });
  await mend();
  await eventually(() => told().at(-1)?.startsWith("[resolved]") === true);
  await eventually(async () => (await incidents()).every(({ state }) => state === "resolved"));
  const all = await incidents();
  expect(
    all.slice(0, all.length - before).map(({ id, title, component }) => `${id} ${component}: ${title}`),
  ).toHaveLength(1);
  const shown = await app.run<Shown>("incidents", "show", all[0]?.id ?? "", ...on);
  expect(shown.messages.map(({ channel, state }) => `${channel} ${state}`)).toEqual(
    shown.messages.map(() => "oncall sent"),
  );
  // What fails because of it may join it, and is told in the same thread.
  expect(shown.messages.map(({ kind }) => kind).at(-1)).toBe("firing");
  return shown;
}

async function eventually(look: () => Promise<boolean> | boolean): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (!(await look())) {
    if (performance.now() > until)
      throw new Error(`it did not come to that: ${JSON.stringify([await incidents(), told()])}`);
    await delay(200);
  }
}

beforeAll(async () => {
  slack = await startReceiver("slack");
  app = await copySoulSeer();
  faults = buildFaultsIn(app);
  edit(app, "gonogo.config.ts", [
    ["  schedule,\n", "  schedule,\n  slack,\n"],
    ["deploy: {", `${WATCH} {`],
    ['heartbeat: "15s"', 'heartbeat: "8s"'],
    ['bake: "500ms"', 'bake: "500ms", rollbackOn: [{ component: "api" }], guard: "1h"'],
  ]);
  app.write(
    ".env.staging",
    `${app.read(".env.staging")}SLACK_WEBHOOK_URL=${slack.url}/services/T0/B0/canary9f1\n`,
  );
  app.commit("Somebody to tell, and ways to break");
  expect(await deploy()).toMatchObject({ state: "done", reason: null });
  address = /https:\/\/soulseer\.localhost:\d+/.exec(app.read(".env.staging"))?.[0] ?? "";
  serve = spawn(process.execPath, [builtCommand(), "serve", ...on, "--project", app.directory], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  serve.stderr?.on("data", (text) => (said += text));
}, 300_000);

afterAll(async () => {
  serve?.kill("SIGTERM");
  if (serve?.exitCode === null) await once(serve, "exit");
  await app?.[Symbol.asyncDispose]();
  await slack?.[Symbol.asyncDispose]();
}, 120_000);

it("tells of a worker that is stopped", async () => {
  await eventually(async () => said.includes("watching"));
  expect(await incidents()).toEqual([]);
  const pids = await pidsOf(app, "billing");
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  const { incident } = await oneIncident(0, () => {
    for (const pid of pids) process.kill(pid, "SIGCONT");
  });
  expect(incident).toMatchObject({ component: "billing", affected: ["billing"] });
}, 300_000);

it("tells of a Stripe webhook that is broken", async () => {
  const user = userOf(app);
  const before = (await incidents()).length;
  await asSuperuser(app, `revoke insert on stripe_event from ${user}`);
  const { incident } = await oneIncident(before, () =>
    asSuperuser(app, `grant insert on stripe_event to ${user}`),
  );
  expect(incident).toMatchObject({ component: "payments", affected: ["payments"] });
}, 300_000);

it("tells of an API that is slowed to two seconds", async () => {
  const before = (await incidents()).length;
  // As often as its limit lets one client ask.
  await using users = startUsers(`${address}/api/readers`, { everyMs: 130 });
  faults.begin("slow");
  await using many = new AsyncDisposableStack();
  const { incident } = await oneIncident(before, () => {
    faults.end("slow");
    many.use(rush());
  });
  expect(incident).toMatchObject({ component: "promise" });
  expect(incident.title).toContain("latency");
  expect(users.got.every(({ status }) => status === 200)).toBe(true);
}, 300_000);

it("sends back a release that fails after its bake, and no request fails but its own", async () => {
  const before = (await incidents()).length;
  const good = (await app.run<Status>("status", ...on)).live;
  // Not a path with a limit: a check of the deploy tries that out, from this very machine.
  await using users = startUsers(`${address}/`);
  const spoiled = failWhenTold(app);
  app.commit("A release that turns out bad");
  expect(await deploy()).toMatchObject({ state: "done", reason: null });
  expect((await app.run<Status>("status", ...on)).live).not.toBe(good);
  spoiled.tell();
  await using many = new AsyncDisposableStack();
  const { incident, timeline } = await oneIncident(before, async () => {
    await eventually(async () => (await agentOf(app).send("status", {})).live === good);
    expect((await app.run<Status>("status", ...on)).live).toBe(good);
    many.use(rush());
  });
  expect(incident).toMatchObject({ component: "api", release: expect.not.stringMatching(`^${good}$`) });
  const said = timeline.map(({ kind, text }) => `${kind}: ${text}`).join("\n");
  expect(said).toMatch(/rolled back: .*because api\//);
  expect(said).toMatch(/note: .*A release that turns out bad/);
  expect(said).toMatch(/note: .*src\/http\/listener\.ts/);
  const failed = users.got.filter(({ status }) => status !== 200);
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.filter(({ spoiled }) => !spoiled)).toEqual([]);
  expect(await deploy()).toMatchObject({
    state: "failed",
    reason: expect.stringContaining("this commit was rolled back as"),
  });
}, 300_000);

function userOf(copy: ExampleCopy): string {
  const supplied = JSON.parse(copy.read(".gonogo/staging/provisioned.json")) as { DATABASE_URL: string };
  return `"${new URL(supplied.DATABASE_URL).username}"`;
}

import { afterAll, beforeAll, expect, test } from "vitest";
import {
  goLive,
  type LocalEnvironment,
  oddRelease,
  openLocalEnvironment,
  until,
  WEB,
  WORKER,
} from "../../../test/fixtures/local-environment.ts";
import { messageOf, UserError } from "../../model/errors.ts";
import type { Process } from "../../model/process.ts";

const CANARY = "canary-77ab-99";
const IMPATIENT: Process = {
  ...WEB,
  health: { path: "/health", timeoutMs: 200, intervalMs: 50, successes: 2, startTimeoutMs: 1_500 },
};
const DELIBERATE: Process = {
  ...IMPATIENT,
  health: { ...IMPATIENT.health, startTimeoutMs: 20_000 } as never,
};

let env: LocalEnvironment;
beforeAll(async () => {
  env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
});
afterAll(async () => await env[Symbol.asyncDispose]());

test.each<[string, Process, Record<string, string>, RegExp, RegExp]>([
  [
    "throws",
    DELIBERATE,
    { BEHAVE: "throw" },
    /api\.0 ended 3 times.*exit: code 1.*cannot start with \[SECRET_TOKEN\]/s,
    /exits at once with code 1/,
  ],
  ["ends without an error", DELIBERATE, { BEHAVE: "exit:0" }, /exit: code 0/, /must keep running/],
  [
    "wants a variable",
    DELIBERATE,
    { BEHAVE: "wants-variable:STRIPE_KEY" },
    /STRIPE_KEY is not set/,
    /wants the variable STRIPE_KEY/,
  ],
  ["has no program", { ...DELIBERATE, start: "serve-it" }, {}, /exit: code 127/, /no program "serve-it"/],
  [
    "hangs",
    IMPATIENT,
    { BEHAVE: "hang" },
    /was not ready within 1500 ms.*no answer within 200 ms/s,
    /it hangs/,
  ],
  ["does not listen", IMPATIENT, { BEHAVE: "deaf" }, /connection refused/, /does not listen on any port yet/],
  [
    "listens elsewhere",
    IMPATIENT,
    { BEHAVE: "wrong-port" },
    /connection refused/,
    /listens on port \d+; it must listen on the port in PORT/,
  ],
  ["redirects", IMPATIENT, { BEHAVE: "redirect:" }, /answered 302 to \/login/, /redirects to \/login/],
  [
    "is not well",
    IMPATIENT,
    { BEHAVE: "unwell" },
    /answered 503.*not well: \[SECRET_TOKEN\]/s,
    /not well \(status 503\)/,
  ],
  [
    "has no such page",
    { ...IMPATIENT, health: { ...IMPATIENT.health, path: "/up" } as never },
    {},
    /answered 404/,
    /no page \/up/,
  ],
  [
    "goes on without such a page, long before its time is over,",
    { ...DELIBERATE, health: { ...DELIBERATE.health, path: "/up" } as never },
    {},
    /api\.0 has answered \/up with 404 for 5 s.*answered 404/s,
    /no page \/up; declare the path/,
  ],
])("a release that %s is refused with what was seen", async (_, web, variables, seen, cause) => {
  await using lease = await env.target.lock("ada", "deploy d2", env.signal);
  const release = oddRelease("r2", { ...variables, SECRET_TOKEN: CANARY }, [web]);
  const refused = await env.target.stage(lease, release, env.signal).catch((thrown: unknown) => thrown);
  expect(refused).toBeInstanceOf(UserError);
  expect(messageOf(refused)).toMatch(seen);
  expect((refused as UserError).fix).toMatch(cause);
  expect(`${messageOf(refused)} ${(refused as UserError).fix}`).not.toContain(CANARY);
  expect((await env.get("/")).body).toContain('"r1"');
  await env.target.discard(lease, "r2", env.signal);
  const { instances, releases } = await env.target.status(env.signal);
  const others = instances.filter(({ release: id }) => id !== "r1").map(({ state }) => state);
  expect(others.filter((state) => state !== "stopping" && state !== "stopped")).toEqual([]);
  expect(releases).toEqual(["r1"]);
});

test("what a refused release said can be asked for afterwards, masked", async () => {
  {
    await using lease = await env.target.lock("ada", "deploy d2", env.signal);
    const release = oddRelease("r7", { BEHAVE: "throw", SECRET_TOKEN: CANARY }, [DELIBERATE]);
    await expect(env.target.stage(lease, release, env.signal)).rejects.toThrow("ended 3 times");
  }
  await until(
    () => env.doors.files.stat(`${env.stateDirectory}/variables/r7.json`),
    (variables) => variables === undefined,
  );
  const lines = await env.target.logs({ release: "r7", lines: 50 }, env.signal);
  expect(lines.map(({ text }) => text).join("\n")).toContain("cannot start with [SECRET_TOKEN]");
  expect(await env.doors.files.read(`${env.stateDirectory}/logs/r7/api.0.log`)).not.toContain(CANARY);
});

test("a worker without a heartbeat is refused", async () => {
  await using lease = await env.target.lock("ada", "deploy d2", env.signal);
  const short = {
    ...WORKER,
    start: "exec sleep 100",
    health: { ...WEB.health, startTimeoutMs: 500 } as never,
  };
  const staging = env.target.stage(lease, oddRelease("r3", {}, [WEB, short]), env.signal);
  await expect(staging).rejects.toMatchObject({
    message: expect.stringContaining("jobs.0 was not ready within 500 ms"),
    fix: expect.stringContaining("GONOGO_HEARTBEAT_FILE"),
  });
});

test("a site that was not built is refused", async () => {
  await using lease = await env.target.lock("ada", "deploy d2", env.signal);
  const site: Process = {
    ...WEB,
    name: "front",
    kind: "site",
    instances: 0,
    site: { directory: "dist", fallback: undefined },
  };
  const staging = env.target.stage(lease, oddRelease("r4", {}, [site]), env.signal);
  await expect(staging).rejects.toThrow("front.0 there is no directory dist in the release");
});

test("a variable no process can be given is refused by name, not by value", async () => {
  await using lease = await env.target.lock("ada", "deploy d2", env.signal);
  const huge = oddRelease("r5", { BIG: CANARY.repeat(800_000) });
  const refused = await env.target.stage(lease, huge, env.signal).catch(messageOf);
  expect(refused).toMatch(/BIG has 11200004 bytes, more than the 131071/);
  expect(refused).not.toContain(CANARY);
});

import { describe, expect, it } from "vitest";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { logErrorFree } from "../../facts/log-error-checks.ts";
import { levelOf } from "../../facts/log-line.ts";
import { createObserver } from "../../facts/observer.ts";
import { logLevel, logNoSecrets, logStructured } from "../../facts/process-log-checks.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Subject } from "../../model/subject.ts";
import type { Variable } from "../../model/variable.ts";
import { openDoors } from "../../system/doors.ts";
import { workerOptions } from "./options.ts";

const RUNS = { live: "r1", instances: [], schedules: [] };
const RECORD = '{"level":30,"time":1,"msg":"session 7 charged"}';

const declared = (name: string, secret: boolean): Variable => ({
  name,
  declaredBy: "launch",
  is: { type: "string" },
  required: true,
  secret,
  description: "",
});

async function answer(check: AnyCheck, lines: readonly string[] | Error, options = {}): Promise<Outcome> {
  await using doors = openDoors();
  const logs = async (asked: { lines: number }) => {
    if (lines instanceof Error) throw lines;
    return lines.slice(-asked.lines).map((text) => ({ process: "worker", index: 0, release: "r1", text }));
  };
  const subject = subjectFor({
    component: "worker",
    options: workerOptions.parse({ start: "node worker.js", ...options }),
    runtime: RUNS,
    target: { logs, host: async () => undefined },
    declared: [declared("STRIPE_SECRET_KEY", true), declared("APP_URL", false)],
  });
  return (await ask(createObserver(doors), subject as Subject, check)).outcome;
}

describe.each([logStructured, logLevel, logNoSecrets, logErrorFree])("$id", (check) => {
  it("passes on records at info level", async () => {
    expect(await answer(check, [RECORD, RECORD])).toMatchObject({ status: "pass" });
  });

  it("does not apply to a process that says nothing, whatever Gonogo notes beside it", async () => {
    expect(await answer(check, ["[gonogo] started", ""])).toMatchObject({ status: "not applicable" });
  });

  it("is unknown when the log cannot be read", async () => {
    expect(await answer(check, new Error("no such file"))).toMatchObject({
      status: "unknown",
      cause: expect.stringMatching(/^process\.log/),
    });
  });
});

it("log.structured warns of text between the records", async () => {
  expect(await answer(logStructured, [RECORD, "session 8 charged"])).toMatchObject({
    status: "warn",
    measured: { lines: 2, structured: 1 },
  });
});

it("log.level warns of debug lines", async () => {
  const said = await answer(logLevel, [RECORD, '{"level":"debug","msg":"select 1"}']);
  expect(said).toMatchObject({ status: "warn", found: "1 of the last 2 lines are debug or trace" });
});

it("log.no-secrets names the variable whose value the application wrote", async () => {
  const said = await answer(logNoSecrets, ["charging with [STRIPE_SECRET_KEY]", "serving [APP_URL]"]);
  expect(said).toMatchObject({ status: "fail", findings: ["STRIPE_SECRET_KEY"] });
});

const CANARY = "k3yCanary0000000000000000";
it.each([
  ["a Stripe credential", `sk_live_${CANARY}`],
  ["a bearer header", `authorization: Bearer ${CANARY}${CANARY}`],
  ["a signed token", `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.${CANARY}`],
  ["a private key", "-----BEGIN RSA PRIVATE KEY-----"],
])("log.no-secrets sees %s, and does not repeat it", async (_, text) => {
  const said = await answer(logNoSecrets, [RECORD, text]);
  expect(said).toMatchObject({ status: "fail", findings: ["token"] });
  expect(JSON.stringify(said)).not.toContain(CANARY);
});

it("log.no-secrets looks further back than a busy minute", async () => {
  const busy = Array.from({ length: 9_999 }, () => RECORD);
  const said = await answer(logNoSecrets, ["charging with [STRIPE_SECRET_KEY]", ...busy]);
  expect(said).toMatchObject({ status: "fail", measured: { lines: 10_000 } });
});

const FAILED = '{"level":50,"time":1700000000000,"msg":"charge of ada@example.org failed"}';
it.each<[string, string[], object, object]>([
  ["an error", [RECORD, FAILED], {}, { status: "fail", found: "charge of [address] failed" }],
  [
    "what nobody caught",
    [RECORD, "Error: no", "    at f (a.js:1:2)"],
    {},
    { status: "fail", measured: { uncaught: 1 } },
  ],
  [
    "more than are accepted",
    [FAILED, FAILED],
    { accepted: 1 },
    { status: "fail", expected: "at most 1 since r1 began" },
  ],
  ["as many as are accepted", [FAILED], { accepted: 1 }, { status: "pass" }],
  ["a known one", [FAILED], { known: ["charge of"] }, { status: "pass", measured: { errors: 0, known: 1 } }],
  [
    "an old one",
    [FAILED],
    { within: "1h" },
    { status: "pass", summary: expect.stringContaining("in the last 1h") },
  ],
  [
    "a log that is longer than what is read",
    Array(20_000).fill("ready"),
    {},
    { status: "unknown", reason: expect.stringContaining("worker.0 is longer") },
  ],
  ["the same with errors", [...Array(20_000).fill("ready"), FAILED], {}, { status: "fail" }],
])("log.error-free judges %s", async (_, lines, logErrors, said) => {
  expect(await answer(logErrorFree, lines, { logErrors })).toMatchObject(said);
});

it.each([
  ['{"level":20,"msg":"x"}', "debug"],
  ['{"severity":"WARNING","message":"x"}', "warn"],
  ["2026-11-21 12:00:00 DEBUG select 1", "debug"],
  ["[info] ready", "info"],
  ["DEBUGGING is an art", undefined],
  ["nothing of the kind", undefined],
  ["{not json", undefined],
])("reads the level of %s", (line, level) => {
  expect(levelOf(line)).toBe(level);
});

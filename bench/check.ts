import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type OpenScene, openScene } from "../src/cli/scene.ts";
import type { FactTrace } from "../src/model/evidence.ts";
import { openWorld } from "../src/wiring.ts";
import { copySoulSeer } from "../test/sabotage/soulseer.ts";

export const title =
  "a whole check of SoulSeer held against its slowest fact, and what it asks of the application";

const MAIN = path.join(import.meta.dirname, "../bin/gonogo.mjs");
const COUNTER = path.join(import.meta.dirname, "check/request-counter.mjs");
const RUNS = 7;
const execute = promisify(execFile);
type Report = (line: string) => void;

/** One run of the command, by the clock and by its own count. */
interface Run {
  readonly tookMs: number;
  readonly checks: number;
  readonly requests: number;
  readonly slowest: FactTrace;
}

export async function run(report: Report): Promise<void> {
  await using app = await copySoulSeer();
  await typed(app.directory, ["deploy"]);
  await using world = await openWorld();
  await using scene = await openScene(world, { args: [], options: { project: app.directory } });
  await checkOnce(scene);
  const runs: Run[] = [];
  for (let each = 0; each < RUNS; each++) runs.push(await checkOnce(scene));
  const middle = runs.toSorted((a, b) => a.tookMs - b.tookMs)[Math.floor(RUNS / 2)];
  if (!middle) throw new Error("nothing was measured");
  const { fact } = middle.slowest;
  const check = await checkOf(scene, fact);
  const alone: number[] = [];
  for (let each = 0; each < RUNS; each++) {
    await typed(app.directory, ["check", "--only", check]);
    alone.push((await tracesOf(scene)).get(fact)?.tookMs ?? Number.NaN);
  }
  const slowestMs = median(alone);
  const limitMs = 1.3 * slowestMs + 300;
  const ms = (value: number): string => `${Math.round(value)} ms`;
  report(`SoulSeer live on this machine; ${middle.checks} checks; medians of ${RUNS} after one to warm up`);
  report(
    `gonogo check: ${ms(middle.tookMs)}, the whole command; fastest ${ms(Math.min(...runs.map((each) => each.tookMs)))}`,
  );
  report(
    `slowest fact: ${fact}, ${ms(middle.slowest.tookMs)} among the others, ${ms(slowestMs)} alone (${check})`,
  );
  report(
    `ratio to the slowest fact alone + 30 % + 300 ms (${ms(limitMs)}): ${(middle.tookMs / limitMs).toFixed(2)} (at most 1)`,
  );
  report(
    `requests sent to the application: ${middle.requests}, ${(middle.requests / middle.checks).toFixed(1)} for each check`,
  );
}

async function checkOnce(scene: OpenScene): Promise<Run> {
  const { launch, environment } = scene;
  const counts = path.join(launch.directory, ".gonogo", "requests-counted");
  await rm(counts, { force: true });
  const counting = {
    NODE_OPTIONS: `--import ${COUNTER}`,
    COUNT_REQUESTS_TO: "soulseer.localhost",
    COUNT_REQUESTS_IN: counts,
  };
  const from = performance.now();
  const { answers } = JSON.parse(await typed(launch.directory, ["check", "--format", "json"], counting)) as {
    answers: readonly unknown[];
  };
  const tookMs = performance.now() - from;
  const counted = (await readFile(counts, "utf8")).trim().split("\n");
  const slowest = [...(await tracesOf(scene)).values()].toSorted((a, b) => b.tookMs - a.tookMs)[0];
  if (!slowest) throw new Error(`${environment.name} has no evidence`);
  return {
    tookMs,
    checks: answers.length,
    requests: counted.reduce((sum, sent) => sum + Number(sent), 0),
    slowest,
  };
}

/** How each fact of the newest evidence was had. */
async function tracesOf({ store, environment, target }: OpenScene): Promise<Map<string, FactTrace>> {
  const { live } = await target.status(AbortSignal.timeout(5_000));
  const evidence = await store.evidence.latest(environment.name, live);
  const newestFirst = evidence.toSorted((a, b) => a.observedAt - b.observedAt);
  return new Map(newestFirst.flatMap(({ facts }) => facts.map((trace) => [trace.fact, trace])));
}

async function checkOf({ store, environment, target }: OpenScene, fact: string): Promise<string> {
  const { live } = await target.status(AbortSignal.timeout(5_000));
  const evidence = await store.evidence.latest(environment.name, live);
  return evidence.find(({ facts }) => facts.some((trace) => trace.fact === fact))?.check ?? "";
}

/** What a command printed; NO-GO is an answer too. */
async function typed(directory: string, args: readonly string[], env = {}): Promise<string> {
  try {
    const options = { maxBuffer: 64_000_000, env: { ...process.env, ...env } };
    return (await execute(process.execPath, [MAIN, ...args, "--project", directory], options)).stdout;
  } catch (thrown) {
    const { code, stdout, stderr } = thrown as { code: number; stdout: string; stderr: string };
    if (code === 1 && args[0] === "check") return stdout;
    throw new Error(`gonogo ${args.join(" ")} exited with ${code}: ${stdout}${stderr}`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

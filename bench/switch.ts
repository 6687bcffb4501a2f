import { existsSync } from "node:fs";
import path from "node:path";
import { deployBadOnes } from "./switch/bad-releases.ts";
import { startCaddy } from "./switch/caddy.ts";
import type { Contender } from "./switch/contender.ts";
import { type CrowdFigures, gather } from "./switch/crowd-figures.ts";
import { type GonogoContender, startGonogo } from "./switch/gonogo.ts";
import { startNginx } from "./switch/nginx.ts";
import { startPm2 } from "./switch/pm2.ts";

export const title = "20 deploys and 20 rollbacks under load, beside the reloads of pm2, nginx and caddy";

const MOVES = 40;
const CALM_MOVES = 10;
const REQUESTS = 50_000;
const CROWD = { keepAlive: 25, fresh: 25, slow: 5, webSockets: 200, pauseMs: 100 };
/** Between two reloads of a peer; a deploy takes longer by itself. */
const PEER_PAUSE_MS = 1_000;
type Report = (line: string) => void;

export async function run(report: Report): Promise<void> {
  const missing = ["nginx", "caddy", "setpriv"].filter((program) => !isInstalled(program));
  if (missing.length > 0) {
    const packages = missing.map((each) => (each === "setpriv" ? "util-linux" : each));
    throw new Error(`missing ${missing.join(", ")}; install with: apt-get install ${packages.join(" ")}`);
  }
  report(
    `${CROWD.keepAlive} clients on kept connections, ${CROWD.fresh} with one for each request, a pause of ${CROWD.pauseMs} ms each; ` +
      `${CROWD.slow} more with 5 s answers, ${CROWD.webSockets} WebSockets; ${MOVES} moves, at least ${REQUESTS} requests`,
  );
  report("failed: anything but a whole answer with 200, never asked again");
  await using gonogo = await startGonogo();
  await moveCalmly(gonogo, report);
  const ours = await moveUnderLoad(gonogo, report);
  tellCommands(gonogo, report);
  await deployBadOnes(gonogo, report);
  for (const start of [startPm2, startNginx, startCaddy]) {
    await using peer = await start();
    const theirs = await moveUnderLoad(peer, report);
    report(
      `  worst answer: gonogo's is ${(ours.worstMs / theirs.worstMs).toFixed(2)} of it; p99: ${(ours.p99Ms / theirs.p99Ms).toFixed(2)}`,
    );
  }
}

/** Nobody else asks for the processors: how long the commands take by themselves. */
async function moveCalmly(gonogo: GonogoContender, report: Report): Promise<void> {
  for (let turn = 0; turn < CALM_MOVES; turn++) await gonogo.move(turn);
  report(`gonogo, nobody using it, ${CALM_MOVES} moves`);
  tellCommands(gonogo, report);
  gonogo.deploys.length = 0;
  gonogo.rollbacks.length = 0;
}

async function moveUnderLoad(contender: Contender, report: Report): Promise<CrowdFigures> {
  const isOurs = contender.name === "gonogo";
  using crowd = await gather({ ...contender.door, ...CROWD });
  while ((await crowd.sofar()).webSockets < CROWD.webSockets) await pause(100);
  await pause(2_000);
  const took: number[] = [];
  // A peer that takes longer for each move is moved less often: by then it has had its requests.
  while (took.length < MOVES && (isOurs || (await crowd.sofar()).requests < 2 * REQUESTS)) {
    const from = performance.now();
    await contender.move(took.length);
    took.push(performance.now() - from);
    if (!isOurs) await pause(PEER_PAUSE_MS);
  }
  while ((await crowd.sofar()).requests < REQUESTS) await pause(500);
  const seen = await crowd.leave();
  report(`${contender.name} (${contender.setting})`);
  report(`  ${took.length} moves, median ${Math.round(median(took))} ms each; ${verdict(seen)}`);
  report(`  quick answers: p50 ${ms(seen.p50Ms)}, p99 ${ms(seen.p99Ms)}, worst ${ms(seen.worstMs)}`);
  const codes = Object.entries(seen.closes).map(([code, count]) => `${count} with ${code}`);
  report(
    `  WebSockets closed: ${codes.join(", ") || "none"}; at most ${seen.closedInOneSecond} within one second`,
  );
  return seen;
}

function verdict({ requests, failed, failures, stale }: CrowdFigures): string {
  const causes = Object.entries(failures).map(([why, count]) => `${why} ${count}`);
  const counted = `${failed} of ${requests} requests failed`;
  if (failed === 0) return counted;
  return `${counted} (${causes.join(", ")}; ${stale} of them reset on a kept connection)`;
}

function tellCommands({ deploys, rollbacks }: GonogoContender, report: Report): void {
  const worst = (values: readonly number[]): string => ms(Math.max(...values));
  const probes = [...deploys, ...rollbacks].map((each) => each.downtime);
  const sum = (pick: (each: { requests: number; failed: number }) => number): number =>
    probes.reduce((total, each) => total + (each ? pick(each) : 0), 0);
  const moved = rollbacks.map((each) => each.switchedInMs ?? Number.POSITIVE_INFINITY);
  report(
    `  deploy: median ${ms(median(deploys.map((each) => each.tookMs)))}; rollback: whole command median ` +
      `${ms(median(rollbacks.map((each) => each.tookMs)))}, worst ${worst(rollbacks.map((each) => each.tookMs))} (under 1000); ` +
      `traffic moved in ${ms(median(moved))}, worst ${worst(moved)} (under 50)`,
  );
  report(`  its own probes: ${sum((each) => each.failed)} of ${sum((each) => each.requests)} failed`);
}

const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function isInstalled(program: string): boolean {
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/sbin"];
  return folders.some((each) => existsSync(path.join(each, program)));
}

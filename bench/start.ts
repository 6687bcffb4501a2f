import { spawnSync } from "node:child_process";
import path from "node:path";

export const title = "how long a command line of nothing takes";

const MAIN = path.join(import.meta.dirname, "../bin/gonogo.mjs");
const RUNS = 15;

/** Alternates the two so that the machine's moods hit both. */
export async function run(report: (line: string) => void): Promise<void> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = -2; round < RUNS; round++) {
    const node = timed(["-e", "0"]);
    const help = timed([MAIN, "--help"]);
    if (round < 0) continue;
    bare.push(node);
    ours.push(help);
  }
  report(
    `gonogo --help ${median(ours).toFixed(0)} ms, node -e 0 ${median(bare).toFixed(0)} ms (medians of ${RUNS})`,
  );
  report(`ratio ${(median(ours) / median(bare)).toFixed(2)} (at most 3)`);
}

function timed(args: readonly string[]): number {
  const from = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${args.join(" ")} exited with ${status}`);
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { installPackage } from "../../test/fixtures/installed-package.ts";

/** A line of a real list, and what stands above it. */
export interface ListedLine {
  readonly text: string;
  readonly path: readonly string[];
}

const LINES = 10_000;
const RUNS = 7;
const PEER = path.join(import.meta.dirname, "read-markdown.ts");

/**
 * The whole command as a user has it, from its start to its end: a list of 10,000 lines is read, bound, written and
 * read again. Beside it, a list of one line, which is what the command costs anyway; and what reads the same list as Markdown and stops.
 */
export async function timeLongList(
  sample: readonly ListedLine[],
  report: (line: string) => void,
): Promise<void> {
  using installed = await installPackage();
  const folder = mkdtempSync(path.join(tmpdir(), "gonogo-bench-list-"));
  try {
    const file = path.join(folder, "LAUNCH.md");
    const imported = (list: string): number => {
      writeFileSync(file, list);
      return timed([installed.bin, "import", "LAUNCH.md"], folder);
    };
    const list = longList(sample);
    const long: number[] = [];
    const short: number[] = [];
    for (let round = -1; round < RUNS; round++) {
      const [ofLong, ofShort] = [imported(list), imported("# Launch\n\n- [ ] HTTPS enabled\n")];
      if (round < 0) continue;
      long.push(ofLong);
      short.push(ofShort);
    }
    writeFileSync(file, list);
    const peer = timed([PEER, file], folder);
    report(
      `gonogo import of ${LINES} lines: ${median(long).toFixed(0)} ms (median of ${RUNS}, quickest ` +
        `${Math.min(...long).toFixed(0)}), of one line ${median(short).toFixed(0)} ms (${Math.min(...short).toFixed(0)})`,
    );
    report(
      `mdast-util-from-markdown with GFM, reading the same list and nothing else: ${peer.toFixed(0)} ms, ` +
        `${(peer / median(long)).toFixed(1)} times as long`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Lines of the sample, each in words of its own, below their headings. */
function longList(sample: readonly ListedLine[]): string {
  const parts: string[] = ["# Launch"];
  let above: string | undefined;
  for (let line = 0; line < LINES; line++) {
    const { text, path: steps } = sample[line % sample.length] as ListedLine;
    if (steps.at(-1) !== above) parts.push("", `## ${steps.at(-1)}`, "");
    above = steps.at(-1);
    parts.push(`- [ ] ${text} ${line}`);
  }
  return `${parts.join("\n")}\n`;
}

function timed(args: readonly string[], cwd: string): number {
  const from = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: "ignore" });
  if (status !== 0) throw new Error(`${args.join(" ")} exited with ${status}`);
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

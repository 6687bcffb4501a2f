import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { installPackage } from "../../test/fixtures/installed-package.ts";

/** A line of a real list, and what stands above it. */
export interface ListedLine {
  readonly text: string;
  readonly path: readonly string[];
}

/** Tasks of the list in which every other line is one; lines of the file as files are: headings, blank lines and tasks. */
const LINES = 10_000;
const RUNS = 7;
const SEEDS = path.join(import.meta.dirname, "../../test/checklists/seeds");
const PEER = path.join(import.meta.dirname, "read-markdown.ts");

/**
 * The whole command as a user has it, from its start to its end: a list of 10,000 tasks is read, bound, written and
 * read again, and so are two files of 10,000 lines: one in which no two tasks are the same, and one that holds the lists
 * of five teams as they wrote them, again and again. Beside them, a list of one task, which is what the command costs
 * anyway; and what reads the long list as Markdown and stops.
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
    const cut = list.split("\n").slice(0, LINES);
    const teams = ownLists();
    const lists = [list, `${cut.join("\n")}\n`, `${teams.join("\n")}\n`, "# Launch\n\n- [ ] HTTPS enabled\n"];
    const took = lists.map((): number[] => []);
    for (let round = -1; round < RUNS; round++) {
      for (const [at, each] of lists.entries()) {
        const ms = imported(each);
        if (round >= 0) took[at]?.push(ms);
      }
    }
    const told = took.map((all) => `${median(all).toFixed(0)} ms (quickest ${Math.min(...all).toFixed(0)})`);
    const [ofTasks = 0, ofFile = 0, ofTeams = 0, ofOne = 0] = took.map(median);
    const ofLists = [ofTasks, ofFile, ofTeams].map((ms) => `${(ms - ofOne).toFixed(0)} ms`);
    writeFileSync(file, list);
    const peer = timed([PEER, file], folder);
    report(`gonogo import, median of ${RUNS}: ${LINES} tasks ${told[0]}, one task ${told[3]}`);
    report(`a file of ${LINES} lines, ${tasksIn(cut)} of them tasks, each in other words: ${told[1]}`);
    report(
      `the lists of five teams, again and again to ${LINES} lines, ${tasksIn(teams)} of them tasks: ${told[2]}`,
    );
    report(`of that the lists themselves, without what one task takes: ${ofLists.join(", ")}`);
    report(
      `mdast-util-from-markdown with GFM, reading the same list and nothing else: ${peer.toFixed(0)} ms, ` +
        `${(peer / ofTasks).toFixed(1)} times as long`,
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

function ownLists(): string[] {
  const files = readdirSync(SEEDS).filter((name) => name.endsWith(".md"));
  const lines = files.flatMap((name) => readFileSync(path.join(SEEDS, name), "utf8").split("\n"));
  return Array.from({ length: LINES }, (_, at) => lines[at % lines.length] ?? "");
}

function tasksIn(lines: readonly string[]): number {
  return lines.filter((line) => /^\s*- \[[ x]\]/i.test(line)).length;
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

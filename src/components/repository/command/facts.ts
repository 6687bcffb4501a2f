import { join } from "node:path";
import type { Doors } from "../../../model/doors.ts";
import { type Duration, durationMs } from "../../../model/duration.ts";
import { defineFact, type FactContext, Undeclared } from "../../../model/fact.ts";
import { createMask } from "../../../model/masking.ts";
import { revealedValues } from "../../../model/variable.ts";
import type { Coverage } from "../coverage/report.ts";
import { reportWritten } from "../coverage/report-file.ts";
import type { RepositoryOptions } from "../options.ts";
import { type DeclaredLine, recallGreen, rememberGreen } from "./green-memory.ts";
import { treeHash } from "./tree-hash.ts";

/** How a line of the project ended. Times in milliseconds; `at` since 1970 UTC. */
export interface CommandRun {
  readonly line: string;
  readonly at: number;
  readonly tookMs: number;
  /** Of the folder it ran on; undefined outside git. */
  readonly tree: string | undefined;
  /** Seen green earlier on this very tree, not run again. */
  readonly remembered: boolean;
  /** Lines of its output that warn, the first of them; absent when it was green before that was kept. */
  readonly warnings?: readonly string[] | undefined;
  /** What its report of coverage says, or why there is none; absent where none was asked for. */
  readonly coverage?: Coverage | { readonly missing: string } | undefined;
  readonly ended:
    | { readonly how: "green" }
    | { readonly how: "red"; readonly code: number | null; readonly lastLines: readonly string[] }
    | { readonly how: "timed out"; readonly lastLines: readonly string[] };
}

const LONGEST_MS = 3_600_000;
const SHOWN_LINES = 15;

export const testRun = commandRun("test");
export const lintRun = commandRun("lint");
export const typesRun = commandRun("types");
export const buildRun = commandRun("build");
export const coverageRun = commandRun("coverage");

function commandRun(what: DeclaredLine) {
  return defineFact<CommandRun, RepositoryOptions>({
    id: `repository.${what}-run`,
    access: "read",
    reach: "source",
    // The line's own time-out is the one that counts; the shell ends it with all its children.
    timeoutMs: LONGEST_MS,
    sends: `runs the declared ${what} line on this machine, unless it was green on this tree before`,
    isAsked: (options) => lineOf(what, options) !== undefined,
    collect: (context) => runOrRecall(what, context),
  });
}

/** The tests themselves write the report where no line of its own is declared for it. */
function lineOf(what: DeclaredLine, { coverage, ...lines }: RepositoryOptions): string | undefined {
  return what === "coverage" ? coverage?.run : lines[what];
}

function writesReport(what: DeclaredLine, { coverage }: RepositoryOptions): boolean {
  return coverage !== undefined && what === (coverage.run === undefined ? "test" : "coverage");
}

async function runOrRecall(
  what: DeclaredLine,
  { subject, doors, signal }: FactContext<RepositoryOptions>,
): Promise<CommandRun> {
  const { directory, options } = subject;
  const line = lineOf(what, options);
  if (line === undefined) throw new Undeclared(await hintOf(what, doors, directory));
  const place = { directory, what };
  const tree = await treeHash(doors, directory, signal);
  const report = options.coverage?.report;
  const isReported = writesReport(what, options);
  const known = tree && (await recallGreen(doors, place, { line, tree }));
  const masked = createMask(revealedValues(subject.variables));
  const shown = masked(line);
  const hasReport =
    known && known.coverage !== undefined && known.coverage.report === (report ?? known.coverage.report);
  const seen = hasReport || !isReported ? known : undefined;
  if (seen) return { ...seen, line: shown, remembered: true, ended: { how: "green" } };

  const at = doors.clock.now();
  const result = await doors.shell.run({
    line,
    cwd: directory,
    env: { CI: "1", NO_COLOR: "1", FORCE_COLOR: "0" },
    timeoutMs: durationMs(options.timeout as Duration),
    signal,
  });
  const run = { line: shown, at, tookMs: Math.round(result.tookMs), tree, remembered: false };
  const output = masked(plainText(`${result.stdout}\n${result.stderr}`));
  const lastLines = lastLinesOf(output);
  if (result.timedOut) return { ...run, ended: { how: "timed out", lastLines } };
  if (result.code !== 0) return { ...run, ended: { how: "red", code: result.code, lastLines } };
  const warnings = warningsIn(output);
  const coverage = isReported ? await reportWritten(doors, { directory, report, since: at }) : undefined;
  const kept = coverage && "counts" in coverage ? { coverage } : {};
  // Files that changed while it ran, by an editor or by the line itself, were not what it judged.
  if (tree !== undefined && tree === (await treeHash(doors, directory, signal))) {
    await rememberGreen(doors, place, { line, tree, at, tookMs: run.tookMs, warnings, ...kept });
  }
  return { ...run, warnings, coverage, ended: { how: "green" } };
}

function plainText(output: string): string {
  return output.replaceAll("\u001b", "").replace(/\[[0-9;]*m/g, "");
}

function lastLinesOf(output: string): string[] {
  return output
    .split("\n")
    .map((each) => each.trimEnd().slice(0, 200))
    .filter((each) => each !== "")
    .slice(-SHOWN_LINES);
}

const WARNS = /(^|[\s[(⚠])warn(ing)?s?\b/i;
/** What npm itself says of its settings is none of the build's. */
const WARNS_OF_NONE = /^npm warn|\b(0|no|without|zero) warnings?\b|\bwarnings?:? *0\b/i;
const MOST_WARNINGS = 50;

function warningsIn(output: string): string[] {
  const lines = output.split("\n").filter((line) => WARNS.test(line) && !WARNS_OF_NONE.test(line));
  return lines.slice(0, MOST_WARNINGS).map((line) => line.trim().slice(0, 200));
}

const USUAL: Readonly<Record<DeclaredLine, { scripts: string; command: (script: string) => string }>> = {
  test: { scripts: "test", command: () => "npm test" },
  lint: { scripts: "lint", command: () => "npm run lint" },
  types: { scripts: "types|typecheck|type-check|tsc", command: (script) => `npm run ${script}` },
  build: { scripts: "build", command: () => "npm run build" },
  coverage: { scripts: "coverage", command: () => "npm run coverage" },
};

async function hintOf(what: DeclaredLine, doors: Doors, directory: string): Promise<string> {
  const manifest = await doors.files.read(join(directory, "package.json"));
  const { scripts, command } = USUAL[what];
  const named = new RegExp(`"(${scripts})"\\s*:\\s*"(?!echo \\\\"Error: no test)`).exec(manifest ?? "")?.[1];
  return `no ${what} line is declared; add repository({ ${what}: "${named ? command(named) : "<shell line>"}" })`;
}

import { join } from "node:path";
import type { Doors } from "../../../model/doors.ts";
import { type Duration, durationMs } from "../../../model/duration.ts";
import { DoesNotApply, defineFact, type FactContext } from "../../../model/fact.ts";
import { createMask } from "../../../model/masking.ts";
import { revealedValues } from "../../../model/variable.ts";
import type { RepositoryOptions } from "../options.ts";
import { recallGreen, rememberGreen } from "./green-memory.ts";
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
  readonly ended:
    | { readonly how: "green" }
    | { readonly how: "red"; readonly code: number | null; readonly lastLines: readonly string[] }
    | { readonly how: "timed out"; readonly lastLines: readonly string[] };
}

const LONGEST_MS = 3_600_000;
const SHOWN_LINES = 15;

export const testRun = commandRun("test");
export const lintRun = commandRun("lint");

function commandRun(what: "test" | "lint") {
  return defineFact<CommandRun, RepositoryOptions>({
    id: `repository.${what}-run`,
    access: "read",
    reach: "source",
    // The line's own time-out is the one that counts; the shell ends it with all its children.
    timeoutMs: LONGEST_MS,
    sends: `runs the declared ${what} line on this machine, unless it was green on this tree before`,
    collect: (context) => runOrRecall(what, context),
  });
}

async function runOrRecall(
  what: "test" | "lint",
  { subject, doors, signal }: FactContext<RepositoryOptions>,
): Promise<CommandRun> {
  const { directory, options } = subject;
  const line = options[what];
  if (line === undefined) throw new DoesNotApply(await hintOf(what, doors, directory));
  const place = { directory, what };
  const tree = await treeHash(doors, directory, signal);
  const seen = tree && (await recallGreen(doors, place, { line, tree }));
  const masked = createMask(revealedValues(subject.variables));
  const shown = masked(line);
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
  const lastLines = lastLinesOf(masked(plainText(`${result.stdout}\n${result.stderr}`)));
  if (result.timedOut) return { ...run, ended: { how: "timed out", lastLines } };
  if (result.code !== 0) return { ...run, ended: { how: "red", code: result.code, lastLines } };
  // Files that changed while it ran, by an editor or by the line itself, were not what it judged.
  if (tree !== undefined && tree === (await treeHash(doors, directory, signal))) {
    await rememberGreen(doors, place, { line, tree, at, tookMs: run.tookMs });
  }
  return { ...run, ended: { how: "green" } };
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

async function hintOf(what: "test" | "lint", doors: Doors, directory: string): Promise<string> {
  const manifest = await doors.files.read(join(directory, "package.json"));
  const hasScript = new RegExp(`"${what}"\\s*:\\s*"(?!echo \\\\"Error: no test)`).test(manifest ?? "");
  const command = hasScript ? (what === "test" ? "npm test" : "npm run lint") : "<shell line>";
  return `no ${what} line is declared; add repository({ ${what}: "${command}" })`;
}

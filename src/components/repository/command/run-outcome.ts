import { formatDuration } from "../../../model/duration.ts";
import { fail, type Outcome, pass } from "../../../model/outcome.ts";
import type { CommandRun } from "./facts.ts";

/** Green, red or not done in time. */
export function judgeRun(run: CommandRun, { what, timeout }: { what: string; timeout: string }): Outcome {
  const measured = {
    line: run.line,
    tree: run.tree ?? null,
    tookMs: run.tookMs,
    remembered: run.remembered,
    seenAt: new Intl.DateTimeFormat("sv-SE", {
      dateStyle: "short",
      timeStyle: "medium",
      timeZone: "UTC",
    }).format(run.at),
  };
  switch (run.ended.how) {
    case "green":
      return pass(
        run.remembered
          ? `seen green at ${measured.seenAt.slice(11, 16)} UTC on this tree`
          : `green in ${formatDuration(run.tookMs)}`,
        measured,
      );
    case "red":
      return fail(`\`${run.line}\` ended with ${run.ended.code ?? "a signal"}`, {
        expected: "exit code 0",
        found: quoted(run.ended.lastLines),
        fix: `run \`${run.line}\` and mend what it reports`,
        measured,
      });
    case "timed out":
      return fail(`\`${run.line}\` was not done within ${timeout}`, {
        expected: `an end within ${timeout}`,
        found: quoted(run.ended.lastLines),
        fix: `make the ${what} line end by itself (no watch mode), or allow more: repository({ timeout: "30m" })`,
        measured,
      });
  }
}

function quoted(lines: readonly string[]): string {
  return lines.length === 0 ? "it printed nothing" : lines.join("\n");
}

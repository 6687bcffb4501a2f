import { UserError } from "../model/errors.ts";
import type { StagingFailure } from "./protocol.ts";

/** Everything somebody needs to see why a release did not become ready, without looking for it. */
export function stagingError(failure: StagingFailure): UserError {
  const { release, process, index, what, cause } = failure;
  const of = process === "" ? release : `${release}: ${process}.${index}`;
  return new UserError([`${of} ${what}`, ...details(failure)].join("\n"), {
    where: process === "" ? release : process,
    ...(cause === undefined ? {} : { fix: `likely cause: ${cause}` }),
  });
}

function details({ lastProbe, exit, logLines }: StagingFailure): string[] {
  const lines: string[] = [];
  if (lastProbe) {
    const { url, status, error, body, tookMs, location } = lastProbe;
    const to = location === undefined ? "" : ` to ${location}`;
    lines.push(`  last probe: ${url} ${error ?? `answered ${status}${to}`} after ${tookMs} ms`);
    if (body.trim() !== "") lines.push(`    ${body.trim().replaceAll(/\s*\n\s*/g, " ")}`);
  }
  if (exit) lines.push(`  exit: ${exit.signal ?? `code ${exit.code ?? "unknown"}`}`);
  if (logLines.length === 0) lines.push("  it wrote nothing to its log");
  else
    lines.push(
      logLines.length === 1 ? "  last log line:" : `  last ${logLines.length} log lines:`,
      ...logLines.map((line) => `    ${line}`),
    );
  return lines;
}

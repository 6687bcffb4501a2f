import { join } from "node:path/posix";
import type { Doors } from "../../../model/doors.ts";
import { type Coverage, readCoverage } from "./report.ts";

const USUAL = [
  "coverage/coverage-summary.json",
  "coverage/lcov.info",
  "coverage/cobertura-coverage.xml",
  "coverage.xml",
  "lcov.info",
  "coverage.out",
  "build/reports/jacoco/test/jacocoTestReport.xml",
  "target/site/jacoco/jacoco.xml",
];
/** File systems keep times by the second or finer; a report as old as this was written by the run. */
const CLOCK_GRAIN_MS = 2_000;

/** The report that a line wrote which began at `since`; or why there is none. */
export async function reportWritten(
  doors: Doors,
  { directory, report, since }: { directory: string; report: string | undefined; since: number },
): Promise<Coverage | { readonly missing: string }> {
  const places = report === undefined ? USUAL : [report];
  const old: string[] = [];
  for (const place of places) {
    const found = await doors.files.stat(join(directory, place));
    if (!found || found.isDirectory) continue;
    if (found.modifiedAt < since - CLOCK_GRAIN_MS) {
      old.push(place);
      continue;
    }
    const text = await doors.files.read(join(directory, place), { maxBytes: 64 * 1_048_576 });
    const read = readCoverage(place, text ?? "");
    return (
      read ?? {
        missing: `${place} is no report that can be read (json-summary, lcov, Cobertura, JaCoCo, Go)`,
      }
    );
  }
  if (old.length > 0) return { missing: `${old.join(", ")} is older than the run: it was not written by it` };
  return { missing: `it wrote none of ${places.join(", ")}` };
}

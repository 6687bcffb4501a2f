import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

/*
 * All tests; files that failed are run once more, alone. Real servers, browsers and kills on a machine that others use
 * too are sometimes late, and a person would do the same by hand: here it is told which they were.
 */

/** More of them are no accident. */
const FEW = 5;

interface Outcome {
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

const place = mkdtempSync(join(tmpdir(), "gonogo-tests-"));
process.once("exit", () => rmSync(place, { recursive: true, force: true }));

function run(args: readonly string[]): readonly string[] | "broken" {
  const file = join(place, "outcome.json");
  rmSync(file, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { status } = spawnSync("vitest", ["run", ...reporters, ...args], { stdio: "inherit" });
  if (status === 0) return [];
  try {
    const { testResults } = JSON.parse(readFileSync(file, "utf8")) as Outcome;
    const failed = testResults
      .filter(({ status }) => status !== "passed")
      .map(({ name }) => relative("", name));
    return failed.length > 0 ? failed : "broken";
  } catch {
    return "broken";
  }
}

const failed = run(process.argv.slice(2));
if (failed === "broken" || failed.length > FEW) process.exit(1);
if (failed.length > 0) {
  console.log(
    `\nFailed beside the others, once more alone:\n${failed.map((file) => `  ${file}\n`).join("")}`,
  );
  const again = run(["--maxWorkers=1", ...failed]);
  if (again === "broken" || again.length > 0) process.exit(1);
  console.log(`\nPassed alone, not beside the others: ${failed.join(", ")}`);
}

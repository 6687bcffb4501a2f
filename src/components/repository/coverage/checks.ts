import { defineCheck } from "../../../model/check.ts";
import { fail, pass, unknown } from "../../../model/outcome.ts";
import { ways } from "../../../model/ways.ts";
import { judgeRun } from "../command/run-outcome.ts";
import { coverageReport } from "./facts.ts";
import { COVERED_THINGS, type Coverage, type CoveredThing } from "./report.ts";

export const testCoverage = defineCheck({
  id: "repo.test.coverage",
  title: "The tests cover at least the declared share of the code",
  consequence: "A change breaks what no test runs, and nobody hears of it before the users do.",
  severity: "warning",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    test coverage above 80% | code coverage above threshold | coverage > 80% | test coverage at least 80%
    minimum test coverage reached | coverage threshold met | unit test coverage above 80% | line coverage above 80%
    branch coverage above 70% | overall coverage > 70% | code coverage meets the target | coverage report above 80%
    coverage does not drop | test coverage checked | npm run coverage above 80% | SimpleCov above 90%
    JaCoCo coverage above 80% | pytest --cov above 80% | Testabdeckung über 80 % | couverture de tests supérieure à 80 %
    cobertura de pruebas mayor al 80% | cobertura de testes acima de 80% | copertura dei test oltre 80%
    test kapsamı %80 üzerinde
    coverage threshold met in CI | coverage threshold enforced in the pipeline | coverage gate passes
    minimum coverage enforced
  `),
  figures: { "at-least": { measured: "leastPercent", keeps: "no less", in: "percent" } },
  needs: { run: coverageReport },
  run({ run }, { options }) {
    const declared = options.coverage ?? {};
    if (run.ended.how !== "green") {
      return judgeRun(run, {
        what: declared.run === undefined ? "test" : "coverage",
        timeout: options.timeout,
      });
    }
    const { coverage } = run;
    if (coverage === undefined || "missing" in coverage) {
      return unknown(`\`${run.line}\` left no report: ${coverage?.missing ?? "none was looked for"}`);
    }
    const wanted = COVERED_THINGS.flatMap((thing) => {
      const least = declared[thing];
      return least === undefined ? [] : [{ thing, least, percent: percentOf(coverage, thing) }];
    });
    const uncounted = wanted.filter(({ percent }) => percent === undefined).map(({ thing }) => thing);
    if (uncounted.length > 0) return unknown(`${coverage.report} counts no ${uncounted.join(" and no ")}`);
    const short = wanted.filter(({ least, percent = 0 }) => percent < least);
    const measured = {
      ...Object.fromEntries(wanted.map(({ thing, percent = 0 }) => [`${thing}Percent`, percent])),
      leastPercent: Math.min(...wanted.map(({ percent = 0 }) => percent)),
      files: coverage.files,
      report: coverage.report,
      remembered: run.remembered,
    };
    const told = wanted.map(({ thing, percent }) => `${percent} % of the ${thing}`).join(", ");
    if (short.length === 0) return pass(`${told} in ${coverage.files} files (${coverage.report})`, measured);
    return fail(`the tests cover ${told}`, {
      expected: short.map(({ thing, least }) => `${least} % of the ${thing}`).join(", "),
      found: short
        .map(({ thing, percent }) => `${percent} % of the ${thing}: ${countOf(coverage, thing)}`)
        .join(", "),
      fix: `run \`${run.line}\`, look in its report for what no test runs, and test that first which loses money or data`,
      findings: short.map(({ thing }) => thing),
      measured,
    });
  },
});

/** Rounded down to a tenth, so that 79.96 is not called 80. */
function percentOf({ counts }: Coverage, thing: CoveredThing): number | undefined {
  const count = counts[thing];
  return count && count.total > 0 ? Math.floor((1_000 * count.covered) / count.total) / 10 : undefined;
}

function countOf({ counts }: Coverage, thing: CoveredThing): string {
  return `${counts[thing]?.covered ?? 0} of ${counts[thing]?.total ?? 0}`;
}

import { defineCheck } from "../../../model/check.ts";
import { fail, pass, unknown } from "../../../model/outcome.ts";
import { ways } from "../../../model/ways.ts";
import { ciJobs } from "./facts.ts";
import { testSteps } from "./test-jobs.ts";

export const ciTests = defineCheck({
  id: "repo.ci.tests",
  title: "A CI workflow runs the tests on every push",
  consequence: "Tests run only on the machine of whoever remembers to, and a red change is merged.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    CI runs tests on every push | tests run in CI | automated tests in CI | CI pipeline runs the test suite
    GitHub Actions runs tests | GitHub Actions workflow for tests | tests run on every pull request
    tests run on every commit | CI configured to run tests | continuous integration runs tests
    GitLab CI runs the tests | CI test workflow configured | tests automated in the pipeline
    test job in the CI workflow | tests integrated in CI | Tests laufen in der CI | tests exécutés dans la CI
    pruebas automáticas en CI | testes rodam no CI | testler CI üzerinde çalışıyor
    CI fails when a test fails | red tests block the merge | pull requests blocked by failing tests
    pipeline stops on failing tests
  `),
  source: "https://docs.github.com/actions/writing-workflows/workflow-syntax-for-github-actions#on",
  needs: { seen: ciJobs },
  run({ seen }, { options }) {
    const line = options.test ?? "";
    const wanted = testSteps(seen, line);
    const missing = wanted.filter(({ steps }) => steps.length === 0);
    const weak = wanted.filter(({ steps }) => steps.length > 0 && steps.every(({ weakness }) => weakness));
    const measured = { workflows: seen.files.length, jobs: seen.jobs.length };
    const expected = `a job, started by push or pull_request, that runs \`${line}\``;
    if (missing.length > 0) {
      if (seen.elsewhere.length > 0) {
        return unknown(
          `only GitHub's and GitLab's own files are read; ${seen.elsewhere.join(", ")} may run \`${line}\``,
        );
      }
      const where = seen.folder === "" ? "" : ` in ${seen.folder}`;
      return fail(
        seen.files.length === 0
          ? "there is no CI workflow"
          : `no job runs \`${missing[0]?.command}\`${where}`,
        {
          expected,
          found:
            seen.files.length === 0
              ? "neither .github/workflows nor .gitlab-ci.yml"
              : `${seen.files.join(", ")}: ${seen.jobs.map(({ name }) => name).join(", ") || "no job"}`,
          fix: `add to a job of ${seen.files[0] ?? ".github/workflows/test.yml (on: [push, pull_request])"} the step \`- run: ${line}\``,
          measured,
        },
      );
    }
    if (weak.length > 0) {
      const said = weak.flatMap(({ steps }) => steps.slice(0, 3));
      return fail("the job with the tests does not hold every push up", {
        expected: `${expected}, whatever the change, and is red when they fail`,
        found: said.map(({ file, job, weakness }) => `${file}: ${job} ${weakness}`).join("; "),
        fix: [
          ...new Set(
            said.map(
              ({ file, job }) =>
                `${file}: start ${job} on push and pull_request, without conditions and without forgiving failures`,
            ),
          ),
        ].join("\n"),
        measured,
      });
    }
    const firm = wanted.flatMap(({ steps }) => steps.find(({ weakness }) => !weakness) ?? []);
    const told = firm.map(({ file, job, on }) => `${file}: ${job} (on ${on.join(", ")})`);
    return pass(`${[...new Set(told)].join("; ")} runs \`${line}\``, measured);
  },
});

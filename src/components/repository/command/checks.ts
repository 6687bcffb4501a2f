import { defineCheck } from "../../../model/check.ts";
import { formatDuration } from "../../../model/duration.ts";
import { fail, type Outcome, pass } from "../../../model/outcome.ts";
import { ways } from "../../../model/ways.ts";
import { type CommandRun, lintRun, testRun } from "./facts.ts";

export const testGreen = defineCheck({
  id: "repo.test.green",
  title: "The tests are green on exactly this code",
  consequence: "A fault that a test already knows reaches the users.",
  severity: "blocker",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    all tests passing | unit tests pass | test suite green | integration tests pass | CI pipeline is green
    run all tests | E2E tests pass | regression tests pass | run unit tests | integration tests completed
    automated tests run | all tests green | run the test suite | all tests pass
    tests pass | all unit tests passing | test suite passing | tests passing in CI | CI passes
    all automated tests pass | integration tests green | end-to-end tests pass
    e2e tests | unit tests | integration tests | npm test passes | tests green
    tests run | tests successful | unit tests written and passing | tests pass on the release commit
    contract tests pass | feature tests pass | component tests pass | system tests pass
    tests pass locally and in CI | run unit and integration tests | tests run successfully
    all CI checks passing on the main branch | pytest passes | API tests pass | backend tests pass
    frontend tests pass | all test cases passed | CI checks pass
    test suite is green | tests green on main | smoke suite green | test run green | PHPUnit tests pass
    RSpec passes | go test passes | cargo test passes | mvn test passes | Playwright tests pass
    Cypress tests pass | test workflow passing | tests are green | all checks green in CI
    CI build is green | end-to-end suite passes | all tests run through
    full test run | automated testing | run the backend tests
    WebSocket tests pass | server tests pass | automated tests | npm test | dotnet test passes
    tests without failures | no failing tests | no test failures | test suite without failures
    middleware tests pass | validation tests pass | schema validation tests | flow tests pass
    WebSocket and API tests pass | regression suite green
    full regression suite passes | all specs pass | spec suite green
  `),
  needs: { run: testRun },
  run: ({ run }, { options }) => judge(run, { what: "tests", timeout: options.timeout }),
});

export const lintGreen = defineCheck({
  id: "repo.lint.green",
  title: "What judges style and types is content with exactly this code",
  consequence: "Mistakes a machine can see, an unused promise or a wrong type, are found by users instead.",
  severity: "blocker",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    no linting errors | lint passes | type check passes | no TypeScript errors | code style checked | lint
    TypeScript compiles without errors | code style consistent | build without type errors | code formatted
    linting in CI | no compiler errors
    static analysis passes | code quality checks pass | type hints checked | linting passes | no lint errors
    ESLint passes | TypeScript compilation succeeds | no type errors
    code linted | npm run lint passes | tsc passes | code formatting checked
    prettier check passes | type checking passes | code compiles without errors | TypeScript without errors
    no errors in TypeScript | zero TypeScript errors
    npx tsc | npm run lint | RuboCop reports no offenses | no offenses
    go vet clean | staticcheck clean | linter clean | golangci-lint passes | no lint errors in the codebase
    lint clean | npm run lint clean | lint and type check pass
    build has no type errors | flake8 clean | ruff check passes | mypy passes | phpstan passes
    php-cs-fixer clean | linter without errors | code compiles | no syntax errors
    tsc --noEmit | TypeScript compiles | TypeScript check passes | ruff and mypy clean | phpcs passes
    linter reports nothing | code style check passes | linter shows no errors | SpotBugs clean
    static analyzers clean | lint issues fixed | all lint issues resolved | static code analysis passes
    dotnet format passes | formatting check passes | linting issues addressed | format and lint checks pass
  `),
  needs: { run: lintRun },
  run: ({ run }, { options }) => judge(run, { what: "lint", timeout: options.timeout }),
});

function judge(run: CommandRun, { what, timeout }: { what: string; timeout: string }): Outcome {
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

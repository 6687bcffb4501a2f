import { defineCheck } from "../../../model/check.ts";
import { formatDuration } from "../../../model/duration.ts";
import { fail, type Outcome, pass } from "../../../model/outcome.ts";
import { type CommandRun, lintRun, testRun } from "./facts.ts";

export const testGreen = defineCheck({
  id: "repo.test.green",
  title: "The tests are green on exactly this code",
  consequence: "A fault that a test already knows reaches the users.",
  severity: "blocker",
  phase: "build",
  freshFor: "7d",
  asks: [
    "all tests passing",
    "unit tests pass",
    "test suite green",
    "integration tests pass",
    "CI pipeline is green",
    "run all tests",
    "E2E tests pass",
    "regression tests pass",
    "run unit tests",
    "integration tests completed",
    "automated testing before deploy",
    "CI runs the tests",
    "automated tests run",
    "all tests green",
    "run the test suite",
    "all tests pass",
    "tests pass",
    "all unit tests passing",
    "test suite passing",
    "tests passing in CI",
    "CI passes",
    "CI/CD pipeline passing",
    "all automated tests pass",
    "integration tests green",
    "end-to-end tests pass",
    "e2e tests",
    "unit tests",
    "integration tests",
    "npm test passes",
    "pytest passes",
    "API tests pass",
    "backend tests pass",
    "frontend tests pass",
    "build and tests pass in CI",
    "all test cases passed",
    "CI checks pass",
  ],
  needs: { run: testRun },
  run: ({ run }, { options }) => judge(run, { what: "tests", timeout: options.timeout }),
});

export const lintGreen = defineCheck({
  id: "repo.lint.green",
  title: "The linter is content with exactly this code",
  consequence: "Mistakes a machine can see, an unused promise or a wrong type, are found by users instead.",
  severity: "blocker",
  phase: "build",
  freshFor: "7d",
  asks: [
    "no linting errors",
    "lint passes",
    "type check passes",
    "no TypeScript errors",
    "code style checked",
    "lint",
    "TypeScript compiles without errors",
    "code style consistent",
    "build without type errors",
    "code formatted",
    "linting in CI",
    "ESLint warnings resolved",
    "no clippy warnings",
    "no compiler errors",
    "static analysis passes",
    "code quality checks pass",
    "type hints checked",
    "linting passes",
    "no lint errors",
    "ESLint passes",
    "TypeScript compilation succeeds",
    "TypeScript strict mode no errors",
    "no type errors",
    "code linted",
    "npm run lint passes",
    "tsc passes",
    "code formatting checked",
    "no compiler warnings",
    "prettier check passes",
    "type checking passes",
    "code compiles without errors",
    "TypeScript without errors",
    "no errors in TypeScript",
    "zero TypeScript errors",
    "no any types in the code",
    "TypeScript strict mode enabled",
    "npx tsc",
    "npm run lint",
  ],
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

import { defineCheck } from "../../../model/check.ts";
import { ways } from "../../../model/ways.ts";
import { lintRun, testRun, typesRun } from "./facts.ts";
import { judgeRun } from "./run-outcome.ts";

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
    frontend CI passes | backend CI passes | CI green for frontend and backend | CI succeeds
  `),
  needs: { run: testRun },
  run: ({ run }, { options }) => judgeRun(run, { what: "tests", timeout: options.timeout }),
});

export const lintGreen = defineCheck({
  id: "repo.lint.green",
  title: "The linter is content with exactly this code",
  consequence:
    "Mistakes a machine can see, an unused promise or a misspelt name, are found by users instead.",
  severity: "blocker",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    no linting errors | lint passes | code style checked | lint
    code style consistent | code formatted
    linting in CI | no TypeScript or ESLint errors | no ESLint or TypeScript errors | lint and types clean
    static analysis passes | code quality checks pass | linting passes | no lint errors
    ESLint passes | code linted | npm run lint passes | code formatting checked
    prettier check passes | npm run lint | RuboCop reports no offenses | no offenses
    go vet clean | staticcheck clean | linter clean | golangci-lint passes | no lint errors in the codebase
    lint clean | npm run lint clean | lint and type check pass
    flake8 clean | ruff check passes | phpstan passes
    php-cs-fixer clean | linter without errors | no syntax errors
    ruff and mypy clean | phpcs passes
    linter reports nothing | code style check passes | linter shows no errors | SpotBugs clean
    static analyzers clean | lint issues fixed | all lint issues resolved | static code analysis passes
    dotnet format passes | formatting check passes | linting issues addressed | format and lint checks pass
    lint passes without warnings | ESLint without warnings | zero lint warnings | zero ESLint errors
    code formatted consistently | formatting consistent | consistent code formatting | lint baseline clean
  `),
  needs: { run: lintRun },
  run: ({ run }, { options }) => judgeRun(run, { what: "lint", timeout: options.timeout }),
});

export const typesGreen = defineCheck({
  id: "repo.types.green",
  title: "The type checker is content with exactly this code",
  consequence: "A value of another kind than the code expects is found by a user, at run time.",
  severity: "blocker",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    type check passes | no TypeScript errors | TypeScript compiles without errors | type checking passes
    tsc passes | tsc --noEmit | npx tsc | npx tsc --noEmit passes | TypeScript check passes | no type errors
    no errors in TypeScript | zero TypeScript errors | TypeScript compilation succeeds | TypeScript without errors
    type hints checked | mypy passes | mypy clean | pyright passes | lint and type check pass | ruff and mypy clean
    no TypeScript or ESLint errors | no ESLint or TypeScript errors | lint and types clean
    Sorbet type check passes | typecheck green | strict type checking passes | build has no type errors
    build without type errors | vue-tsc passes | svelte-check passes | keine Typfehler | sin errores de TypeScript
    sem erros de TypeScript | aucune erreur TypeScript
    TypeScript errors resolved | TypeScript errors fixed | all type errors resolved | type errors fixed
    TypeScript build passes | 0 TypeScript errors | npm run typecheck passes
    static types checked without errors
  `),
  needs: { run: typesRun },
  run: ({ run }, { options }) => judgeRun(run, { what: "types", timeout: options.timeout }),
});

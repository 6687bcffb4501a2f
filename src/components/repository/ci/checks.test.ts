import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { ciTests } from "./checks.ts";

const MANIFEST = '{"scripts":{"test":"vitest run"}}';
const workflow = (on: string, steps: string, job = "") => `on: ${on}
jobs:
  test:
    runs-on: ubuntu-latest
${job}    steps:
      - uses: actions/checkout@v4
${steps}`;
const RUN = "      - run: npm test\n";

async function answer(files: Record<string, string>, options: object = { test: "npm test" }, folder = "") {
  using project = createGitFolder({ "package.json": MANIFEST, ...files });
  return await answerAbout(ciTests, `${project.directory}/${folder}`, { options });
}
const onGithub = (text: string, options?: object) => answer({ ".github/workflows/ci.yml": text }, options);

describe("repo.ci.tests", () => {
  it.each([
    ["plainly", workflow("push", RUN)],
    [
      "by another name",
      workflow(
        "[push, pull_request]",
        "      - run: |\n          # all\n          npm ci && CI=1 npm run test -- --coverage\n",
      ),
    ],
    ["by what the script runs", workflow("pull_request", "      - run: npx vitest run\n")],
    ["on main", workflow("\n  push:\n    branches: [main, dev]", RUN)],
    ["and say so when it fails", workflow("push", "      - run: npm test || { cat log.txt; exit 1; }\n")],
    ["and again when they fail", workflow("push", "      - run: npm test || npm test -- --retry 2\n")],
    [
      "and end as they did",
      workflow(
        "push",
        "      - run: |\n          npm test || status=$?\n          cat log.txt\n          exit $status\n",
      ),
    ],
    ["after something forgiven", workflow("push", "      - run: rm old.txt || true; npm test\n")],
    ["whatever failed before", workflow("push", `${RUN}        if: always()\n`)],
  ])("passes where GitHub runs them %s", async (_how, text) => {
    expect(await onGithub(text)).toMatchObject({
      status: "pass",
      summary: expect.stringContaining("ci.yml: test"),
    });
  });

  it.each([
    ["a pipe without pipefail", workflow("push", "      - run: npm test | tee log.txt\n")],
    ["no job runs", workflow("push", "      - run: echo npm test\n      - run: npm run test:e2e\n")],
    ["neither a push", workflow("workflow_dispatch", RUN)],
    ["push of tags only", workflow("\n  push:\n    tags: ['v*']", RUN)],
    ["other branches than main", workflow("\n  push:\n    branches-ignore: [main]", RUN)],
    ["push to release only", workflow("\n  push:\n    branches: [release]", RUN)],
    ["touches docs/** only", workflow("\n  push:\n    paths: ['docs/**']", RUN)],
    ["github.event_name", workflow("push", RUN, "    if: github.event_name == 'schedule'\n")],
    ["continue-on-error", workflow("push", `${RUN}        continue-on-error: true\n`)],
    ["|| true", workflow("push", "      - run: npm test || true\n")],
    ["|| true", workflow("push", "      - run: npm test || true; echo done\n")],
    ["|| true", workflow("push", "      - run: npm test && ls || echo it failed\n")],
    ["|| true", workflow("push", "      - run: npm test || (cat log.txt; echo sorry)\n")],
    ["no job runs", workflow("push", `${RUN}        working-directory: docs\n`)],
  ])("fails where %s", async (what, text) => {
    const outcome = await onGithub(text);
    expect(outcome).toMatchObject({ status: "fail" });
    expect(JSON.stringify(outcome)).toContain(what);
  });

  it("wants each command of a line, in the project's own folder", async () => {
    const both = { test: "npm run lint && npm test" };
    expect((await onGithub(workflow("push", RUN), both)).status).toBe("fail");
    expect((await onGithub(workflow("push", `${RUN}      - run: npm run lint\n`), both)).status).toBe("pass");
    const inFolder = { "apps/api/package.json": MANIFEST };
    const nested = (steps: string) =>
      answer(
        { ...inFolder, ".github/workflows/ci.yml": workflow("push", steps) },
        { test: "npm test" },
        "apps/api",
      );
    expect(await nested(RUN)).toMatchObject({
      status: "fail",
      summary: "no job runs `npm test` in apps/api",
    });
    expect((await nested(`${RUN}        working-directory: ./apps/api\n`)).status).toBe("pass");
    for (const run of [
      "cd apps/api && npm test",
      "npm test -w apps/api",
      "pnpm -r test",
      "npm test --workspaces",
    ])
      expect((await nested(`      - run: ${run}\n`)).status, run).toBe(
        run.startsWith("pnpm") ? "fail" : "pass",
      );
  });

  it("follows the use of an action of its own, under the condition of that step", async () => {
    const action = {
      ".github/actions/t/action.yml": "runs:\n  using: composite\n  steps:\n    - run: npm test\n",
    };
    const use = (more: string) =>
      answer({
        ...action,
        ".github/workflows/ci.yml": workflow("push", `      - uses: ./.github/actions/t\n${more}`),
      });
    expect((await use("")).status).toBe("pass");
    expect((await use("        if: github.actor == 'me'\n")).status).toBe("fail");
  });

  it("follows a call to another workflow", async () => {
    const files = {
      ".github/workflows/ci.yml": "on: push\njobs:\n  all:\n    uses: ./.github/workflows/test.yml\n",
      ".github/workflows/test.yml": workflow("workflow_call", RUN),
    };
    expect(await answer(files)).toMatchObject({
      status: "pass",
      summary: expect.stringContaining("ci.yml: all"),
    });
  });

  it("reads GitLab's jobs with what they inherit", async () => {
    const gitlab = (job: string) =>
      answer({
        ".gitlab-ci.yml": `.base:\n  script:\n    - npm ci\n    - npm test\nunit:\n  extends: .base\n${job}`,
      });
    expect(await gitlab("")).toMatchObject({ status: "pass" });
    expect((await gitlab("  rules:\n    - if: $CI_COMMIT_BRANCH\n")).status).toBe("pass");
    for (const job of [
      "  allow_failure: true\n",
      "  when: manual\n",
      "  only: [tags]\n",
      "  rules:\n    - if: $CI_PIPELINE_SOURCE == 'schedule'\n",
    ]) {
      expect((await gitlab(job)).status, job).toBe("fail");
    }
  });

  it("does not apply without a CI, unless one is wanted; cannot tell of another system or a broken file", async () => {
    expect((await answer({})).status).toBe("not applicable");
    expect((await answer({ ".github/workflows/ci.yml": workflow("push", RUN) }, {})).status).toBe(
      "not applicable",
    );
    expect(await answer({}, { test: "npm test", ci: true })).toMatchObject({
      status: "fail",
      summary: "there is no CI workflow",
    });
    expect((await answer({ Jenkinsfile: "sh 'npm test'" })).status).toBe("unknown");
    expect((await onGithub("on: [push\njobs: {")).status).toBe("unknown");
    const nowhere = await answerAbout(ciTests, "/nowhere/at/all", { options: { test: "npm test" } });
    expect(nowhere.status).toBe("unknown");
  });
});

import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { actionsPinned, workflowInjection } from "./checks.ts";
import { risksIn } from "./risks.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const open = "$".concat("{{");
const SAFE = `
on: [pull_request]
permissions:
  contents: read
jobs:
  test:
    steps:
      - uses: actions/checkout@${SHA} # v4
      - uses: ./.github/actions/own
      - uses: docker://alpine@sha256:${SHA}${SHA.slice(0, 24)}
      - name: Say ${open} github.event.pull_request.title }}
        env:
          TITLE: ${open} github.event.pull_request.title }}
        run: |
          echo "$TITLE ${open} github.sha }}"
`;

function kinds(text: string): string[] {
  return risksIn(text).map(({ line, kind }) => `${line} ${kind}`);
}

describe("risks of a workflow", () => {
  it("are none in a careful one", () => {
    expect(kinds(SAFE)).toEqual([]);
  });

  it.each([
    ["one line", `steps:\n  - run: echo ${open} github.head_ref }}`, ["2 injection"]],
    [
      "a block",
      `steps:\n  - run: |\n      set -e\n\n      echo "${open} github.event.issue.body }}"\n    name: x`,
      ["5 injection"],
    ],
    ["a script", `  script: >-\n    f("${open} github.event.comment.body }}")`, ["2 injection"]],
    ["a commit's message", `  run: echo "${open} github.event.commits[0].message }}"`, ["1 injection"]],
    [
      "a checkout",
      `on:\n  pull_request_target:\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@${SHA}\n        with:\n          ref: ${open} github.event.pull_request.head.sha }}`,
      ["8 untrusted checkout"],
    ],
    ["every permission", "permissions: write-all", ["1 write-all"]],
    ["a tag", "  - uses: some/action@v4", ["1 unpinned action"]],
    ["a quoted tag", '  - uses: "docker://alpine:3"', ["1 unpinned action"]],
  ])("are found in %s", (_what, text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });
});

describe("repo.ci.workflow-injection", () => {
  it("names the place, passes a careful workflow", async () => {
    using project = createGitFolder({
      ".github/workflows/ci.yml": SAFE,
      ".github/workflows/bad.yaml": `a:\n  - run: echo ${open} github.head_ref }}\n`,
    });
    expect(await answerAbout(workflowInjection, project.directory)).toMatchObject({
      status: "fail",
      found: ".github/workflows/bad.yaml:2 puts github.head_ref into a script",
    });
    project.git("rm", "-q", ".github/workflows/bad.yaml");
    expect((await answerAbout(workflowInjection, project.directory)).status).toBe("pass");
  });

  it("looks at the root of the repository that the project is a folder of", async () => {
    using monorepo = createGitFolder({
      ".github/workflows/bad.yaml": `a:\n  - run: echo ${open} github.head_ref }}\n`,
      "apps/api/package.json": "{}",
    });
    expect(await answerAbout(workflowInjection, `${monorepo.directory}/apps/api`)).toMatchObject({
      found: "../../.github/workflows/bad.yaml:2 puts github.head_ref into a script",
    });
  });

  it("does not apply without workflows; cannot tell when one cannot be read", async () => {
    using project = createGitFolder({ "a.txt": "" });
    expect((await answerAbout(workflowInjection, project.directory)).status).toBe("not applicable");
    project.write({ ".github/workflows/huge.yml": "x".repeat(1_100_000) });
    expect((await answerAbout(workflowInjection, project.directory)).status).toBe("unknown");
  });
});

describe("repo.ci.actions-pinned", () => {
  it("names each action once with the way to its commit", async () => {
    const text = "  - uses: some/action/sub@v4\n  - uses: some/action/sub@v4\n";
    using project = createGitFolder({ ".github/workflows/ci.yml": text });
    expect(await answerAbout(actionsPinned, project.directory)).toMatchObject({
      status: "fail",
      findings: ["some/action/sub@v4"],
      fix: "some/action/sub@v4: git ls-remote https://github.com/some/action v4",
    });
    project.write({ ".github/workflows/ci.yml": SAFE });
    expect((await answerAbout(actionsPinned, project.directory)).status).toBe("pass");
  });

  it("does not apply without workflows; cannot tell without a folder", async () => {
    using project = createGitFolder({ "a.txt": "" });
    expect((await answerAbout(actionsPinned, project.directory)).status).toBe("not applicable");
    expect((await answerAbout(actionsPinned, "/nowhere/at/all")).status).toBe("unknown");
  });
});

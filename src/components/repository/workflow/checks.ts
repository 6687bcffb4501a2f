import { defineCheck } from "../../../model/check.ts";
import { fail, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { workflows } from "./facts.ts";
import type { WorkflowRisk } from "./risks.ts";

const DANGERS = {
  injection: (what: string) => `puts ${what} into a script`,
  "untrusted checkout": (what: string) => `checks out ${what} with this repository's secrets`,
  "write-all": () => "gives the job's token every permission",
} as const;
const FIXES = {
  injection:
    'give the text to the step as an environment variable (env: TITLE: ...) and use "$TITLE" in the script',
  "untrusted checkout": "use pull_request instead of pull_request_target, or do not check the head out",
  "write-all": "permissions: contents: read, and more only in the job that needs it",
} as const;

export const workflowInjection = defineCheck({
  id: "repo.ci.workflow-injection",
  title: "No workflow runs what a stranger wrote",
  consequence: "Anybody who opens a pull request runs commands with the repository's secrets.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    CI workflows hardened against injection | no script injection in workflows | GitHub Actions injection
    github.event in run steps | no untrusted input in workflows
    pull_request_target with untrusted code | zizmor | template injection in workflows
    untrusted PR titles reach a shell
    script injection in GitHub Actions | untrusted code in pull_request_target
    actionlint finds no injection | issue titles interpolated into scripts
    no interpolation of titles in workflow scripts | workflow scripts without untrusted input
    script injection in CI workflows | untrusted input interpolated in run | untrusted input in run steps
  `),
  source: "https://github.com/ossf/scorecard/blob/main/docs/checks.md#dangerous-workflow",
  needs: { found: workflows },
  run({ found: { files, risks } }) {
    const dangers = risks.filter(isDanger);
    if (dangers.length === 0) return pass(quantity(files.length, "workflow"), { workflows: files.length });
    const kinds = [...new Set(dangers.map(({ kind }) => kind))];
    return fail(
      `${dangers.length} ${dangers.length === 1 ? "place" : "places"} where a stranger may get in`,
      {
        expected: "scripts without text of strangers, a token with few permissions",
        found: dangers
          .map(({ file, line, kind, what }) => `${file}:${line} ${DANGERS[kind](what)}`)
          .join("; "),
        fix: kinds.map((kind) => FIXES[kind]).join("\n"),
        findings: [...new Set(dangers.map(({ file, kind, what }) => `${file}: ${kind} ${what}`))],
      },
    );
  },
});

function isDanger<R extends WorkflowRisk>(risk: R): risk is R & { kind: keyof typeof DANGERS } {
  return risk.kind in DANGERS;
}

export const actionsPinned = defineCheck({
  id: "repo.ci.actions-pinned",
  title: "Workflows use actions at a fixed commit",
  consequence:
    "Whoever takes over an action moves its tag, and their code runs with your secrets the same day.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    GitHub Actions pinned by SHA | CI dependencies pinned | actions pinned to a commit
    GitHub Actions pinned | actions referenced by SHA | no action by tag | third-party actions pinned
    pinact | external actions locked to a hash | actions by full commit hash | uses: references a SHA
    workflow actions by commit SHA | pinned actions | uses: entries with full commit hash
  `),
  source: "https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies",
  needs: { found: workflows },
  run({ found: { files, risks } }) {
    const loose = risks.filter(({ kind }) => kind === "unpinned action");
    if (loose.length === 0)
      return pass(`${quantity(files.length, "workflow uses", "workflows use")} fixed commits only`);
    const names = [...new Set(loose.map(({ what }) => what))];
    return fail(
      `${names.length === 1 ? "1 action is" : `${names.length} actions are`} used by tag or branch`,
      {
        expected: "uses: owner/action@<40 hexadecimal digits>  # v4",
        found: loose.map(({ file, line, what }) => `${file}:${line} ${what}`).join("; "),
        fix: names.map((name) => `${name}: ${lookup(name)}`).join("\n"),
        findings: names,
      },
    );
  },
});

function lookup(action: string): string {
  const match = /^([\w.-]+\/[\w.-]+)[^@]*@(.+)$/.exec(action);
  return match
    ? `git ls-remote https://github.com/${match[1]} ${match[2]}`
    : "name a commit or a digest after the @";
}

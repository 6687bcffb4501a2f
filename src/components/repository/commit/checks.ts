import { defineCheck } from "../../../model/check.ts";
import { fail, pass, type Trouble, warn } from "../../../model/outcome.ts";
import { ways } from "../../../model/ways.ts";
import { type CommitState, commitState } from "./facts.ts";

export const cleanAndPushed = defineCheck({
  id: "repo.git.clean-and-pushed",
  title: "What is deployed is a commit that the team has",
  consequence: "Production runs code that exists on one laptop only: nobody can review it or build it again.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  asks: ways(`
    all code committed and pushed | no uncommitted changes
    git working tree clean | code pushed to the repository | all changes committed
    code pushed to main branch | code committed to git | repository up to date | commit and push
    no uncommitted files | code pushed to main | changes pushed | all commits pushed | code on GitHub
    all code committed to main branch | everything committed to main | Working tree clean
    All code committed | nothing uncommitted | code in the Git repository | code committed
    code committed to Git | git push origin main | working directory clean
    git status clean | pushed to the branch | pushed to the deployment branch
    code pushed to the deployment branch | push to GitHub | nothing left to commit | nothing unpushed
    code merged and pushed | build comes from a pushed commit | no unpushed commits | deployed commit pushed
    release branch pushed
    nothing left unpushed on main
  `),
  needs: { state: commitState },
  run({ state }, { environment }) {
    const isProduction = environment.stage === "production";
    const measured = {
      commit: state.commit ?? null,
      branch: state.branch ?? null,
      changed: state.changed.length,
    };
    const trouble = troubleOf(state, isProduction);
    if (trouble) {
      const { summary, ...rest } = trouble;
      return isProduction ? fail(summary, { ...rest, measured }) : warn(summary, { ...rest, measured });
    }
    const short = state.commit?.slice(0, 7);
    return pass(
      isProduction
        ? `${short} is clean and on ${state.pushedTo[0]}`
        : `${short} is clean${state.pushedTo.length > 0 ? "" : ", not pushed yet"}`,
      measured,
    );
  },
});

function troubleOf(state: CommitState, isProduction: boolean): Omit<Trouble, "measured"> | undefined {
  const { commit, branch, changed, remotes, pushedTo } = state;
  if (commit === undefined) {
    return {
      summary: "nothing is committed yet",
      expected: "a commit",
      found: "a repository without one",
      fix: "git add -A && git commit -m 'First commit'",
    };
  }
  if (changed.length > 0) {
    const shown = changed.slice(0, 5).join(", ");
    return {
      summary: `${changed.length === 1 ? "1 file differs" : `${changed.length} files differ`} from the commit`,
      expected: `the tree of ${commit.slice(0, 7)}`,
      found: changed.length > 5 ? `${shown} and ${changed.length - 5} more` : shown,
      fix: "git add -A . && git commit, or git stash -u",
      findings: changed,
    };
  }
  // Only production is built from what others have; staging may run a commit of this machine.
  if (!isProduction || pushedTo.length > 0) return undefined;
  if (remotes.length === 0) {
    return {
      summary: "the repository has no remote",
      expected: "the commit on a server",
      found: `${commit.slice(0, 7)} on this machine only`,
      fix: "git remote add origin <address> && git push -u origin HEAD",
    };
  }
  return {
    summary: `${commit.slice(0, 7)} is not pushed`,
    expected: `the commit on a branch of ${remotes.join(" or ")}`,
    found: `${branch ?? "a detached head"} is ahead of ${remotes.join(" and ")}`,
    fix: `git push ${remotes[0]} ${branch ?? "HEAD:<branch>"}`,
  };
}

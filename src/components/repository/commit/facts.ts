import { isInRepository, readGit, runGit } from "../../../facts/git.ts";
import { DoesNotApply, defineFact } from "../../../model/fact.ts";
import type { RepositoryOptions } from "../options.ts";

export interface CommitState {
  /** Undefined before the first commit. */
  readonly commit: string | undefined;
  /** Undefined on a detached head. */
  readonly branch: string | undefined;
  /** Paths in the project that differ from the commit, new ones included. */
  readonly changed: readonly string[];
  readonly remotes: readonly string[];
  /** Branches of a remote that hold the commit, as far as this clone knows. */
  readonly pushedTo: readonly string[];
}

/** A project in a folder of a larger repository is looked at alone: what changed beside it does not count. */
export const commitState = defineFact<CommitState, RepositoryOptions>({
  id: "repository.commit-state",
  access: "read",
  reach: "source",
  timeoutMs: 30_000,
  async collect({ subject, doors, signal }) {
    const { directory } = subject;
    if (!(await isInRepository(doors, directory, signal))) {
      throw new DoesNotApply("the project is not in a git repository");
    }
    const git = (...args: string[]) => readGit(doors, { directory, args, signal });
    const head = await runGit(doors, { directory, args: ["rev-parse", "--verify", "-q", "HEAD"], signal });
    const commit = head.code === 0 ? head.stdout.trim() : undefined;
    const branch = await git("branch", "--show-current");
    const status = await git(
      "status",
      "--porcelain",
      "-z",
      "--no-renames",
      "--",
      ".",
      // Gonogo's own state is never part of a release.
      ":(exclude,glob)**/.gonogo/**",
    );
    const contains = commit
      ? await git("branch", "-r", "--contains", commit, "--format=%(refname:short)")
      : "";
    return {
      commit,
      branch: branch === "" ? undefined : branch,
      changed: status
        .split("\0")
        .filter((line) => line !== "")
        .map((line) => line.slice(3)),
      remotes: linesOf(await git("remote")),
      pushedTo: linesOf(contains),
    };
  },
});

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

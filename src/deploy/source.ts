import type { Doors } from "../model/doors.ts";
import { messageOf, OutsideError, UserError } from "../model/errors.ts";

/** The code a deploy starts from. */
export interface CodeSource {
  /** Full commit id of a clean tree, else "tree:<hash>" of the working tree as it is. */
  readonly commit: string;
  /** What `git archive`, run at the repository's root, takes to give exactly these files. */
  readonly treeish: string;
  readonly repository: string;
  readonly dirty: boolean;
  /** First line of the commit's message. */
  readonly subject: string;
}

type Git = (args: readonly string[], env?: Record<string, string>) => Promise<string>;

function gitIn(directory: string, doors: Doors): Git {
  return async (args, env = {}) => {
    const result = await doors.shell.run({ file: "git", args, cwd: directory, env, timeoutMs: 60_000 });
    if (result.code !== 0) throw new OutsideError(`git ${args[0]}: ${result.stderr.trim().split("\n")[0]}`);
    return result.stdout.trim();
  };
}

/**
 * Names the code in a project directory, which may be a folder of a larger repository. A dirty tree is named by
 * the hash git itself would give it (a temporary index, so the user's own is not touched).
 */
export async function readSource(directory: string, doors: Doors): Promise<CodeSource> {
  const git = gitIn(directory, doors);
  const head = await git(["rev-parse", "HEAD"]).catch(headless);
  if (head === undefined) {
    throw new UserError("the project is not in a git repository, or has no commit yet", {
      where: directory,
      fix: "git init && git add . && git commit -m 'First commit'",
    });
  }
  const prefix = await git(["rev-parse", "--show-prefix"]);
  const repository = await git(["rev-parse", "--show-toplevel"]);
  const dirty = (await git(["status", "--porcelain", "--", "."])) !== "";
  const subject = await git(["log", "-1", "--format=%s"]);
  if (!dirty) return { commit: head, treeish: `${head}:${prefix}`, repository, dirty, subject };
  const tree = await treeOf(git, doors, await git(["rev-parse", "--absolute-git-dir"]));
  return { commit: `tree:${tree}`, treeish: `${tree}:${prefix}`, repository, dirty, subject };
}

/** Undefined where git looked and found no commit. That git is missing, or refuses to look, is another matter. */
function headless(thrown: unknown): undefined {
  const said = messageOf(thrown);
  if (!said.startsWith("git rev-parse:")) {
    throw new UserError(`git cannot be asked for the code: ${said}`, {
      fix: "install git (apt-get install git): a release is a commit",
    });
  }
  if (!said.includes("dubious ownership")) return undefined;
  throw new UserError(said, { fix: "git config --global --add safe.directory with the directory it names" });
}

async function treeOf(git: Git, doors: Doors, gitDirectory: string): Promise<string> {
  const index = `${gitDirectory}/gonogo-index-${doors.random.hex(4)}`;
  const env = { GIT_INDEX_FILE: index };
  try {
    await git(["read-tree", "HEAD"], env);
    await git(["add", "-A", "--", "."], env);
    return await git(["write-tree"], env);
  } finally {
    await doors.files.remove(index);
  }
}

/** Puts exactly the files of the source into a new directory: no build leftovers, nothing ignored. */
export async function exportSource(
  source: CodeSource,
  { into, doors }: { into: string; doors: Doors },
): Promise<void> {
  await doors.files.makeDirectory(into);
  const archive = `${into}.tar`;
  try {
    await gitIn(source.repository, doors)(["archive", "--format=tar", "-o", archive, source.treeish]);
    const unpacked = await doors.shell.run({ file: "tar", args: ["-xf", archive, "-C", into] });
    if (unpacked.code !== 0) throw new OutsideError(`tar: ${unpacked.stderr.trim().split("\n")[0]}`);
  } finally {
    await doors.files.remove(archive);
  }
}

import { join } from "node:path";
import { isInRepository, readGit, runGit } from "../../../facts/git.ts";
import type { Doors } from "../../../model/doors.ts";

/**
 * The hash git would give the project's folder as it is now, committed or not; undefined outside a repository.
 * Index and objects of its own, so that neither the user's index nor the repository is touched.
 */
export async function treeHash(
  doors: Doors,
  directory: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!(await isInRepository(doors, directory, signal))) return undefined;
  const git = (args: readonly string[], env: Record<string, string> = {}) =>
    readGit(doors, { directory, args, env, signal });
  const prefix = await git(["rev-parse", "--show-prefix"]);
  const objects = await git(["rev-parse", "--path-format=absolute", "--git-path", "objects"]);
  const scratch = join(directory, ".gonogo", `tree-${doors.random.hex(6)}`);
  const env = {
    GIT_INDEX_FILE: join(scratch, "index"),
    GIT_OBJECT_DIRECTORY: join(scratch, "objects"),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
  };
  await doors.files.makeDirectory(env.GIT_OBJECT_DIRECTORY);
  try {
    const head = await runGit(doors, { directory, args: ["read-tree", "HEAD"], env, signal });
    if (head.code !== 0) await git(["read-tree", "--empty"], env);
    await git(["add", "-A", "--", ".", ":(exclude,glob)**/.gonogo/**"], env);
    const folder = prefix.replace(/\/$/, "");
    return await git(folder === "" ? ["write-tree"] : ["write-tree", `--prefix=${folder}/`], env);
  } finally {
    await doors.files.remove(scratch);
  }
}

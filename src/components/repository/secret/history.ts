import { isInRepository, readGit } from "../../../facts/git.ts";
import type { Doors } from "../../../model/doors.ts";

/** What one commit added to one file. */
export interface AddedText {
  readonly path: string;
  readonly text: string;
}

export interface Place {
  readonly doors: Doors;
  readonly directory: string;
  readonly signal: AbortSignal;
}

export interface Past {
  /** Commits that touched the project's folder, the newest first; merges add nothing of their own. */
  readonly commits: readonly string[];
  /** The clone does not have what is older. */
  readonly isShallow: boolean;
}

/** Undefined: the folder is not in a git repository, or git keeps nothing of it. */
export async function pastOf({ doors, directory, signal }: Place, most: number): Promise<Past | undefined> {
  if (!(await isInRepository(doors, directory, signal))) return undefined;
  const read = (...args: string[]) => readGit(doors, { directory, args, signal });
  // A repository without a commit has no HEAD.
  if ((await read("rev-list", "-n", "1", "--all")) === "") return undefined;
  const listed = await read("rev-list", "--no-merges", `--max-count=${most}`, "HEAD", "--", ".");
  const commits = listed.split("\n").filter((sha) => sha !== "");
  if (commits.length === 0) return undefined;
  return { commits, isShallow: (await read("rev-parse", "--is-shallow-repository")) === "true" };
}

/** What these commits added, by commit. Files beyond 1 MiB count as binary and are left out. */
export async function addedBy(
  { doors, directory, signal }: Place,
  commits: readonly string[],
): Promise<ReadonlyMap<string, readonly AddedText[]>> {
  const config = ["core.bigFileThreshold=1m", "log.showRoot=true", "diff.suppressBlankEmpty=false"];
  const printed = await readGit(doors, {
    directory,
    args: [
      ...config.flatMap((each) => ["-c", each]),
      ...["log", "--no-walk=unsorted", "--format=%x00%H", "--patch", "--unified=0", "--relative"],
      ...["--no-color", "--no-ext-diff", "--no-textconv", "--find-renames"],
      ...["--src-prefix=a/", "--dst-prefix=b/", ...commits, "--", "."],
    ],
    signal,
  });
  return new Map(
    printed
      .split("\0")
      .slice(1)
      .map((patch) => [patch.slice(0, patch.search(/\n|$/)), addedIn(patch)]),
  );
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

/** Hunks tell how long they are, so that an added line that looks like a header is not taken for one. */
function addedIn(patch: string): AddedText[] {
  const added = new Map<string, string[]>();
  let lines: string[] = [];
  let left = 0;
  for (const line of patch.split("\n")) {
    const hunk = left === 0 ? HUNK.exec(line) : null;
    if (hunk) left = Number(hunk[1] ?? 1) + Number(hunk[2] ?? 1);
    else if (left > 0) {
      if (line.startsWith("\\")) continue;
      left -= 1;
      if (line.startsWith("+")) lines.push(line.slice(1));
    } else if (line.startsWith("+++ b/")) {
      lines = [];
      added.set(line.slice("+++ b/".length).replace(/\t$/, ""), lines);
    }
  }
  return [...added].map(([path, each]) => ({ path, text: each.join("\n") }));
}

import type { Doors } from "../model/doors.ts";
import type { Release } from "../model/release.ts";
import { differences } from "./plan.ts";

const MOST_LINES = 20;

/** What a release changed, by name only: commits, files, variables, migrations, the declaration. Never contents. */
export async function releaseDifference(
  before: Release,
  after: Release,
  { directory, doors }: { directory: string; doors: Doors },
): Promise<string[]> {
  const { added, removed, changed } = differences(before.variables, after.variables);
  const migrations = after.migrations.filter((each) => !before.migrations.includes(each));
  const named = (label: string, names: readonly string[]) =>
    names.length > 0 ? [`${label}: ${names.join(", ")}`] : [];
  return [
    ...(await codeDifference(before, after, { directory, doors })),
    ...named("variables added", added),
    ...named("variables removed", removed),
    ...named("variables changed", changed),
    ...named("migrations", migrations),
    ...(before.configuration === after.configuration ? [] : ["the declaration changed"]),
  ];
}

async function codeDifference(
  before: Release,
  after: Release,
  { directory, doors }: { directory: string; doors: Doors },
): Promise<string[]> {
  if (before.commit === after.commit) return ["the code is the same"];
  const [from, to] = [before, after].map(({ commit }) => commit.replace(/^tree:/, ""));
  const git = async (...args: string[]) => {
    const { code, stdout } = await doors.shell.run({ file: "git", args, cwd: directory, timeoutMs: 10_000 });
    return code === 0
      ? stdout
          .trim()
          .split("\n")
          .filter((line) => line !== "")
      : [];
  };
  const range = `${from}..${to}`;
  const isCommits = !before.commit.startsWith("tree:") && !after.commit.startsWith("tree:");
  const commits = isCommits ? await git("log", "--oneline", "--no-decorate", `-${MOST_LINES}`, range) : [];
  const files = await git("diff", "--stat=80", "--no-color", "--relative", from ?? "", to ?? "");
  const shown = files.length > MOST_LINES ? [...files.slice(0, MOST_LINES - 1), files.at(-1) ?? ""] : files;
  if (commits.length + shown.length === 0) return [`git diff ${from} ${to}`];
  return [...commits.map((line) => `commit ${line}`), ...shown.map((line) => line.trim())];
}

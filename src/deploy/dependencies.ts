import path from "node:path";
import type { Doors } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";

export interface DependenciesRequest {
  /** The project, where they were installed. */
  readonly from: string;
  /** The release's code. */
  readonly into: string;
  /** Folders of the release that are served as they are: nothing is put there. */
  readonly served: readonly string[];
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

/** Written by tools as they run, in place: a build would change the project's own. */
const CACHES = [".cache", ".vite", ".vite-temp"];

/**
 * Gives a release the installed packages of its project, for every package.json of it, as hard links. Without them
 * Node finds the project's own further up: the next `npm install` would change what is live and what a rollback goes
 * back to, and a workspace's package would be whatever its author is just writing.
 */
export async function keepDependencies({
  from,
  into,
  served,
  doors,
  signal,
}: DependenciesRequest): Promise<void> {
  const run = (line: string, env: Record<string, string> = {}) =>
    doors.shell.run({ line, cwd: into, env, timeoutMs: 300_000, maxOutputBytes: 16 * 1_048_576, signal });
  const found = await run("find . -name package.json -not -path '*/node_modules/*'");
  for (const file of found.stdout.split("\n").filter((line) => line !== "")) {
    const folder = path.dirname(file);
    if (served.some((each) => isWithin(folder, each))) continue;
    const copied = await run(COPY, {
      FROM: path.join(from, folder, "node_modules"),
      INTO: path.join(into, folder, "node_modules"),
    });
    if (copied.code === 0) continue;
    throw new OutsideError(`the release cannot keep its packages: ${copied.stderr.trim().split("\n")[0]}`);
  }
}

function isWithin(folder: string, outer: string): boolean {
  return `${path.resolve("/", folder)}/`.startsWith(`${path.resolve("/", outer)}/`.replace("//", "/"));
}

// One that is a link already leads away from the project and stays where it is. On another disk there are no hard links.
const COPY = `[ -d "$FROM" ] && [ ! -L "$FROM" ] && [ ! -e "$INTO" ] || exit 0
cp -al "$FROM" "$INTO" 2>/dev/null || { rm -rf "$INTO"; cp -a "$FROM" "$INTO" || exit 1; }
cd "$INTO" && rm -rf ${CACHES.join(" ")}`;

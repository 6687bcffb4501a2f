import { join } from "node:path/posix";
import { isInRepository, readGit, runGit } from "../../../facts/git.ts";
import type { Doors } from "../../../model/doors.ts";
import { defineFact, NotObserved, Undeclared } from "../../../model/fact.ts";
import type { RepositoryOptions } from "../options.ts";
import { type ChangelogEntry, entryOf, newestHeading, VERSION_FILES, versionIn } from "./versions.ts";

export interface ReleaseNotes {
  readonly version: string;
  /** The file that says so. */
  readonly manifest: string;
  readonly changelog: string;
  /** Undefined: the changelog does not exist. */
  readonly newest: string | undefined;
  readonly isThere: boolean;
  readonly entry: ChangelogEntry | undefined;
  /** The tag of this version and how many commits have changed the project since; undefined: it has no tag. */
  readonly tagged: { readonly tag: string; readonly commitsSince: number } | undefined;
}

export const releaseNotes = defineFact<ReleaseNotes, RepositoryOptions>({
  id: "repository.release-notes",
  access: "read",
  reach: "source",
  timeoutMs: 30_000,
  async collect({ subject, doors, signal }) {
    const { directory, options } = subject;
    const { changelog } = options;
    if (changelog === undefined) {
      throw new Undeclared('no changelog is declared; add repository({ changelog: "CHANGELOG.md" })');
    }
    const declared = await versionOf(doors, directory);
    if (!declared) throw new NotObserved(`none of ${VERSION_FILES.join(", ")} says which version this is`);
    const text = await doors.files.read(join(directory, changelog));
    return {
      ...declared,
      changelog,
      isThere: text !== undefined,
      newest: newestHeading(text ?? ""),
      entry: entryOf(text ?? "", declared.version),
      tagged: await tagOf(doors, { directory, version: declared.version, signal }),
    };
  },
});

async function versionOf(
  doors: Doors,
  directory: string,
): Promise<{ version: string; manifest: string } | undefined> {
  for (const manifest of VERSION_FILES) {
    const text = await doors.files.read(join(directory, manifest));
    const version = text === undefined ? undefined : versionIn(manifest, text);
    if (version !== undefined) return { version, manifest };
  }
  return undefined;
}

async function tagOf(
  doors: Doors,
  { directory, version, signal }: { directory: string; version: string; signal: AbortSignal },
): Promise<ReleaseNotes["tagged"]> {
  if (!(await isInRepository(doors, directory, signal).catch(() => false))) return undefined;
  for (const tag of [`v${version}`, version]) {
    const args = ["rev-list", "--count", `refs/tags/${tag}..HEAD`, "--", "."];
    const known = await runGit(doors, {
      directory,
      args: ["rev-parse", "-q", "--verify", `refs/tags/${tag}`],
      signal,
    });
    if (known.code === 0)
      return { tag, commitsSince: Number(await readGit(doors, { directory, args, signal })) };
  }
  return undefined;
}

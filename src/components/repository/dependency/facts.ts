import { dirname, join, relative } from "node:path/posix";
import { isInRepository, readGit, runGit } from "../../../facts/git.ts";
import type { Doors } from "../../../model/doors.ts";
import { messageOf } from "../../../model/errors.ts";
import { DoesNotApply, defineFact, NotObserved } from "../../../model/fact.ts";
import type { RepositoryOptions } from "../options.ts";
import { LOCKS, type LockReading, OTHER_LOCKS } from "./locks.ts";
import { declaredIn, type Manifest, manifestSchema } from "./manifest.ts";

export interface Dependencies {
  readonly manifest: string;
  readonly declared: number;
  /** Relative to the project, perhaps in a folder above; undefined when there is none. */
  readonly lock: string | undefined;
  /** Shell line that makes the lock fit; undefined where we do not know the tool. */
  readonly renew: string | undefined;
  /** Undefined: the project is not in a git repository. */
  readonly isCommitted: boolean | undefined;
  /** Undefined: a lock whose content is not read here. */
  readonly reading: LockReading | { readonly broken: string } | undefined;
  readonly otherLocks: readonly string[];
}

const LARGEST_LOCK = 64 * 1_048_576;

export const dependencies = defineFact<Dependencies, RepositoryOptions>({
  id: "repository.dependencies",
  access: "read",
  reach: "source",
  async collect({ subject, doors, signal }) {
    const { directory } = subject;
    const text = await doors.files.read(join(directory, "package.json"));
    const isInGit = await isInRepository(doors, directory, signal);
    const isCommitted = async (file: string): Promise<boolean | undefined> => {
      if (!isInGit) return undefined;
      const args = ["ls-files", "--error-unmatch", "--", file];
      return (await runGit(doors, { directory: dirname(file), args, signal })).code === 0;
    };
    if (text === undefined) return otherLanguage(doors, directory, isCommitted);

    const manifest = parseManifest(text);
    const declared = declaredIn(manifest);
    if (declared.length === 0) throw new DoesNotApply("package.json declares no dependency");
    const top = isInGit
      ? await readGit(doors, { directory, args: ["rev-parse", "--show-toplevel"], signal })
      : directory;
    const found = await findLocks(doors, directory, top);
    const [first, ...others] = found;
    const base = { manifest: "package.json", declared: declared.length };
    if (!first) {
      return {
        ...base,
        lock: undefined,
        renew: "npm install",
        isCommitted: undefined,
        reading: undefined,
        otherLocks: [],
      };
    }
    return {
      ...base,
      lock: relative(directory, first.path),
      renew: first.kind.renew,
      isCommitted: await isCommitted(first.path),
      reading: await readLock(doors, first, { declared, folder: relative(dirname(first.path), directory) }),
      otherLocks: others.map(({ path }) => relative(directory, path)),
    };
  },
});

function parseManifest(text: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    throw new NotObserved("package.json is not valid JSON");
  }
}

type Found = { readonly path: string; readonly kind: (typeof LOCKS)[number] };

/** In the project, else in the nearest folder above it that has one: workspaces share a lock. */
async function findLocks(doors: Doors, directory: string, top: string): Promise<Found[]> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const found = await Promise.all(
      LOCKS.map(async (kind): Promise<Found | undefined> => {
        const path = join(folder, kind.file);
        return (await doors.files.stat(path)) && { path, kind };
      }),
    );
    const here = found.filter((each) => each !== undefined);
    if (here.length > 0 || folder === top || folder === dirname(folder)) return here;
  }
}

async function readLock(
  doors: Doors,
  { path, kind }: Found,
  request: Omit<Parameters<typeof kind.read>[0], "text">,
): Promise<Dependencies["reading"]> {
  const text = (await doors.files.read(path, { maxBytes: LARGEST_LOCK })) ?? "";
  try {
    return kind.read({ ...request, text });
  } catch (thrown) {
    const told =
      thrown instanceof SyntaxError ? "it is not valid JSON (a merge conflict?)" : messageOf(thrown);
    return { broken: told.split("\n")[0] ?? told };
  }
}

async function otherLanguage(
  doors: Doors,
  directory: string,
  isCommitted: (file: string) => Promise<boolean | undefined>,
): Promise<Dependencies> {
  for (const [manifest, locks] of Object.entries(OTHER_LOCKS)) {
    if (!(await doors.files.stat(join(directory, manifest)))) continue;
    const base = { manifest, declared: 0, renew: undefined, reading: undefined, otherLocks: [] };
    for (const lock of locks) {
      const path = join(directory, lock);
      if (await doors.files.stat(path)) return { ...base, lock, isCommitted: await isCommitted(path) };
    }
    return { ...base, lock: undefined, isCommitted: undefined };
  }
  throw new DoesNotApply(
    "the project declares no dependency (no package.json, pyproject.toml, Gemfile, ...)",
  );
}

import { z } from "zod";
import { compare, type Declared, type Difference, declaredIn, manifestSchema } from "./manifest.ts";

/** One package as a lock has it. */
export interface LockedScript {
  readonly name: string;
  readonly version: string;
}

export interface LockRequest {
  /** Text of the lock. */
  readonly text: string;
  readonly declared: readonly Declared[];
  /** The project's folder relative to the lock's; "" when they are the same. */
  readonly folder: string;
}

export interface LockReading {
  readonly differences: readonly Difference[];
  /** Packages with install scripts; undefined where the lock does not tell. */
  readonly scripts: readonly LockedScript[] | undefined;
}

export interface LockKind {
  readonly file: string;
  /** Shell line that writes the lock anew. */
  readonly renew: string;
  /** Throws when the lock is not of its own format. */
  readonly read: (request: LockRequest) => LockReading;
}

const npmEntry = z.looseObject({
  ...manifestSchema.shape,
  version: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  link: z.boolean().optional(),
});
const npmLock = z.object({ packages: z.record(z.string(), npmEntry).optional() });

function readNpm({ text, declared, folder }: LockRequest): LockReading {
  const { packages } = npmLock.parse(JSON.parse(text));
  if (!packages) throw new Error("its lockfileVersion is 1; npm 7 and later write 2 or 3");
  const own = packages[folder];
  if (!own) return { differences: compare(declared, []), scripts: undefined };
  const differences = compare(declared, declaredIn(own));
  const unresolved = declared
    .filter(({ name, kind }) => kind !== "optionalDependencies" && !resolves(packages, folder, name))
    .map(({ name, range }) => ({ name, manifest: range, lock: undefined }))
    .filter(({ name }) => !differences.some((each) => each.name === name));
  const scripts = Object.entries(packages).flatMap(([path, { version, hasInstallScript }]) =>
    hasInstallScript && path.includes("node_modules/")
      ? [
          {
            name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
            version: version ?? "?",
          },
        ]
      : [],
  );
  return { differences: [...differences, ...unresolved], scripts };
}

/** Node looks in each folder upwards. */
function resolves(packages: Readonly<Record<string, unknown>>, folder: string, name: string): boolean {
  const parts = folder === "" ? [] : folder.split("/");
  for (let length = parts.length; length >= 0; length--) {
    const base = parts.slice(0, length).join("/");
    if (packages[`${base === "" ? "" : `${base}/`}node_modules/${name}`]) return true;
  }
  return false;
}

/** pnpm writes what it locked as a small YAML of its own: importers, then kinds, then names, by indentation. */
function readPnpm({ text, declared, folder }: LockRequest): LockReading {
  const importer = folder === "" ? "." : folder;
  const locked: Declared[] = [];
  let place: (string | undefined)[] = [];
  for (const line of text.split(/\r?\n/)) {
    const match = /^( *)('[^']+'|"[^"]+"|[^\s:'"][^:]*):(?:\s+(.*))?$/.exec(line);
    if (!match) continue;
    const [, indent = "", key = "", value] = match;
    const depth = indent.length / 2;
    place = [...place.slice(0, depth), plain(key)];
    const [section, owner, kind, name, field] = place;
    if (section !== "importers" || owner !== importer || field !== "specifier" || !name) continue;
    if (kind === "dependencies" || kind === "devDependencies" || kind === "optionalDependencies") {
      locked.push({ name, kind, range: plain(value ?? "") });
    }
  }
  if (!/^importers:/m.test(text)) throw new Error("it has no importers; pnpm 9 and later write them");
  return { differences: compare(declared, locked), scripts: undefined };
}

/** yarn keeps every range that something asked for as a key: `"pg@^8.0.0":`, or with `npm:` since version 2. */
function readYarn({ text, declared }: LockRequest): LockReading {
  const keys = new Set(
    text
      .split(/\r?\n/)
      .filter((line) => /^\S.*:$/.test(line) && !line.startsWith("#"))
      .flatMap((line) => line.slice(0, -1).split(","))
      .map((key) => plain(key.trim()).replace("@npm:", "@")),
  );
  const differences = declared
    .filter(({ range }) => !/^(workspace|file|link|portal|patch):/.test(range))
    .filter(({ name, range }) => !keys.has(`${name}@${range.replace(/^npm:/, "")}`))
    .map(({ name, range }) => ({ name, manifest: range, lock: undefined }));
  return { differences, scripts: undefined };
}

const bunLock = z.object({ workspaces: z.record(z.string(), manifestSchema) });

function readBun({ text, declared, folder }: LockRequest): LockReading {
  const { workspaces } = bunLock.parse(JSON.parse(text.replace(/,(\s*[}\]])/g, "$1")));
  const own = workspaces[folder];
  return { differences: compare(declared, own ? declaredIn(own) : []), scripts: undefined };
}

function plain(text: string): string {
  return text.replace(/^(['"])(.*)\1$/, "$2");
}

/** Locks of package.json, in the order in which the tools themselves look. */
export const LOCKS: readonly LockKind[] = [
  { file: "package-lock.json", renew: "npm install --package-lock-only", read: readNpm },
  { file: "npm-shrinkwrap.json", renew: "npm install --package-lock-only", read: readNpm },
  { file: "pnpm-lock.yaml", renew: "pnpm install --lockfile-only", read: readPnpm },
  { file: "yarn.lock", renew: "yarn install --mode=update-lockfile", read: readYarn },
  { file: "bun.lock", renew: "bun install --lockfile-only", read: readBun },
];

/** Locks of other languages: that they are there and in git is asked, not what is in them. */
export const OTHER_LOCKS: Readonly<Record<string, readonly string[]>> = {
  "pyproject.toml": ["uv.lock", "poetry.lock", "pdm.lock", "requirements.txt"],
  Pipfile: ["Pipfile.lock"],
  Gemfile: ["Gemfile.lock"],
  "go.mod": ["go.sum"],
  "Cargo.toml": ["Cargo.lock"],
  "composer.json": ["composer.lock"],
  "mix.exs": ["mix.lock"],
};

import { z } from "zod";

const entrySchema = z.looseObject({
  version: z.string().optional(),
  license: z.unknown().optional(),
  link: z.boolean().optional(),
  resolved: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
  peerDependencies: z.record(z.string(), z.string()).optional(),
});
const lockSchema = z.object({ packages: z.record(z.string(), entrySchema) });
type Entry = z.output<typeof entrySchema>;
type Packages = Readonly<Record<string, Entry>>;

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Its folder, relative to the lock's. */
  readonly path: string;
  /** As the lock has it; undefined: it does not tell. */
  readonly licence: string | undefined;
  /** Only the development needs it. */
  readonly isOfDevelopment: boolean;
}

/**
 * Every package of others that a project installs, by npm's lock (lockfileVersion 2 or 3): what it asks for, and what
 * that asks for, each found as Node finds it. Packages of the same workspace are passed through, not told.
 */
export function installedPackages(
  text: string,
  { folder, productionOnly }: { folder: string; productionOnly: boolean },
): InstalledPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(text));
  const own = packages[folder];
  if (!own) throw new Error(`the lock knows no package in ${folder === "" ? "its own folder" : folder}`);
  // The root of workspaces stands for all of their packages.
  const members =
    own.workspaces === undefined
      ? []
      : Object.keys(packages).filter((path) => path !== folder && !path.includes("node_modules/"));
  const roots = [folder, ...members];
  const ofProduction = reachedFrom(
    roots.flatMap((path) => neighbours(packages, path)),
    packages,
  );
  const all = productionOnly
    ? ofProduction
    : reachedFrom(
        roots.flatMap((path) => neighbours(packages, path, packages[path]?.devDependencies)),
        packages,
      );
  return [...all]
    .filter((path) => path.includes("node_modules/") && !packages[path]?.link)
    .sort()
    .map((path) => ({
      name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
      version: packages[path]?.version ?? "?",
      path,
      licence: licenceOf(packages[path]),
      isOfDevelopment: !ofProduction.has(path),
    }));
}

function reachedFrom(waiting: string[], packages: Packages): ReadonlySet<string> {
  const reached = new Set<string>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const { link, resolved } = packages[path] ?? {};
    waiting.push(...(link && resolved !== undefined ? [resolved] : neighbours(packages, path)));
  }
  return reached;
}

function neighbours(packages: Packages, path: string, more: Readonly<Record<string, string>> = {}): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = packages[path] ?? {};
  const names = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies, ...more });
  return names.flatMap((name) => placeOf(packages, path, name) ?? []);
}

/** Node looks in each folder upwards. */
function placeOf(packages: Packages, from: string, name: string): string | undefined {
  const parts = from === "" ? [] : from.split("/");
  for (let length = parts.length; length >= 0; length--) {
    const place = [...parts.slice(0, length), "node_modules", name].join("/");
    if (packages[place]) return place;
  }
  return undefined;
}

/** An SPDX expression, or what older packages wrote: an object, or a list of which one may be chosen. */
export function licenceOf(manifest: unknown): string | undefined {
  const { license, licenses } = (manifest ?? {}) as { license?: unknown; licenses?: unknown };
  const said = license ?? licenses;
  const all = (Array.isArray(said) ? said : [said]).map((each) =>
    typeof each === "string" ? each : (each as { type?: unknown } | undefined)?.type,
  );
  const names = all.filter((each) => typeof each === "string" && each.trim() !== "");
  if (names.length === 0) return undefined;
  return names.length === 1 ? String(names[0]) : `(${names.join(" OR ")})`;
}

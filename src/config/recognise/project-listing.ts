import { basename, join } from "node:path";
import type { Doors } from "../../model/doors.ts";

/** What recognisers may look at: which files there are, and the text of those that tell something. */
export interface ProjectListing {
  /** Name of the directory. */
  readonly directoryName: string;
  /** Paths relative to the project, "/" between parts, sorted. */
  readonly files: readonly string[];
  /** Text of a file that was read; undefined when it is missing or of no interest. */
  text(path: string): string | undefined;
}

const SKIPPED = new Set([
  "node_modules",
  "vendor",
  "dist",
  "build",
  "target",
  "coverage",
  "tmp",
  "log",
  "venv",
  "__pycache__",
]);
const TELLING =
  /^(package\.json|Procfile|Dockerfile|(docker-)?compose\.ya?ml|vercel\.json|railway\.(toml|json)|render\.yaml|\.env\.(example|sample|template)|requirements\.txt|pyproject\.toml|Pipfile|Gemfile|schema\.prisma|.*\.md)$/i;
/** Code, of which only the paths it names are of interest. */
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx|py|rb|go|php)$/;
const MAX_DEPTH = 4;
/** Where files are routes by their place (Next.js, Nuxt, SvelteKit): apps/web/src/app/api/health/route.ts. */
const ROUTES =
  /^(?:(?:apps|packages|services)(?:\/[\w-]+)?(?:$|\/))?(?:src(?:$|\/))?(?:(?:app|pages|routes|server)(?:$|\/.*$))?$/;
const MAX_ROUTE_DEPTH = 8;
const MAX_FILES = 5_000;
const MAX_TEXT_BYTES = 262_144;

/** Lists a project four folders deep, its routes deeper; what is generated, hidden or huge is left out. */
export async function listProject(
  directory: string,
  { files }: Pick<Doors, "files">,
): Promise<ProjectListing> {
  const paths: string[] = [];
  const texts = new Map<string, string>();

  async function walk(folder: string, depth: number): Promise<void> {
    const names = await files.list(join(directory, folder));
    await Promise.all(names.filter((name) => isOfInterest(name)).map((name) => visit(folder, name, depth)));
  }

  async function visit(folder: string, name: string, depth: number): Promise<void> {
    const path = folder === "" ? name : `${folder}/${name}`;
    const found = await files.stat(join(directory, path));
    if (!found || paths.length >= MAX_FILES) return;
    if (found.isDirectory) {
      if (depth < (ROUTES.test(path) ? MAX_ROUTE_DEPTH : MAX_DEPTH)) await walk(path, depth + 1);
      return;
    }
    paths.push(path);
    // A workspace's packages lie one deeper than its own files: apps/api/package.json.
    const deepest = name === "package.json" ? 3 : 2;
    const tells = SOURCE.test(name) || (TELLING.test(name) && depth <= deepest);
    if (!tells || found.sizeBytes > MAX_TEXT_BYTES) return;
    const text = await files.read(join(directory, path));
    if (text !== undefined) texts.set(path, text.replace(/^\uFEFF/, ""));
  }

  await walk("", 1);
  return { directoryName: basename(directory), files: paths.sort(), text: (path) => texts.get(path) };
}

function isOfInterest(name: string): boolean {
  return !SKIPPED.has(name) && (!name.startsWith(".") || name.startsWith(".env."));
}

import { join } from "node:path/posix";
import { projectFiles } from "../../facts/project-files.ts";
import { defineFact } from "../../model/fact.ts";
import type { Sibling } from "../../model/subject.ts";

export interface DeployedCode {
  /** Code that a release runs, or sends to browsers. */
  readonly paths: readonly string[];
  /** How much code was left out: tests, scripts, tools, installed and generated things. */
  readonly leftOut: number;
}

const CODE =
  /\.([mc]?[jt]sx?|vue|svelte|astro|pyw?|rb|erb|haml|slim|php|go|java|kts?|scala|groovy|cs|fs|rs|exs?|heex)$/;
/** Installed or generated: nobody mends it in this repository. */
export const NOT_WRITTEN_HERE =
  /(^|\/)(node_modules|vendor|third_party|bower_components|dist|build|out|\.[\w-]+|generated|__generated__|coverage)\/|\.min\.[mc]?js$|[.-]bundle\.js$|\.(g|generated|gen|pb)\.\w+$|\.d\.[mc]?ts$/;
const OF_TESTS =
  /(^|\/)(tests?|__tests__|specs?|e2e|cypress|playwright|__mocks__|testdata|\.storybook)\/|\.(test|spec|cy|e2e|stories)\.\w+$|(^|\/)(test_\w+|conftest|tests)\.py$|_(test|spec)\.(go|rb|py|exs?)$|(^|\/)src\/(test|androidTest)\/|Tests?\.(java|kt|cs|php)$/;
const OF_TOOLS =
  /(^|\/)([\w.-]+\.config\.[mc]?[jt]s|(Gulp|Grunt|gulp)file\.[mc]?js|setup\.py|manage\.py|noxfile\.py|fabfile\.py|seeds?\.\w+|build\.rs)$|(^|\/)(lib\/tasks|management\/commands|app\/Console|db\/(seeds|migrate))\//;
/** Below a package these hold what people run by hand; deeper down ("public/scripts") they may be the application. */
const TOOL_FOLDERS =
  /^(scripts?|bin|tools?|docs?|examples?|bench(marks?)?|demos?|migrations?|seeds?|stand-ins)$/;
const MANIFEST =
  /(^|\/)(package\.json|pyproject\.toml|requirements\.txt|go\.mod|composer\.json|Gemfile|Cargo\.toml|pom\.xml|mix\.exs)$/;

export const deployedCode = defineFact<DeployedCode, unknown>({
  id: "repository.deployed-code",
  access: "read",
  reach: "source",
  timeoutMs: 30_000,
  async collect({ subject, doors, get }) {
    const { paths } = await get(projectFiles);
    const started = startedFiles(subject.siblings);
    const packages = new Set(["", ...paths.filter((path) => MANIFEST.test(path)).map(folderOf)]);
    const programs = new Set<string>();
    for (const manifest of paths.filter((path) => /(^|\/)package\.json$/.test(path))) {
      const text = await doors.files.read(join(subject.directory, manifest)).catch(() => undefined);
      for (const program of programsOf(text ?? "")) programs.add(join(folderOf(manifest), program));
    }
    const code = paths.filter((path) => CODE.test(path));
    const deployed = code.filter(
      (path) =>
        started.has(path) ||
        (!NOT_WRITTEN_HERE.test(path) &&
          !OF_TESTS.test(path) &&
          !OF_TOOLS.test(path) &&
          !isInToolFolder(path, packages) &&
          !programs.has(path)),
    );
    return { paths: deployed, leftOut: code.length - deployed.length };
  },
});

/** "bin/server.js" of `web({ start: "node bin/server.js" })` is deployed wherever it lies. */
function startedFiles(siblings: readonly Sibling[]): ReadonlySet<string> {
  const lines = siblings.map(({ options }) => (options as { start?: unknown } | undefined)?.start);
  const words = lines.flatMap((line) => (typeof line === "string" ? line.split(/\s+/) : []));
  return new Set(words.map((word) => word.replace(/^\.\//, "")));
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

function isInToolFolder(path: string, packages: ReadonlySet<string>): boolean {
  const parts = path.split("/").slice(0, -1);
  return parts.some((part, at) => TOOL_FOLDERS.test(part) && packages.has(parts.slice(0, at).join("/")));
}

/** What package.json declares to be a command of its own. */
function programsOf(manifest: string): string[] {
  try {
    const { bin } = JSON.parse(manifest) as { bin?: unknown };
    if (typeof bin === "string") return [bin];
    return Object.values(bin ?? {}).filter((each) => typeof each === "string");
  } catch {
    return [];
  }
}

import { defineCheck } from "../../model/check.ts";
import { defineFact, NotObserved } from "../../model/fact.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import type { SiteOptions } from "./options.ts";

export interface BuildOutput {
  readonly isThere: boolean;
  /** Names at the top of the built directory. */
  readonly names: readonly string[];
  /** Size of the page every visit begins with; undefined when there is none. */
  readonly entryBytes: number | undefined;
  readonly entry: string;
}

/** What the build left behind. Asked once a release is built: before, there is nothing to look at. */
const siteBuildOutput = defineFact<BuildOutput, SiteOptions>({
  id: "site.build-output",
  access: "read",
  reach: "schema",
  async collect({ subject, doors }) {
    const { directory, fallback } = subject.options;
    const root = `${subject.built ?? subject.directory}/${directory}`;
    const entry = fallback ?? "index.html";
    const isThere = (await doors.files.stat(root))?.isDirectory ?? false;
    if (!isThere && subject.address === undefined && subject.built === undefined) {
      throw new NotObserved(`nothing is deployed in ${subject.environment.name} yet`);
    }
    if (!isThere) return { isThere, names: [], entryBytes: undefined, entry };
    const page = await doors.files.stat(`${root}/${entry}`);
    return {
      isThere,
      names: await doors.files.list(root),
      entryBytes: page && !page.isDirectory ? page.sizeBytes : undefined,
      entry,
    };
  },
});

export const buildOutput = defineCheck({
  id: "site.build.output",
  title: "The build leaves a site behind",
  consequence: "The release goes out empty and every visitor gets a 404.",
  severity: "blocker",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    build output exists
    frontend build
    Flutter web build | frontend built for production | assets compiled
    build artifacts generated
    frontend production build
    web build generated
    dist folder generated
    dist folder built | client build
    next build produces output | build creates dist directory
    build generates files in the output folder | dist folder not empty after the build
    build artefacts present | static export written to the output directory | index.html in the build output
    build output directory | dist contains index.html | build produces dist
    generated site has an index.html | static site generated | static export works
    public folder contains the built files | Hugo build | Astro build
    Gatsby build | Jekyll build | Eleventy build
    build writes the dist folder | dist folder written
    static files exist after the build | build output folder contains pages
    build output present | build produces static files | output directory exists after the build
  `),
  needs: { output: siteBuildOutput },
  run: ({ output: { isThere, names, entry, entryBytes } }, { component, options }) => {
    const expected = `${options.directory}/${entry}`;
    const build = options.build ?? "its build";
    if (!isThere)
      return fail("the build left no directory", {
        expected,
        found: `no ${options.directory}`,
        fix: `see what "${build}" prints, or name the directory it writes in components.${component}.directory`,
      });
    if (entryBytes === undefined)
      return fail("the build left no page to begin with", {
        expected,
        found: names.length === 0 ? "an empty directory" : names.slice(0, 8).join(", "),
        fix: `let "${build}" write ${expected}, or name the directory it writes in components.${component}.directory`,
      });
    if (entryBytes === 0)
      return fail("the page every visit begins with is empty", {
        expected: `${expected} with a page in it`,
        found: "0 bytes",
        fix: `see what "${build}" prints`,
      });
    return pass(`${options.directory} with ${entry}`, { names: names.length, entryBytes });
  },
});

import { z } from "zod";
import { parseDuration } from "../../model/duration.ts";
import { COVERED_THINGS } from "./coverage/report.ts";
import { CONSOLE_METHODS } from "./debug/console-methods.ts";
import { isLicenceId } from "./licence/allowed.ts";

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "30s" or "10m"');
const shellLine = z.string().trim().min(1);
const path = z.string().min(1);
const percent = z.number().min(0).max(100);

export const repositoryOptions = z.strictObject({
  test: shellLine.optional().describe("Shell line that runs the tests, in the project's folder."),
  lint: shellLine.optional().describe("Shell line that judges the code's style and mistakes."),
  types: shellLine.optional().describe("Shell line that checks the code's types."),
  build: shellLine
    .optional()
    .describe("Shell line that builds the code in the project's folder, as it is built for a release."),
  buildWarnings: z
    .int()
    .min(0)
    .default(0)
    .describe("How many lines of the build's output may warn of something."),
  changelog: path
    .optional()
    .describe(
      "File that tells what each version changes, such as CHANGELOG.md; it has to tell of the present one.",
    ),
  coverage: z
    .strictObject({
      run: shellLine.optional().describe("Shell line that writes the report. Absent: the test line does."),
      report: path
        .optional()
        .describe(
          "The report it writes: istanbul's json-summary, lcov, Cobertura, JaCoCo or a Go cover profile. Absent: looked for where these usually lie.",
        ),
      lines: percent.optional(),
      statements: percent.optional(),
      branches: percent.optional(),
      functions: percent.optional(),
    })
    .refine(
      (said) => COVERED_THINGS.some((thing) => said[thing] !== undefined),
      "expected a share, such as lines: 80",
    )
    .optional()
    .describe("The least share of the code that the tests cover, in percent: { lines: 80, branches: 70 }."),
  ci: z
    .boolean()
    .optional()
    .describe(
      "Set: a CI workflow has to run the test line. Absent: only those that are there are looked at.",
    ),
  timeout: duration.default("10m").describe("Time each of these lines has."),
  secrets: z
    .strictObject({
      ignore: z
        .array(path)
        .default([])
        .describe("Files or folders that hold made-up credentials, such as test fixtures."),
      history: z
        .int()
        .min(0)
        .max(100_000)
        .default(1_000)
        .describe("How many of git's newest commits are searched, too."),
    })
    .prefault({})
    .describe("The scan for credentials in the code."),
  audit: z
    .enum(["low", "moderate", "high", "critical"])
    .optional()
    .describe(
      "Severity from which a known hole in a production package stops the launch; asks the package registry, once a day.",
    ),
  documents: z
    .record(
      z.string().trim().min(1),
      z
        .string()
        .regex(
          /\.(md|markdown|mdx|txt|rst|adoc)$|(^|\/)[A-Z][A-Z_-]*$/,
          "expected a file of text, such as docs/ROLLBACK.md",
        ),
    )
    .default({})
    .describe(
      'Documents the team relies on, each by the name its checklist uses: { "rollback plan": "docs/ROLLBACK.md" }.',
    ),
  containers: z
    .strictObject({
      pinned: z
        .enum(["version", "digest"])
        .default("version")
        .describe("How firmly images are to be named: by their version, or by the digest of their content."),
    })
    .prefault({})
    .describe("What is asked of Dockerfiles, compose files and Kubernetes manifests."),
  todo: z
    .strictObject({
      most: z.int().min(0).default(0).describe("How many may be left."),
      ignore: z.array(path).default([]).describe("Files or folders that are not looked at."),
    })
    .optional()
    .describe("Declared: no TODO and no FIXME stands in a comment of the code, but for so many."),
  licences: z
    .strictObject({
      allow: z
        .array(z.string().refine(isLicenceId, 'expected the SPDX id of one licence, such as "Apache-2.0"'))
        .min(1)
        .describe("SPDX ids of the licences that packages may have."),
      productionOnly: z.boolean().default(false).describe("Leave out what only the development needs."),
      known: z
        .record(z.string().min(1), z.string().min(1))
        .default({})
        .describe("Licences of packages that tell none in a form to be read, as somebody read them."),
    })
    .optional()
    .describe("The licences that the packages of package-lock.json may have."),
  debugOutput: z
    .strictObject({
      console: z
        .array(z.enum(CONSOLE_METHODS))
        .default(["info", "warn", "error"])
        .describe("Methods of JavaScript's console that deployed code may call."),
      ignore: z
        .array(path)
        .default([])
        .describe("Files or folders whose purpose is to print: a logger, a command-line program."),
    })
    .prefault({})
    .describe("The search for debugging output in the code that is deployed."),
  installScripts: z
    .array(z.string().min(1))
    .default([])
    .describe('Packages that may run a program when they are installed; "@scope/*" for all of a scope.'),
});

export type RepositoryOptions = z.output<typeof repositoryOptions>;

/** Whether a path is one of these files or lies in one of these folders. */
export function isAmong(path: string, places: readonly string[]): boolean {
  return places.some((place) => {
    const folder = place.replace(/^\.\//, "").replace(/\/+$/, "");
    return path === folder || path.startsWith(`${folder}/`);
  });
}

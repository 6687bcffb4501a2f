import { z } from "zod";
import type { Doors } from "../../model/doors.ts";
import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import { browserOrigin } from "./address.ts";
import { openBrowser } from "./browser.ts";
import type { HttpOptions } from "./options.ts";
import { httpPages, pagesToOpen } from "./pages.ts";

export const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"] as const;
export type Category = (typeof CATEGORIES)[number];

/** One page, as one run or the middle of several scored it. */
export interface PageScore {
  readonly label: string;
  readonly category: Category;
  /** Of 100. */
  readonly score: number;
  /** Titles of what cost most, worst first. */
  readonly lacks: readonly string[];
}

export interface Scores {
  readonly version: string;
  readonly scores: readonly PageScore[];
}

/** A run takes up to half a minute on a small machine. */
const MOST_PAGES = 3;
const RUN_MS = 120_000;
/** Times differ from run to run; what is wrong with a page does not. */
const TIMES = { performance: 3, others: 1 };
const SHOWN_LACKS = 3;

const resultShape = z.looseObject({
  lighthouseVersion: z.string(),
  runtimeError: z.looseObject({ message: z.string() }).optional(),
  audits: z.record(z.string(), z.looseObject({ title: z.string(), score: z.number().nullable() })),
  categories: z.record(
    z.string(),
    z.looseObject({
      score: z.number().nullable(),
      auditRefs: z.array(z.looseObject({ id: z.string(), weight: z.number() })),
    }),
  ),
});

export const httpLighthouse = defineFact<Scores, HttpOptions>({
  id: "http.lighthouse",
  access: "read",
  reach: "application",
  timeoutMs: 600_000,
  async collect(context) {
    const { subject, doors, signal } = context;
    const seen = await context.get(httpPages);
    const pages = pagesToOpen(seen, MOST_PAGES);
    const { lighthouse: asked } = subject.options;
    if (asked === undefined)
      throw new Undeclared(
        `no scores of Lighthouse are promised: ${subject.kind}({ lighthouse: { performance: 90 } })`,
      );
    const program = await found(doors.files, subject.directory);
    const { ca } = seen.address;
    const base = browserOrigin(seen.address);
    await using browser = await openBrowser(doors, {
      anyCertificate: ca !== undefined,
      signal,
      toOthers: true,
    });
    const port = await browser.port();
    const categories = CATEGORIES.filter((each) => asked[each] !== undefined);
    const run = (url: string, only: readonly Category[]) =>
      runLighthouse(doors, {
        program,
        args: [
          url,
          ...["--output=json", "--quiet", "--no-enable-error-reporting", "--disable-full-page-screenshot"],
          ...["--hostname=127.0.0.1", `--port=${port}`, `--only-categories=${only.join(",")}`],
          ...(asked.device === "desktop" ? ["--preset=desktop"] : []),
          // seo.indexable wants that header before production.
          ...(subject.environment.stage === "production" ? [] : ["--skip-audits=is-crawlable"]),
        ],
        signal,
      });
    const scores: PageScore[] = [];
    let version = "";
    for (const { path, label } of pages) {
      const runs = [await run(base + path, categories)];
      const times = categories.includes("performance") ? TIMES.performance : TIMES.others;
      while (runs.length < times) runs.push(await run(base + path, ["performance"]));
      version = runs[0]?.lighthouseVersion ?? "";
      for (const category of categories) {
        const known = runs
          .flatMap((each) => scoreIn(each, category) ?? [])
          .toSorted((a, b) => a.score - b.score);
        const middle = known[Math.floor(known.length / 2)];
        if (middle === undefined) throw new NotObserved(`Lighthouse gave ${label} no score for ${category}`);
        scores.push({ label, category, ...middle });
      }
    }
    return { version, scores };
  },
});

/** The project's own, in its directory or above it, as npm looks for it. */
async function found(files: Doors["files"], directory: string): Promise<string> {
  for (let at = directory; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const program = `${at}/node_modules/.bin/lighthouse`;
    if ((await files.stat(program)) !== undefined) return program;
  }
  throw new NotObserved("Lighthouse is not installed in this project: npm install --save-dev lighthouse");
}

async function runLighthouse(
  { shell, environment }: Doors,
  { program, args, signal }: { program: string; args: readonly string[]; signal: AbortSignal },
): Promise<z.output<typeof resultShape>> {
  const bin = program.slice(0, program.lastIndexOf("/"));
  const { code, stdout, stderr, timedOut } = await shell.run({
    file: program,
    args,
    // As npm runs it: with the Node the project brings along, where it does.
    env: { PATH: `${bin}:${environment.value("PATH") ?? ""}` },
    timeoutMs: RUN_MS,
    maxOutputBytes: 32 * 1_048_576,
    signal,
  });
  if (timedOut) throw new NotObserved(`Lighthouse did not end within ${RUN_MS / 1_000} s`);
  const said = stderr.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
  if (code !== 0) throw new NotObserved(`Lighthouse ended with ${code}: ${said}`);
  const result = resultShape.parse(JSON.parse(stdout));
  if (result.runtimeError)
    throw new NotObserved(`Lighthouse could not look at the page: ${result.runtimeError.message}`);
  return result;
}

function scoreIn(
  { categories, audits }: z.output<typeof resultShape>,
  category: Category,
): { score: number; lacks: string[] } | undefined {
  const { score, auditRefs = [] } = categories[category] ?? {};
  if (typeof score !== "number") return undefined;
  const lacks = auditRefs
    .flatMap(({ id, weight }) => {
      const audit = audits[id];
      return audit && audit.score !== null && weight > 0
        ? [{ title: audit.title, cost: weight * (1 - audit.score) }]
        : [];
    })
    .filter(({ cost }) => cost > 0)
    .sort((a, b) => b.cost - a.cost);
  return { score: Math.round(100 * score), lacks: lacks.slice(0, SHOWN_LACKS).map(({ title }) => title) };
}

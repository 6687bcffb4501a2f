import { isLoopback } from "../../facts/http/address.ts";
import { messageOf } from "../../model/errors.ts";
import { DoesNotApply, defineFact, Undeclared } from "../../model/fact.ts";
import type { WatchSeen } from "../../model/watch-seen.ts";
import { watching } from "./facts.ts";
import type { WatchOptions } from "./options.ts";

export interface PageRow {
  readonly name: string;
  /** "Operational", "Disturbed", "Not available", "Not known right now" */
  readonly state: string;
}

export interface StatusPageSeen {
  readonly url: string;
  readonly isHere: boolean;
  /** Undefined: nothing answered. */
  readonly status: number | undefined;
  readonly error: string | undefined;
  /** What it says of everything together. */
  readonly overall: string | undefined;
  /** Milliseconds between what it says the time is and now; at most a minute of it is the page's own rounding. */
  readonly ageMs: number | undefined;
  readonly rows: readonly PageRow[];
  readonly feedStatus: number | undefined;
  readonly watch: WatchSeen;
}

const PATIENCE_MS = 8_000;
/** Its days follow: maintenance that goes on has a name and a chip too. */
const COMPONENT =
  /<h3>([^<]{1,200})<\/h3><span class="chip [a-z]+">([^<]{1,60})<\/span><\/div>\s*<svg class="days"/g;

/** The page as anybody gets it: without a key, at the address that people are given. */
export const statusPageSeen = defineFact<StatusPageSeen, WatchOptions>({
  id: "watch.status-page",
  access: "read",
  reach: "application",
  timeoutMs: 20_000,
  async collect(context) {
    const watch = await context.get(watching);
    const base = watch.statusPage?.url;
    if (base === undefined)
      throw new (context.subject.environment.stage === "production" ? Undeclared : DoesNotApply)(
        'no address of a status page is declared: environments: { production: { watchUrl: "https://watch.example.com" } }',
      );
    const { doors, signal } = context;
    const url = `${base}/status`;
    const ask = (path: string) =>
      doors.http
        .send({ url: `${base}${path}`, fresh: true, timeoutMs: PATIENCE_MS, maxBodyBytes: 1_048_576, signal })
        .catch((thrown: unknown) => messageOf(thrown));
    const [page, feed] = await Promise.all([ask("/status"), ask("/status.rss")]);
    const text = typeof page === "string" ? "" : new TextDecoder().decode(page.body);
    const asOf = Date.parse(
      (/As of (\d{1,2} \w+ \d{4}, \d\d:\d\d UTC)/.exec(text)?.[1] ?? "").replace(",", ""),
    );
    return {
      url,
      isHere: isLoopback(new URL(url).hostname),
      status: typeof page === "string" ? undefined : page.status,
      error: typeof page === "string" ? page : undefined,
      overall: plain(/role="status"><h1>([^<]{1,200})<\/h1>/.exec(text)?.[1]),
      ageMs: Number.isNaN(asOf) ? undefined : doors.clock.now() - asOf,
      rows: [...text.matchAll(COMPONENT)].map(([, name, state]) => ({
        name: plain(name) ?? "",
        state: plain(state) ?? "",
      })),
      feedStatus: typeof feed === "string" ? undefined : feed.status,
      watch,
    };
  },
});

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function plain(text: string | undefined): string | undefined {
  return text?.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

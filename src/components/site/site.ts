import { bundleLeak } from "../../facts/http/bundle-checks.ts";
import * as cache from "../../facts/http/cache-checks.ts";
import { cdnCacheHit } from "../../facts/http/cdn-checks.ts";
import { ANSWER_CHECKS, PAGE_CHECKS, TLS_CHECKS } from "../../facts/http/common-checks.ts";
import { exposedFiles } from "../../facts/http/exposed-checks.ts";
import { routesOf } from "../../facts/http/options.ts";
import { noRequestFailed } from "../../facts/switch-checks.ts";
import { defineComponent } from "../../model/component.ts";
import { buildOutput } from "./build-output.ts";
import { fallbackWorks } from "./fallback.ts";
import { headersOf, siteOptions } from "./options.ts";
import { pageLoad } from "./page-load.ts";
import { bundleBudget } from "./page-weight.ts";

const LOG_LIMIT_BYTES = 16 * 1_048_576;

/** A built front end, served from its files. */
export const site = defineComponent({
  kind: "site",
  summary:
    "A built front end: its output, its fallback, headers, caching, compression, and what it lets out.",
  options: siteOptions,
  variables: () => [],
  checks: [
    buildOutput,
    fallbackWorks,
    pageLoad,
    bundleBudget,
    bundleLeak,
    exposedFiles,
    ...ANSWER_CHECKS,
    cache.compressionEnabled,
    cache.staticImmutable,
    cache.htmlRevalidates,
    cdnCacheHit,
    ...TLS_CHECKS,
    ...PAGE_CHECKS,
    noRequestFailed,
  ],
  processes: (options, name) => [
    {
      name,
      kind: "site",
      instances: 1,
      site: { directory: options.directory, fallback: options.fallback, headers: headersOf(options) },
      routes: routesOf(options).map(({ prefix, host }) => ({ prefix, ...(host !== undefined && { host }) })),
      stopGraceMs: 0,
      memoryLimitBytes: undefined,
      logLimitBytes: LOG_LIMIT_BYTES,
    },
  ],
  probes: (options) => [
    {
      name: "up",
      title: "The site answers at its public address",
      consequence: "Whoever opens it sees nothing.",
      severity: "P0",
      every: "20s",
      // It is asked where it answers: the environment's own name may be another component's.
      probe: {
        type: "http",
        at: routesOf(options)[0]?.prefix ?? "/",
        accept: "below 400",
        host: routesOf(options)[0]?.host,
      },
    },
  ],
  commands: ({ build }) => (build === undefined ? {} : { build }),
});

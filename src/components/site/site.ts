import { accessible } from "../../facts/http/accessibility-checks.ts";
import { bundleLeak } from "../../facts/http/bundle-checks.ts";
import * as cache from "../../facts/http/cache-checks.ts";
import { cdnCacheHit } from "../../facts/http/cdn-checks.ts";
import { consoleClean } from "../../facts/http/console-checks.ts";
import * as csp from "../../facts/http/csp-checks.ts";
import * as errors from "../../facts/http/error-checks.ts";
import { exposedFiles } from "../../facts/http/exposed-checks.ts";
import * as headers from "../../facts/http/header-checks.ts";
import { iconsLoad } from "../../facts/http/icon-checks.ts";
import { imagesFit } from "../../facts/http/image-checks.ts";
import { lighthouseScores } from "../../facts/http/lighthouse-checks.ts";
import * as links from "../../facts/http/link-checks.ts";
import * as matrix from "../../facts/http/matrix-checks.ts";
import * as methods from "../../facts/http/method-checks.ts";
import { routesOf } from "../../facts/http/options.ts";
import { metaComplete } from "../../facts/http/preview-checks.ts";
import * as open from "../../facts/http/public-checks.ts";
import * as redirects from "../../facts/http/redirect-checks.ts";
import { renewalSet } from "../../facts/http/renewal-check.ts";
import { responsive } from "../../facts/http/responsive-checks.ts";
import { robotsReadable } from "../../facts/http/robots-check.ts";
import { sitemapValid } from "../../facts/http/sitemap-checks.ts";
import * as tls from "../../facts/http/tls-checks.ts";
import * as offer from "../../facts/http/tls-offer-checks.ts";
import * as transport from "../../facts/http/transport-checks.ts";
import { webVitals } from "../../facts/http/vitals-checks.ts";
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
    ...Object.values(errors),
    ...Object.values(methods),
    ...Object.values(redirects),
    ...Object.values(transport),
    ...Object.values(csp),
    ...Object.values(headers),
    ...Object.values(matrix),
    cache.compressionEnabled,
    cache.staticImmutable,
    cache.htmlRevalidates,
    cdnCacheHit,
    ...Object.values(tls),
    renewalSet,
    ...Object.values(offer),
    accessible,
    consoleClean,
    responsive,
    imagesFit,
    lighthouseScores,
    iconsLoad,
    sitemapValid,
    robotsReadable,
    webVitals,
    metaComplete,
    ...Object.values(open),
    ...Object.values(links),
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

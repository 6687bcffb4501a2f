import { accessible } from "./accessibility-checks.ts";
import { consoleClean } from "./console-checks.ts";
import * as csp from "./csp-checks.ts";
import * as errors from "./error-checks.ts";
import * as headers from "./header-checks.ts";
import { iconsLoad } from "./icon-checks.ts";
import { imagesFit } from "./image-checks.ts";
import { lighthouseScores } from "./lighthouse-checks.ts";
import * as links from "./link-checks.ts";
import * as matrix from "./matrix-checks.ts";
import * as methods from "./method-checks.ts";
import { metaComplete } from "./preview-checks.ts";
import * as open from "./public-checks.ts";
import * as redirects from "./redirect-checks.ts";
import { renewalSet } from "./renewal-check.ts";
import { responsive } from "./responsive-checks.ts";
import { robotsReadable } from "./robots-check.ts";
import { sitemapValid } from "./sitemap-checks.ts";
import * as tls from "./tls-checks.ts";
import * as offer from "./tls-offer-checks.ts";
import * as transport from "./transport-checks.ts";
import { webVitals } from "./vitals-checks.ts";

/** What every answer is asked, of a program and of a site alike. */
export const ANSWER_CHECKS = [
  ...Object.values(errors),
  ...Object.values(methods),
  ...Object.values(redirects),
  ...Object.values(transport),
  ...Object.values(csp),
  ...Object.values(headers),
  ...Object.values(matrix),
] as const;

/** What the address is asked before it answers anything. */
export const TLS_CHECKS = [...Object.values(tls), renewalSet, ...Object.values(offer)] as const;

/** What the declared pages are asked, and what crawlers find beside them. */
export const PAGE_CHECKS = [
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
] as const;

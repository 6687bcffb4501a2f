import { bundleLeak } from "../../facts/http/bundle-checks.ts";
import * as cache from "../../facts/http/cache-checks.ts";
import { cdnCacheHit } from "../../facts/http/cdn-checks.ts";
import { ANSWER_CHECKS, PAGE_CHECKS, TLS_CHECKS } from "../../facts/http/common-checks.ts";
import * as cookies from "../../facts/http/cookie-checks.ts";
import * as cookieScopes from "../../facts/http/cookie-scope-checks.ts";
import { exposedFiles } from "../../facts/http/exposed-checks.ts";
import { routesOf } from "../../facts/http/options.ts";
import { logErrorFree } from "../../facts/log-error-checks.ts";
import { logLevel, logNoSecrets, logStructured } from "../../facts/process-log-checks.ts";
import { noRequestFailed } from "../../facts/switch-checks.ts";
import { defineComponent } from "../../model/component.ts";
import { msOf } from "../../model/duration.ts";
import type { Process } from "../../model/process.ts";
import { bytesOf } from "../../model/size.ts";
import { apiDocsClosed } from "./api-docs-check.ts";
import { logCorrelation } from "./correlation.ts";
import * as cors from "./cors-checks.ts";
import { rateProxyAware } from "./forged-check.ts";
import * as health from "./health-checks.ts";
import * as limits from "./limit-checks.ts";
import { metricsExposed } from "./metrics-check.ts";
import { USUAL_READY, type WebOptions, webOptions } from "./options.ts";
import { anonymousDenied } from "./protected-routes.ts";
import * as rates from "./rate-checks.ts";
import { versionExposed } from "./release.ts";
import { gracefulShutdown } from "./stops.ts";
import { pathTraversal } from "./traversal-check.ts";
import { webSocketOrigin, webSocketUpgrade } from "./websocket.ts";

/** A program of the app that answers HTTP requests. */
export const web = defineComponent({
  kind: "web",
  summary:
    "A program that answers HTTP requests: health, headers, cookies, CORS, limits, TLS and what it lets out.",
  options: webOptions,
  variables: () => [
    {
      name: "NODE_ENV",
      is: { type: "string" },
      required: false,
      secret: false,
      description: "Mode of the runtime; frameworks hide stack traces when it is production.",
      default: "production",
    },
  ],
  checks: [
    ...Object.values(health),
    versionExposed,
    ...ANSWER_CHECKS,
    ...Object.values(cookies),
    ...Object.values(cookieScopes),
    ...Object.values(cache),
    cdnCacheHit,
    ...Object.values(cors),
    ...Object.values(limits),
    ...Object.values(rates),
    rateProxyAware,
    exposedFiles,
    apiDocsClosed,
    pathTraversal,
    bundleLeak,
    anonymousDenied,
    webSocketUpgrade,
    webSocketOrigin,
    ...TLS_CHECKS,
    ...PAGE_CHECKS,
    gracefulShutdown,
    noRequestFailed,
    logNoSecrets,
    logLevel,
    logStructured,
    logErrorFree,
    logCorrelation,
    metricsExposed,
  ],
  processes: (options, name) => [processOf(options, name)],
  probes: ({ health: at, websocket, routes }) => [
    {
      name: "up",
      title: "It answers at its public address",
      consequence: "Users get errors or nothing.",
      severity: "P0",
      every: "20s",
      probe: { type: "http", at, accept: "2xx", host: routesOf({ routes })[0]?.host },
    },
    ...(websocket
      ? [
          {
            name: "websocket",
            title: "WebSockets are opened at its public address",
            consequence: "Nothing live reaches users.",
            severity: "P1",
            every: "1m",
            probe: { type: "websocket", at: websocket.path, host: routesOf({ routes })[0]?.host },
          } as const,
        ]
      : []),
  ],
  commands: ({ build }) => (build === undefined ? {} : { build }),
});

function processOf(options: WebOptions, name: string): Process {
  return {
    name,
    kind: "web",
    start: options.start,
    instances: options.instances,
    health: {
      path: options.health,
      readyPath: options.ready ?? USUAL_READY,
      timeoutMs: 2_000,
      intervalMs: 250,
      successes: 3,
      startTimeoutMs: msOf(options.startTimeout),
    },
    routes: routesOf(options).map(({ prefix, host }) => ({ prefix, ...(host !== undefined && { host }) })),
    stopGraceMs: msOf(options.stopGrace),
    memoryLimitBytes: options.memory === undefined ? undefined : bytesOf(options.memory),
    logLimitBytes: bytesOf(options.logs),
  };
}

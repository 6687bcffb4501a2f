import { z } from "zod";
import { httpOptionsShape, pathOption } from "../../facts/http/options.ts";
import { logErrorsOption } from "../../facts/log-error-checks.ts";
import { parseDuration } from "../../model/duration.ts";
import { parseSize } from "../../model/size.ts";

const sizeOption = z
  .string()
  .refine((text) => parseSize(text) !== undefined, 'a size such as "512KB", "10MB" or "2GB"');
const durationOption = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'a duration such as "500ms", "30s" or "15m"');
const methodOption = z.string().regex(/^[A-Z]+$/, 'a method in capitals, such as "GET"');
const headerOption = z
  .string()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9-]{2,40}$/, 'the name of a header, such as "x-request-id"');
const originOption = z
  .string()
  .regex(/^https?:\/\/[^/\s]+$/, 'an origin such as "https://app.example", without a path');

export const webOptions = z.strictObject({
  ...httpOptionsShape,
  build: z
    .string()
    .min(1)
    .optional()
    .describe("Shell line that builds a release, run once in its directory."),
  start: z
    .string()
    .min(1)
    .describe("Shell line that starts one instance. It listens on PORT, which is given."),
  health: pathOption.default("/health").describe("Answers 2xx while the process is alive."),
  ready: pathOption
    .optional()
    .describe(
      'Answers 2xx while the process can serve: with the state of what it depends on. Default: "/ready", and `health` where there is no such page.',
    ),
  startTimeout: durationOption.default("60s").describe("Time a new instance has to become ready."),
  instances: z.int().min(1).max(64).default(2).describe("Instances of one release."),
  memory: sizeOption.optional().describe("An instance that takes more is started anew."),
  logs: sizeOption.default("64MB").describe("Log kept of each instance."),
  logErrors: logErrorsOption,
  requestId: z
    .union([
      headerOption,
      z.strictObject({
        header: headerOption.describe("Its name."),
        path: pathOption.optional().describe("Asked for it. Default: the first page, data path or health."),
      }),
    ])
    .transform((given) => (typeof given === "string" ? { header: given, path: undefined } : given))
    .optional()
    .describe(
      'Header that carries a request\'s id in and out ("x-request-id", "traceparent"), and a path that logs it.',
    ),
  metrics: z
    .strictObject({
      path: pathOption.default("/metrics").describe("Where they are told; closed at the public address."),
      url: z
        .url({ protocol: /^https?$/ })
        .refine(
          (text) => !/^https?:\/\/[^/?#]*@/.test(text),
          "an address without a password: name a variable in `token`",
        )
        .optional()
        .describe("Where the scraper reads them, if not from the instances: another port, a name inside."),
      token: z
        .string()
        .regex(/^[A-Z][A-Z0-9_]*$/, "the name of a variable")
        .optional()
        .describe("Variable whose value the scraper sends as `Authorization: Bearer`."),
      open: z.boolean().default(false).describe("Strangers may read them."),
    })
    .optional()
    .describe("Metrics in Prometheus' text format or OpenMetrics."),
  stopGrace: durationOption
    .default("30s")
    .describe("From SIGTERM to SIGKILL; in-flight requests end in this time."),
  login: z
    .strictObject({
      path: pathOption.describe("Where a login is sent to."),
      method: methodOption.default("POST").describe("Method a login is sent with."),
      body: z
        .union([z.string(), z.record(z.string(), z.unknown())])
        .describe("A login that is wrong: text of a form, or an object sent as JSON."),
      attempts: z
        .int()
        .min(1)
        .max(50)
        .default(10)
        .describe("Wrong logins after which further ones must be refused."),
    })
    .optional()
    .describe("The login, for the check that guessing is slowed down."),
  limits: z
    .strictObject({
      body: sizeOption.default("1MB").describe("A request body past this is refused with 413."),
      bodyPath: pathOption
        .optional()
        .describe("A path that takes a body. Default: the login; without one the limit is not asked."),
      slowRequest: durationOption
        .optional()
        .describe("A request that does not finish its headers is cut after this. Not asked unless given."),
      requestsPerMinute: z
        .strictObject({
          path: pathOption.describe("A path under the limit; asked with GET."),
          max: z
            .int()
            .min(1)
            .max(1_000)
            .describe("Requests allowed in that time; the check sends a few more."),
          perMs: z.int().min(1_000).default(60_000).describe("Length of the window in milliseconds."),
        })
        .optional()
        .describe("The rate limit of the API."),
    })
    .prefault({})
    .describe("What the app refuses."),
  cors: z
    .strictObject({
      path: pathOption
        .optional()
        .describe("Asked from other origins. Default: the first data path, else the first page."),
      origins: z
        .array(originOption)
        .default([])
        .describe("Origins whose pages may call it with credentials."),
    })
    .prefault({})
    .describe("Cross-origin requests."),
  protectedRoutes: z
    .array(
      z.strictObject({
        path: pathOption.describe("Path of the route, with an id where it takes one."),
        method: methodOption.default("GET").describe("Sent without credentials and without a body."),
        status: z.int().min(300).max(499).optional().describe("Default: 401, 403 or a redirect."),
      }),
    )
    .max(100)
    .default([])
    .describe("Routes that must not answer a stranger."),
  apiDocs: z
    .strictObject({
      paths: z
        .array(pathOption)
        .max(20)
        .default([])
        .describe("Where API documentation or GraphQL lives, when it is at none of the usual places."),
      open: z
        .array(pathOption)
        .default([])
        .describe("Paths of documentation, introspection or consoles that are meant for everybody."),
    })
    .prefault({})
    .describe("What describes the API."),
  websocket: z
    .strictObject({
      path: pathOption.describe("Upgraded to a WebSocket."),
      origin: originOption
        .optional()
        .describe("Origin whose pages may connect. Default: the address itself."),
      subprotocol: z.string().min(1).optional().describe("Sec-WebSocket-Protocol to ask for."),
    })
    .optional()
    .describe("A WebSocket endpoint."),
});

export type WebOptions = z.output<typeof webOptions>;

/** Where readiness is looked for when nobody says where it is told. */
export const USUAL_READY = "/ready";

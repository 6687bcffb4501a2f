import { z } from "zod";
import { parseDuration } from "../../model/duration.ts";
import { parseSize } from "../../model/size.ts";
import { CDN_VENDORS } from "./cache-signs.ts";

export const pathOption = z.string().regex(/^\/(?!\/)[^\s#]*$/, 'a path that begins with one "/"');

const routeOption = z.union([
  pathOption,
  z.strictObject({
    prefix: pathOption.default("/").describe("Path prefix."),
    host: z.string().min(1).optional().describe("Only requests for this host name."),
  }),
]);

const durationOption = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "2s"');

const sizeOption = z
  .string()
  .refine((text) => parseSize(text) !== undefined, 'expected a size such as "300KB"')
  .transform((text) => parseSize(text) ?? 0);

const scoreOption = z.int().min(1).max(100).optional();

/** Options of every component that answers HTTP requests; each spreads them into its own schema. */
export const httpOptionsShape = {
  routes: z
    .array(routeOption)
    .min(1)
    .default(["/"])
    .describe('Requests it answers: path prefixes ("/api"), perhaps only on one host. Longest prefix wins.'),
  pages: z
    .strictObject({
      html: z.array(pathOption).max(50).optional().describe("Pages people open. Default: the first route."),
      api: z.array(pathOption).max(50).default([]).describe("Paths that answer data (JSON) to GET."),
      redirect: pathOption.optional().describe("A path that answers with a redirect."),
      error: pathOption
        .optional()
        .describe("A path that provokes an answer of 500, when the app offers one."),
      notFound: pathOption.optional().describe("A path that does not exist. Default: a random one."),
      static: z.array(pathOption).max(50).default([]).describe("Assets besides those the pages refer to."),
    })
    .prefault({})
    .describe("What the checks look at; each is fetched once per run."),
  cookies: z
    .strictObject({
      session: z
        .array(z.string().min(1))
        .default([])
        .describe("Names of cookies that carry a session. Default: told by their names."),
      crossSite: z
        .array(z.string().min(1))
        .default([])
        .describe("Names of cookies meant to be sent from other sites (SameSite=None)."),
    })
    .prefault({})
    .describe("Cookies the app sets."),
  hsts: z
    .strictObject({
      preload: z.boolean().default(false).describe("The host is meant for browsers' preload lists."),
    })
    .prefault({})
    .describe("Strict-Transport-Security."),
  accessibility: z
    .enum(["critical", "serious", "moderate", "minor"])
    .optional()
    .describe(
      "How bad a barrier of WCAG 2.1 AA has to be to count. Pages are asked with the machine's Chromium and axe-core.",
    ),
  http2: z
    .boolean()
    .default(false)
    .describe("HTTP/2 is offered, by a proxy or CDN: Gonogo's own edge speaks HTTP/1.1."),
  cdn: z
    .strictObject({
      vendor: z.enum(CDN_VENDORS).optional().describe("Whose it is; its marks must be on every asset."),
      host: z
        .string()
        .regex(/^https?:\/\/[^/\s]+$/, 'an origin such as "https://cdn.app.example", without a path')
        .optional()
        .describe("Where assets are taken from. Default: the address of the application itself."),
      paths: z
        .array(pathOption)
        .min(1)
        .max(6)
        .optional()
        .describe("Assets that it answers for. Default: those the pages take from there."),
    })
    .refine(({ vendor, host }) => vendor !== undefined || host !== undefined, "expected a vendor or a host")
    .optional()
    .describe("A CDN that answers for assets, in front of the application or on a host of its own."),
  browser: z
    .strictObject({
      widths: z
        .array(z.int().min(240).max(3_840))
        .min(1)
        .max(5)
        .default([375, 768, 1_440])
        .describe("Widths of the screens the pages are looked at on, in CSS pixels; below 1024 as a phone."),
      tolerated: z
        .array(z.string().min(4))
        .default([])
        .describe('Parts of errors that are meant to be: "/api/me answers 401" while nobody is signed in.'),
      imageWaste: sizeOption
        .prefault("32KB")
        .describe("Bytes of one image that may be too many before it counts."),
    })
    .optional()
    .describe("Pages are opened in the machine's Chromium: errors, sideways scrolling, images."),
  vitals: z
    .strictObject({
      device: z
        .enum(["phone", "desktop"])
        .default("phone")
        .describe(
          "As Lighthouse slows things down. phone: slow 4G, a processor four times slower. desktop: 10 Mbit/s.",
        ),
      lcp: durationOption.default("2.5s").describe("Largest Contentful Paint, at most."),
      cls: z.number().min(0).max(1).default(0.1).describe("Cumulative Layout Shift, at most."),
      blocking: durationOption.default("200ms").describe("Total Blocking Time, at most."),
    })
    .optional()
    .describe("How soon pages show their content, settle and answer. Asked with the machine's Chromium."),
  lighthouse: z
    .strictObject({
      device: z.enum(["phone", "desktop"]).default("phone").describe("As which Lighthouse opens the pages."),
      performance: scoreOption.describe("Least score, the middle of three runs."),
      accessibility: scoreOption.describe("Least score."),
      "best-practices": scoreOption.describe("Least score."),
      seo: scoreOption.describe("Least score. Before production nobody minds a noindex."),
    })
    .refine(({ device: _, ...scores }) => Object.keys(scores).length > 0, "a least score of some category")
    .optional()
    .describe(
      "Least scores of 100. Asked with the project's own lighthouse: npm install --save-dev lighthouse.",
    ),
  sitemap: pathOption
    .optional()
    .describe("Where the sitemap is. Default: as robots.txt says, else /sitemap.xml where there is one."),
  dynamicScripts: z
    .array(z.url())
    .default([])
    .describe("Beginnings of third-party script URLs that change in place, so no integrity hash can hold."),
};

/** What facts and checks of HTTP answers read of a component's options. */
export type HttpOptions = z.output<z.ZodObject<typeof httpOptionsShape>>;

export interface OwnRoute {
  readonly prefix: string;
  readonly host: string | undefined;
}

/** Routes in one shape; a component that lives on a host of its own says so once, in `host`. */
export function routesOf({
  routes,
  host,
}: Pick<HttpOptions, "routes"> & { readonly host?: unknown }): OwnRoute[] {
  const common = typeof host === "string" ? host : undefined;
  return routes.map((route) =>
    typeof route === "string"
      ? { prefix: route, host: common }
      : { prefix: route.prefix, host: route.host ?? common },
  );
}

/** The path everything of this component begins with, without a slash at its end: "" or "/api". */
export function basePath(options: Pick<HttpOptions, "routes">): string {
  return (routesOf(options)[0]?.prefix ?? "/").replace(/\/+$/, "");
}

/** Pages people open: as declared, else the first route. */
export function htmlPaths(options: HttpOptions): readonly string[] {
  return options.pages.html ?? [basePath(options) || "/"];
}

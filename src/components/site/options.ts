import { z } from "zod";
import { httpOptionsShape } from "../../facts/http/options.ts";
import { parseDuration } from "../../model/duration.ts";
import { parseSize } from "../../model/size.ts";

export const siteOptions = z.strictObject({
  ...httpOptionsShape,
  build: z.string().min(1).optional().describe("Shell line that builds the site, run once in its directory."),
  directory: z
    .string()
    .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$)).+$/, "a directory below the project, without ..")
    .transform((text) => text.replace(/^\.\//, "").replace(/\/+$/, ""))
    .default("dist")
    .describe("Directory with the built files; nothing outside it is served."),
  fallback: z
    .string()
    .regex(/^[^/].*\.html$/, 'a file such as "index.html", relative to the directory')
    .optional()
    .describe("Page that answers paths which are no files (single-page applications)."),
  headers: z
    .record(z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/, "a header name"), z.string().regex(/^[^\r\n]*$/))
    .default({})
    .describe("Sent with every answer, over the usual ones; an empty text takes one away."),
  load: z
    .strictObject({
      within: z
        .string()
        .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "2s"')
        .default("2s")
        .describe("From the first request to the end of the load event, in a browser that was never there."),
    })
    .optional()
    .describe("How fast pages are promised to be. Asked with the machine's Chromium."),
  weight: z
    .string()
    .refine((text) => parseSize(text) !== undefined, 'expected a size such as "300KB"')
    .transform((text) => parseSize(text) ?? 0)
    .optional()
    .describe(
      "Most bytes of a page, its scripts and its styles on the wire. Asked with the machine's Chromium.",
    ),
  host: z
    .string()
    .min(1)
    .optional()
    .describe("Host name the site lives on, when it is not the environment's own."),
});

export type SiteOptions = z.output<typeof siteOptions>;

/** What no site is hurt by. A content security policy is the author's: only they know what their pages load. */
const USUAL: Readonly<Record<string, string>> = {
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "x-frame-options": "SAMEORIGIN",
  "referrer-policy": "strict-origin-when-cross-origin",
};

/** Headers of every answer, names in small letters so that a declared one replaces the usual one of the same name. */
export function headersOf({ headers }: Pick<SiteOptions, "headers">): Record<string, string> {
  const declared = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const all = { ...USUAL, ...Object.fromEntries(declared) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

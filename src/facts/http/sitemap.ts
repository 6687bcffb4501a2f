import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { messageOf } from "../../model/errors.ts";
import { DoesNotApply, defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import { type HttpAddress, isLoopback } from "./address.ts";
import { httpAnswer } from "./connection.ts";
import { headerValue } from "./headers.ts";
import { metaNamed } from "./html.ts";
import { withoutQuery } from "./masking.ts";
import type { HttpOptions } from "./options.ts";
import { isHtml, type Page, pageFrom, tagsIn } from "./page.ts";
import { htmlPages, httpPages, resolveUrl } from "./pages.ts";
import { httpPublicFiles } from "./public.ts";
import { type Requests, requestsTo } from "./requests.ts";

export interface SitemapFile {
  readonly path: string;
  /** What keeps crawlers from reading it; undefined when it is as sitemaps.org says. */
  readonly trouble: string | undefined;
  /** Addresses of pages it names. */
  readonly count: number;
}

export interface SitemapPage {
  readonly url: string;
  readonly status: number;
  readonly isHidden: boolean;
}

export interface Sitemaps {
  readonly files: readonly SitemapFile[];
  /** Files of an index that were not read: there are too many. */
  readonly unread: number;
  /** Addresses of other hosts: crawlers leave them out. */
  readonly foreign: readonly string[];
  /** How many pages are named, and those that were asked. */
  readonly named: number;
  readonly asked: readonly SitemapPage[];
}

const MOST_FILES = 6;
const MOST_PAGES = 40;
const MAX_BYTES = 8 * 1_048_576;
const MAX_BODY_BYTES = 65_536;
/** As sitemaps.org limits a file. */
const MOST_NAMED = 50_000;

const text = z.union([z.string(), z.number()]).transform(String).optional();
const entryShape = z.looseObject({ loc: text, lastmod: text });
const entriesShape = z
  .union([z.array(entryShape), entryShape.transform((each) => [each])])
  .optional()
  .default([]);
const fileShape = z.looseObject({
  urlset: z.looseObject({ url: entriesShape }).optional(),
  sitemapindex: z.looseObject({ sitemap: entriesShape }).optional(),
});

/** The sitemap as a crawler finds and reads it, and an even choice of the pages it names. */
export const httpSitemap = defineFact<Sitemaps, HttpOptions>({
  id: "http.sitemap",
  access: "read",
  reach: "application",
  timeoutMs: 60_000,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const pages = await context.get(httpPages);
    if (htmlPages(pages).length === 0) throw new DoesNotApply("no page looked at is HTML");
    const { robotsTxt = "" } = await context.get(httpPublicFiles);
    const { options, environment, kind } = context.subject;
    const requests = requestsTo(context, address, { patient: true });
    const isReal = environment.stage === "production" && !isLoopback(address.hostname);
    const own = (url: string): string | undefined => ownPath(url, address, isReal);

    const listed = [...robotsTxt.matchAll(/^\s*sitemap\s*:\s*(\S+)/gim)].map(([, url = ""]) => url);
    const isPromised = options.sitemap !== undefined || listed.length > 0;
    const first = options.sitemap ?? "/sitemap.xml";
    // As seo.meta has it: several pages that may be found want a list.
    const isWanted = isReal && htmlPages(pages).filter((page) => !isHidden(page)).length > 1;
    if (!isPromised && !isWanted) {
      const { status, page } = await read(requests, first);
      if (status !== 200 || isHtml(page))
        throw new Undeclared(`there is no /sitemap.xml: ${kind}({ sitemap: "/sitemap.xml" }) asks for one`);
    }
    const wanted = options.sitemap === undefined && listed.length > 0 ? listed : [first];
    const foreign = wanted.filter((url) => own(url) === undefined);
    const queue = wanted.flatMap((url) => own(url) ?? []);
    const files: SitemapFile[] = [];
    const named: string[] = [];
    while (queue.length > 0 && files.length < MOST_FILES) {
      const path = queue.shift() ?? "";
      const file = await readSitemap(requests, path);
      files.push({ path: withoutQuery(path), trouble: file.trouble, count: file.pages.length });
      for (const url of [...file.pages, ...file.sitemaps]) if (own(url) === undefined) foreign.push(url);
      queue.push(...file.sitemaps.flatMap((url) => own(url) ?? []));
      named.push(...file.pages.flatMap((url) => own(url) ?? []));
    }
    const unique = [...new Set(named)];
    const step = Math.max(1, unique.length / MOST_PAGES);
    const paths = unique.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
    const answers = await requests.sendAll(
      paths.map((path) => ({ path, maxBodyBytes: MAX_BODY_BYTES })),
      4,
    );
    const asked = answers.map((answer, index) => {
      const page = pageFrom("page", paths[index] ?? "", answer);
      return { url: withoutQuery(page.path), status: page.status, isHidden: isHidden(page) };
    });
    return { files, unread: queue.length, foreign: foreign.map(withoutQuery), named: unique.length, asked };
  },
});

/** Where to ask for it here. Before production a sitemap may name production's host: its paths are asked of this one. */
function ownPath(text: string, address: HttpAddress, isReal: boolean): string | undefined {
  const url = resolveUrl(text, `${address.origin}/`);
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  const names = [address.hostname, address.host?.split(":")[0]];
  return !isReal || names.includes(url.hostname) ? url.pathname + url.search : undefined;
}

async function read(
  { send }: Requests,
  path: string,
): Promise<{ status: number; page: Page; body: Uint8Array }> {
  const answer = await send({ path, maxBodyBytes: MAX_BYTES });
  if (answer.truncated) throw new NotObserved(`${withoutQuery(path)} is larger than is read (8 MB)`);
  return { status: answer.status, page: pageFrom("asset", path, answer), body: answer.body };
}

interface Content {
  readonly trouble?: string;
  readonly pages: readonly string[];
  readonly sitemaps: readonly string[];
}

async function readSitemap(requests: Requests, path: string): Promise<Content> {
  const nothing = (trouble: string): Content => ({ trouble, pages: [], sitemaps: [] });
  const { status, page, body } = await read(requests, path);
  if (status !== 200) return nothing(`answers ${status}`);
  if (isHtml(page)) return nothing("is a page, no XML");
  let xml = page.text;
  if (body[0] === 0x1f && body[1] === 0x8b)
    try {
      xml = gunzipSync(body, { maxOutputLength: 6 * MAX_BYTES }).toString("utf8");
    } catch (thrown) {
      return nothing(`cannot be unpacked: ${messageOf(thrown)}`);
    }
  const { XMLParser, XMLValidator } = await import("fast-xml-parser");
  const valid = XMLValidator.validate(xml.trimStart());
  if (valid !== true) return nothing(`is no XML: line ${valid.err.line}: ${valid.err.msg}`);
  const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, processEntities: true });
  // An element without anything in it is read as an empty text.
  const parsed = fileShape.safeParse(emptied(parser.parse(xml)));
  const { urlset, sitemapindex } = parsed.data ?? {};
  const entries = urlset?.url ?? sitemapindex?.sitemap;
  if (entries === undefined) return nothing("is XML, but neither a <urlset> nor a <sitemapindex>");
  const urls = entries.flatMap(({ loc }) => loc?.trim() ?? []);
  const trouble = troubleIn(entries, urls);
  const whole = urls.filter((url) => URL.canParse(url));
  const isIndex = urlset === undefined;
  return {
    ...(trouble !== undefined && { trouble }),
    pages: isIndex ? [] : whole,
    sitemaps: isIndex ? whole : [],
  };
}

function troubleIn(
  entries: readonly z.output<typeof entryShape>[],
  urls: readonly string[],
): string | undefined {
  if (entries.length === 0) return "names nothing";
  if (urls.length < entries.length) return "has an entry without <loc>";
  if (entries.length > MOST_NAMED) return `names ${entries.length}, more than ${MOST_NAMED}`;
  const relative = urls.find((url) => !URL.canParse(url));
  if (relative !== undefined) return `names ${withoutQuery(relative)}, which is no whole address`;
  const dated = entries.find(({ lastmod }) => lastmod !== undefined && !isDate(lastmod.trim()));
  return dated && `dates ${withoutQuery(dated.loc ?? "")} with ${dated.lastmod}, which is no W3C date`;
}

function emptied(parsed: unknown): unknown {
  return JSON.parse(JSON.stringify(parsed), (key, value) =>
    ["urlset", "sitemapindex"].includes(key) && value === "" ? {} : value,
  );
}

/** "2026", "2026-11", "2026-11-21", with a time and a zone: www.w3.org/TR/NOTE-datetime. */
function isDate(said: string): boolean {
  return (
    /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/.test(said) &&
    !Number.isNaN(Date.parse(said))
  );
}

function isHidden(page: Page): boolean {
  const meta = isHtml(page) ? metaNamed(tagsIn(page), "robots").join(",") : "";
  return /\b(noindex|none)\b/i.test(`${headerValue(page.headers, "x-robots-tag") ?? ""},${meta}`);
}

import type { HttpResponse } from "../../model/doors.ts";
import { DoesNotApply, defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import { type HttpAddress, isLoopback } from "./address.ts";
import { type CacheSign, cacheSign, isMarkedBy } from "./cache-signs.ts";
import { httpAnswer } from "./connection.ts";
import { type HeaderLines, headerValue } from "./headers.ts";
import { resourcesOf } from "./html.ts";
import type { HttpOptions } from "./options.ts";
import { tagsIn } from "./page.ts";
import { htmlPages, httpPages, type Pages, resolveUrl } from "./pages.ts";
import { requestsTo } from "./requests.ts";

/** One asset, asked for until the CDN had it, four times at most. */
export interface CdnAsset {
  readonly path: string;
  readonly status: number;
  /** Of the last answer; undefined when nothing says that a cache saw it. */
  readonly sign: CacheSign | undefined;
  /** Undefined when no vendor is declared. */
  readonly isVendors: boolean | undefined;
  readonly asked: number;
  /** Of the last answer: what keeps a cache from keeping it. */
  readonly cacheControl: string | undefined;
  readonly setsCookie: boolean;
  readonly vary: string | undefined;
}

export interface Cdn {
  readonly origin: string;
  readonly assets: readonly CdnAsset[];
}

/**
 * Waits before the second request and those after it: the first fills the cache, and large CDNs answer one name
 * from several machines. The last is more than the whole second that Age counts in.
 */
const WAITS_MS = [100, 300, 1_100];
const MAX_ASSETS = 6;
const MAX_BODY_BYTES = 4 * 1_048_576;

export const httpCdn = defineFact<Cdn, HttpOptions>({
  id: "http.cdn",
  access: "read",
  reach: "application",
  timeoutMs: 45_000,
  async collect(context) {
    const own = await context.get(httpAnswer);
    const { cdn } = context.subject.options;
    if (!cdn) throw new Undeclared('no CDN is declared, as in cdn: { vendor: "cloudflare" }');
    if (cdn.host === undefined && isLoopback(own.hostname))
      throw new DoesNotApply(
        `${own.hostname} can be reached from this machine only: no CDN stands before it`,
      );
    const address = cdn.host === undefined ? own : hostOfItsOwn(cdn.host, own);
    const paths = cdn.paths ?? pathsSeen(await context.get(httpPages), address.origin);
    if (paths.length === 0)
      throw new NotObserved(
        `the declared pages take no script, style or picture from ${address.origin}: name assets in cdn.paths`,
      );
    const requests = requestsTo(context, address);
    const ask = async (path: string): Promise<CdnAsset> => {
      for (let asked = 1; ; asked++) {
        const answer = await requests.send({ path, maxBodyBytes: MAX_BODY_BYTES });
        const seen = assetFrom(path, answer, asked, cdn.vendor);
        const isDone = asked > 1 && (seen.sign === undefined ? asked > 2 : seen.sign.isHit);
        const waitMs = WAITS_MS[asked - 1];
        if (seen.status >= 300 || isDone || waitMs === undefined) return seen;
        await context.doors.clock.delay(waitMs, context.signal);
      }
    };
    return { origin: address.origin, assets: await Promise.all(paths.slice(0, MAX_ASSETS).map(ask)) };
  },
});

function hostOfItsOwn(origin: string, { ca }: HttpAddress): Parameters<typeof requestsTo>[1] {
  return { origin, plainOrigin: undefined, host: undefined, ca };
}

/** What the declared pages take from there. */
function pathsSeen(pages: Pages, origin: string): string[] {
  const found = htmlPages(pages)
    .flatMap((page) => resourcesOf(tagsIn(page)).map(({ url }) => resolveUrl(url, page.url)))
    .flatMap((url) =>
      url?.origin === origin && /\.\w+$/.test(url.pathname) ? [url.pathname + url.search] : [],
    );
  return [...new Set(found)];
}

function assetFrom(
  path: string,
  { status, headerLines }: HttpResponse,
  asked: number,
  vendor: Parameters<typeof isMarkedBy>[0] | undefined,
): CdnAsset {
  const value = (name: string): string | undefined => headerValue(headerLines satisfies HeaderLines, name);
  return {
    path,
    status,
    sign: cacheSign(headerLines),
    isVendors: vendor && isMarkedBy(vendor, headerLines),
    asked,
    cacheControl: value("cache-control"),
    setsCookie: value("set-cookie") !== undefined,
    vary: value("vary"),
  };
}

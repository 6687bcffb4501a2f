import { defineFact, type FactContext } from "../../model/fact.ts";
import type { HttpAddress } from "./address.ts";
import { httpAnswer } from "./connection.ts";
import { headerValue } from "./headers.ts";
import { type HttpOptions, htmlPaths } from "./options.ts";
import { isRedirect, resolveUrl } from "./pages.ts";
import { requestsTo } from "./requests.ts";

export interface Hop {
  readonly url: string;
  readonly status: number;
  /** Resolved; undefined when the answer is no redirect, or leads nowhere. */
  readonly to: string | undefined;
}

export interface RedirectChain {
  readonly from: string;
  readonly hops: readonly Hop[];
  readonly end: "answer" | "loop" | "too long" | "another host" | "nowhere";
}

export interface Redirects {
  /** From the plain-HTTP door; undefined when there is none. */
  readonly plain: RedirectChain | undefined;
  /** From every declared page, with and without a slash at its end, and from the path declared to redirect. */
  readonly pages: readonly RedirectChain[];
}

const MAX_HOPS = 10;
const MAX_STARTS = 24;

export const httpRedirects = defineFact<Redirects, HttpOptions>({
  id: "http.redirects",
  access: "read",
  reach: "application",
  timeoutMs: 30_000,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const { options } = context.subject;
    const paths = htmlPaths(options);
    const declared = options.pages.redirect === undefined ? [] : [options.pages.redirect];
    const starts = [...new Set([...declared, ...paths.flatMap(withSlashes)])].slice(0, MAX_STARTS);
    const follow = follower(context, address);
    const door = address.https ? named(address.plainOrigin, address) : undefined;
    const origin = named(address.origin, address);
    return {
      plain: door === undefined ? undefined : await follow(`${door}${paths[0] ?? "/"}`),
      pages: await Promise.all(starts.map((path) => follow(`${origin}${path}`))),
    };
  },
});

/** The same door by the name that people type, where the component has one of its own. */
function named<Origin extends string | undefined>(origin: Origin, { host }: HttpAddress): Origin | string {
  if (origin === undefined || host === undefined) return origin;
  const url = new URL(origin);
  url.hostname = host.replace(/:\d+$/, "");
  return url.origin;
}

function withSlashes(path: string): string[] {
  if (path === "/" || path.includes("?") || /\.[a-z0-9]+$/i.test(path)) return [path];
  return path.endsWith("/") ? [path, path.slice(0, -1)] : [path, `${path}/`];
}

function follower(
  context: FactContext<HttpOptions>,
  address: HttpAddress,
): (start: string) => Promise<RedirectChain> {
  const { send } = requestsTo(context, address);
  const plainOrigin = named(address.plainOrigin, address);
  const own = new Set([named(address.origin, address), plainOrigin]);
  return async (start) => {
    const hops: Hop[] = [];
    const seen = new Set<string>();
    const chain = (end: RedirectChain["end"]): RedirectChain => ({ from: start, hops, end });
    for (let url = new URL(start); ; ) {
      if (!own.has(url.origin)) return chain("another host");
      if (seen.has(url.href)) return chain("loop");
      if (seen.size >= MAX_HOPS) return chain("too long");
      seen.add(url.href);
      const answer = await send({
        path: url.pathname + url.search,
        plain: url.origin === plainOrigin,
        maxBodyBytes: 1_024,
      });
      const location = isRedirect(answer.status) ? headerValue(answer.headerLines, "location") : undefined;
      const to = location === undefined ? undefined : resolveUrl(location, url.href);
      hops.push({ url: url.href, status: answer.status, to: to?.href });
      if (!isRedirect(answer.status)) return chain("answer");
      if (!to) return chain("nowhere");
      to.hash = "";
      url = to;
    }
  };
}

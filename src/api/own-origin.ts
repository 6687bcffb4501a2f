import { createMiddleware } from "hono/factory";
import type { ApiSources } from "./sources.ts";

const READING = new Set(["GET", "HEAD", "OPTIONS"]);

interface Sent {
  readonly method: string;
  header(name: string): string | undefined;
}

/**
 * Whatever changes something has to come from a page of ours, or from no browser at all. The cookie alone does not tell:
 * SameSite lets in pages of other ports and other names below the same domain, the watched application's own among them.
 */
export function expectOwnOrigin({ environment }: Pick<ApiSources, "environment">) {
  return createMiddleware(async (context, next) => {
    if (isOwn(context.req, environment.watchUrl)) return await next();
    return context.json(
      { error: "this was sent by a page of somebody else's", fix: "open the dashboard and do it there" },
      403,
    );
  });
}

/** https://www.w3.org/TR/fetch-metadata/; browsers leave it out where the page is neither HTTPS nor on this machine. */
function isOwn(sent: Sent, watchUrl: string | undefined): boolean {
  // No page of somebody else's can send this header along.
  if (READING.has(sent.method) || sent.header("authorization") !== undefined) return true;
  const site = sent.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = sent.header("origin");
  if (origin === undefined) return true;
  const host = URL.parse(origin)?.host;
  const own = [sent.header("host"), watchUrl === undefined ? undefined : URL.parse(watchUrl)?.host];
  return host !== undefined && host !== "" && own.includes(host);
}

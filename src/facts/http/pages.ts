import { DoesNotApply, defineFact, type FactContext } from "../../model/fact.ts";
import type { HttpAddress } from "./address.ts";
import { httpAnswer } from "./connection.ts";
import { headerValues } from "./headers.ts";
import { resourcesOf } from "./html.ts";
import { type HttpOptions, htmlPaths } from "./options.ts";
import { isHtml, type Page, type PageKind, pageFrom, tagsIn } from "./page.ts";
import { type Requests, requestsTo } from "./requests.ts";

/** One look at every kind of answer: what most questions about headers and bodies are asked of. */
export interface Pages {
  readonly address: HttpAddress;
  /** Milliseconds since 1970 UTC. */
  readonly observedAt: number;
  readonly list: readonly Page[];
}

const MAX_BODY_BYTES = 512 * 1_024;
const MAX_ASSETS = 6;
const MAX_HOPS = 3;

export const httpPages = defineFact<Pages, HttpOptions>({
  id: "http.pages",
  access: "read",
  reach: "application",
  timeoutMs: 30_000,
  attempts: 2,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const requests = requestsTo(context, address, { patient: true });
    const asked = questions(context, address);
    const answers = await requests.sendAll(
      asked.map(({ path }) => ({
        path,
        maxBodyBytes: MAX_BODY_BYTES,
        headers: { accept: "text/html, */*" },
      })),
    );
    const first = answers.map((answer, index) => {
      const { kind, path } = asked[index] as Question;
      return pageFrom(kind, path, answer);
    });
    const landed = (await Promise.all(first.map((page) => follow(page, address, requests)))).flat();
    const assets = await fetchAssets(landed, address, requests);
    return { address, observedAt: context.doors.clock.now(), list: [...landed, ...assets] };
  },
});

interface Question {
  readonly kind: PageKind;
  readonly path: string;
}

function questions({ subject, doors }: FactContext<HttpOptions>, address: HttpAddress): Question[] {
  const { pages } = subject.options;
  const as = (kind: PageKind, paths: readonly (string | undefined)[]): Question[] =>
    paths.flatMap((path) => (path === undefined ? [] : [{ kind, path }]));
  return [
    ...as("page", htmlPaths(subject.options)),
    ...as("api", pages.api),
    ...as("asset", pages.static),
    ...as("redirect", [pages.redirect]),
    ...as("error", [pages.error]),
    ...as("not found", [pages.notFound ?? `${address.base}/not-here-${doors.random.hex(6)}`]),
    // A broken percent escape: many frameworks answer it with a stack trace of their router.
    ...as("malformed", [`${address.base}/%E0%A4%A`]),
  ];
}

/** A declared page that redirects inside the same origin is looked at where it leads; the hop is kept as a redirect. */
async function follow(page: Page, address: HttpAddress, requests: Requests): Promise<Page[]> {
  const seen = [page];
  for (let current = page; page.kind === "page" && seen.length <= MAX_HOPS; ) {
    const location = isRedirect(current.status) && headerValues(current.headers, "location")[0];
    const target = location ? resolveUrl(location, current.url) : undefined;
    if (!target || target.origin !== address.origin) break;
    const path = target.pathname + target.search;
    seen[seen.length - 1] = { ...current, kind: "redirect", label: `the redirect ${page.path}` };
    const landed = await requests.send({ path, maxBodyBytes: MAX_BODY_BYTES });
    // Called by the path that was declared: the one it leads to may carry a token and be another each time.
    current = { ...pageFrom("page", path, landed), label: page.label };
    seen.push(current);
  }
  return seen;
}

export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

export function resolveUrl(text: string, base: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined;
}

async function fetchAssets(
  pages: readonly Page[],
  address: HttpAddress,
  requests: Requests,
): Promise<Page[]> {
  const known = new Set(pages.map((page) => page.path));
  const found = pages
    .filter((page) => page.kind === "page" && isHtml(page))
    .flatMap((page) => resourcesOf(tagsIn(page)).map(({ url }) => resolveUrl(url, page.url)))
    .filter((url) => url?.origin === address.origin && /\.(m?js|css)$/.test(url.pathname))
    .flatMap((url) => (url ? [url.pathname + url.search] : []))
    .filter((path) => !known.has(path));
  const paths = [...new Set(found)].slice(0, MAX_ASSETS);
  const answers = await requests.sendAll(paths.map((path) => ({ path, maxBodyBytes: MAX_BODY_BYTES })));
  return answers.map((answer, index) => pageFrom("asset", paths[index] ?? "", answer));
}

/** Pages people open that answered with HTML. */
export function htmlPages(pages: Pages): Page[] {
  return pages.list.filter((page) => page.kind === "page" && isHtml(page));
}

/** The first of those that answer 200, for a browser to open. Throws DoesNotApply when there is none. */
export function pagesToOpen(pages: Pages, most: number): Page[] {
  const open = htmlPages(pages).filter(({ status }) => status === 200);
  if (open.length === 0) throw new DoesNotApply("no page looked at is HTML");
  return open.slice(0, most);
}

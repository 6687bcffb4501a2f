import { defineFact } from "../../model/fact.ts";
import { httpAnswer } from "./connection.ts";
import { headerValue, mediaType } from "./headers.ts";
import { linksOf } from "./html.ts";
import { withoutQuery } from "./masking.ts";
import type { HttpOptions } from "./options.ts";
import { isHtml, type Page, pageFrom, tagsIn } from "./page.ts";
import { htmlPages, httpPages, resolveUrl } from "./pages.ts";
import { requestsTo } from "./requests.ts";

export interface PublicFiles {
  /** Milliseconds since 1970 UTC. */
  readonly observedAt: number;
  /** Undefined unless it is served as text. */
  readonly securityTxt: string | undefined;
  readonly robotsTxt: string | undefined;
  readonly robots: RobotsAnswer;
  /** X-Robots-Tag of the first page, if any. */
  readonly robotsTag: string | undefined;
}

/** What a crawler gets that asks for /robots.txt and follows nothing. */
export interface RobotsAnswer {
  readonly status: number;
  /** Of a redirect, without its query. */
  readonly location: string | undefined;
  /** In lower case, without parameters. */
  readonly type: string | undefined;
  readonly isHtml: boolean;
  readonly text: string;
  readonly truncated: boolean;
}

/** The files crawlers and researchers ask every host for. */
export const httpPublicFiles = defineFact<PublicFiles, HttpOptions>({
  id: "http.public-files",
  access: "read",
  reach: "application",
  async collect(context) {
    const address = await context.get(httpAnswer);
    const pages = await context.get(httpPages);
    const answers = await requestsTo(context, address).sendAll([
      { path: "/.well-known/security.txt", maxBodyBytes: 65_536 },
      { path: "/robots.txt", maxBodyBytes: 524_288 },
    ]);
    const [securityPage, robotsPage] = answers.map((answer) => pageFrom("page", "", answer));
    if (!securityPage || !robotsPage) throw new Error("a request without an answer");
    return {
      observedAt: context.doors.clock.now(),
      securityTxt: textOf(securityPage),
      robotsTxt: textOf(robotsPage),
      robots: robotsFrom(robotsPage),
      robotsTag: headerValue(htmlPages(pages)[0]?.headers ?? [], "x-robots-tag"),
    };
  },
});

function textOf(page: Page): string | undefined {
  return page.status === 200 && !isHtml(page) ? page.text : undefined;
}

function robotsFrom(page: Page): RobotsAnswer {
  const { status, headers, text, truncated } = page;
  const location = headerValue(headers, "location");
  return {
    status,
    location: location === undefined ? undefined : withoutQuery(location),
    type: mediaType(headers),
    isHtml: isHtml(page),
    text,
    truncated,
  };
}

export interface LinkAnswer {
  readonly path: string;
  readonly from: string;
  readonly status: number;
}

export interface Links {
  readonly asked: readonly LinkAnswer[];
  /** More than are asked at once. */
  readonly unasked: number;
}

const MAX_LINKS = 200;
/** GET should change nothing, but these words are where applications get it wrong. */
const RISKY = /log-?out|sign-?out|delete|remove|unsubscribe|cancel|revoke/i;

/** Every link of the declared pages that stays on this host, asked once; pages behind them are not searched. */
export const httpLinks = defineFact<Links, HttpOptions>({
  id: "http.links",
  access: "read",
  reach: "application",
  timeoutMs: 45_000,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const pages = await context.get(httpPages);
    const seen = new Map(pages.list.map((page) => [page.path, page.status]));
    const found = new Map<string, string>();
    for (const page of htmlPages(pages)) {
      for (const path of ownLinks(page, address.origin)) {
        if (!found.has(path) && !RISKY.test(path)) found.set(path, page.label);
      }
    }
    const unseen = [...found].filter(([path]) => !seen.has(path));
    const wanted = unseen.slice(0, MAX_LINKS);
    const answers = await requestsTo(context, address).sendAll(
      wanted.map(([path]) => ({ path, maxBodyBytes: 1_024 })),
      4,
    );
    for (const [index, [path]] of wanted.entries()) seen.set(path, answers[index]?.status ?? 0);
    const asked = [...found].flatMap(([path, from]) => {
      const status = seen.get(path);
      return status === undefined ? [] : [{ path, from, status }];
    });
    return { asked, unasked: unseen.length - wanted.length };
  },
});

function ownLinks(page: Page, origin: string): string[] {
  return linksOf(tagsIn(page)).flatMap((href) => {
    const url = resolveUrl(href, page.url);
    return url?.origin === origin ? [url.pathname + url.search] : [];
  });
}

import { beginWalk } from "../../facts/walk.ts";
import { requestStep } from "../../facts/walk-options.ts";
import { defineFact } from "../../model/fact.ts";
import type { LegalOptions } from "./options.ts";

export interface LegalPage {
  readonly name: "privacy" | "terms" | "imprint";
  readonly path: string;
  readonly status: number;
  /** Words without markup. */
  readonly text: string;
  readonly isLinked: boolean;
}

export const legalPages = defineFact<readonly LegalPage[], LegalOptions>({
  id: "legal.pages",
  access: "read",
  reach: "application",
  attempts: 2,
  async collect(context) {
    const { pages, linkedFrom } = context.subject.options;
    const walk = beginWalk(context);
    const get = (path: string) => walk.send(requestStep.parse({ name: path, path }));
    const front = textOf((await get(linkedFrom)).body);
    const found: LegalPage[] = [];
    for (const name of ["privacy", "terms", "imprint"] as const) {
      const path = pages[name];
      if (path === undefined) continue;
      const { status, body } = await get(path);
      const isLinked = new RegExp(
        `href=["'][^"']*${path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}["'#?]`,
      ).test(front);
      found.push({ name, path, status, text: wordsOf(textOf(body)), isLinked });
    }
    return found;
  },
});

/** What a first visit loads from elsewhere and which cookies it gets, before anybody agreed to anything. */
export interface FirstVisit {
  readonly path: string;
  readonly cookies: readonly string[];
  /** Hosts of scripts, frames, pixels, styles and fonts. */
  readonly elsewhere: readonly string[];
  /** Hosts of trackers that a script of the page itself names: it may load them at once, or after consent. */
  readonly named: readonly string[];
}

const TRACKERS =
  /\/\/((?:www\.)?googletagmanager\.com|(?:www|ssl)\.google-analytics\.com|connect\.facebook\.net|static\.hotjar\.com|cdn\.segment\.com|snap\.licdn\.com|analytics\.tiktok\.com|www\.clarity\.ms|cdn\.mxpnl\.com|bat\.bing\.com)\b/gi;

const NO_SCRIPT = /\stype\s*=\s*["']?(?!["']|module|(?:text|application)\/(?:x-)?(?:java|ecma)script)/i;

/** Their texts, from front to end: to look behind each for an end that is missing takes minutes in a large page. */
function scriptsIn(html: string): string[] {
  const begin = /<!--|<script(?=[\s/>])/gi;
  const head = /(?:[^>"']|"[^"]*"|'[^']*')*>/y;
  const end = /<\/script/gi;
  const texts: string[] = [];
  for (let begun = begin.exec(html); begun; begun = begin.exec(html)) {
    if (begun[0] === "<!--") {
      const closed = html.indexOf("-->", begin.lastIndex);
      if (closed < 0) break;
      begin.lastIndex = closed;
      continue;
    }
    head.lastIndex = begin.lastIndex;
    const [how] = head.exec(html) ?? [];
    if (how === undefined) break;
    end.lastIndex = head.lastIndex;
    const ended = end.exec(html);
    if (!ended) break;
    if (!NO_SCRIPT.test(how)) texts.push(html.slice(head.lastIndex, ended.index));
    begin.lastIndex = end.lastIndex;
  }
  return texts;
}

/** What waits for consent in the usual way is no script until then: type="text/plain". */
function trackersNamed(html: string): string[] {
  const hosts = scriptsIn(html).flatMap((text) =>
    [...text.matchAll(TRACKERS)].map(([, host = ""]) => host.toLowerCase()),
  );
  return [...new Set(hosts)];
}

export const firstVisits = defineFact<readonly FirstVisit[], LegalOptions>({
  id: "legal.first-visits",
  access: "read",
  reach: "application",
  attempts: 2,
  async collect(context) {
    const own = new URL(context.subject.address?.url ?? "http://nothing.invalid").hostname;
    const visits: FirstVisit[] = [];
    for (const path of context.subject.options.consent.pages) {
      const answer = await beginWalk(context).send(requestStep.parse({ name: path, path }));
      const html = textOf(answer.body);
      const urls = [
        ...html.matchAll(
          /<(?:script|iframe|img|link|source)\b[^>]*?\b(?:src|href)=["'](https?:)?\/\/([^/"'?#]+)/gi,
        ),
      ];
      const links = [
        ...html.matchAll(/<link\b[^>]*\brel=["'](?:canonical|alternate|me|author|license)["'][^>]*>/gi),
      ].join(" ");
      visits.push({
        path,
        cookies: answer.headerLines
          .filter(([name]) => name.toLowerCase() === "set-cookie")
          .map(([, value]) => value.split("=")[0]?.trim() ?? ""),
        elsewhere: [...new Set(urls.map(([, , host = ""]) => host))].filter(
          (host) => host.split(":")[0] !== own && !links.includes(host),
        ),
        named: trackersNamed(html),
      });
    }
    return visits;
  },
});

function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString("utf8");
}

function wordsOf(html: string): string {
  return html
    .replaceAll(/<(script|style)\b.*?<\/\1>/gis, " ")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
}

import type { HttpAddress } from "../../facts/http/address.ts";
import { httpAnswer } from "../../facts/http/connection.ts";
import { linksOf } from "../../facts/http/html.ts";
import { tagsIn } from "../../facts/http/page.ts";
import { htmlPages, httpPages, type Pages, resolveUrl } from "../../facts/http/pages.ts";
import { defineFact, type FactContext, NotObserved } from "../../model/fact.ts";
import type { WebOptions } from "./options.ts";
import { type Attempt, attemptsBelow, attemptsIn, BESIDE } from "./traversal-tricks.ts";

export interface LedOut {
  /** As it was sent: the encoding is the hole. */
  readonly path: string;
  /** "/assets/", or "/download?file=". */
  readonly where: string;
  readonly what: string;
}

export interface Traversal {
  readonly out: readonly LedOut[];
  readonly places: readonly string[];
  readonly requests: number;
}

const MAX_FOLDERS = 4;
const MAX_LINKS = 3;
const AT_ONCE = 6;

/** Files outside of the served folders, asked for past them. What they say is looked at and not kept. */
export const webTraversal = defineFact<Traversal, WebOptions>({
  id: "web.traversal",
  access: "active",
  reach: "application",
  timeoutMs: 90_000,
  sends: "some 60 GET requests for files outside of each folder with assets, at most 4 folders",
  async collect(context) {
    const address = await context.get(httpAnswer);
    const pages = await context.get(httpPages);
    const ask = askerOf(context, address);
    // What is served anyway is told by probe.exposed-files, and proves no way out.
    const plain = await Promise.all(
      BESIDE.map(async (bait) => ({ bait, text: await ask(`${address.base}/${bait.file}`) })),
    );
    const beside = plain.filter(({ bait, text }) => !bait.magic.test(text)).map(({ bait }) => bait);
    const questions: (Attempt & { where: string })[] = [
      ...foldersOf(pages, address).flatMap((where) =>
        attemptsBelow(where, beside).map((each) => ({ ...each, where })),
      ),
      ...fileLinks(pages, address.origin).flatMap(({ before, after }) =>
        attemptsIn(before, after).map((each) => ({ ...each, where: before })),
      ),
    ];
    const out: LedOut[] = [];
    const queue = questions.values();
    const lane = async (): Promise<void> => {
      for (const { path, bait, where } of queue)
        if (bait.magic.test(await ask(path))) out.push({ path, where, what: bait.what });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return { out, places: [...new Set(questions.map(({ where }) => where))], requests: questions.length };
  },
});

/** Folders of the assets that were seen and of the component itself. */
function foldersOf(pages: Pages, { base }: HttpAddress): string[] {
  const seen = pages.list
    .filter(({ kind, status }) => kind === "asset" && status === 200)
    .map(({ path }) => (path.split("?")[0] ?? "/").replace(/[^/]*$/, ""));
  return [...new Set([`${base}/`, ...seen])].slice(0, MAX_FOLDERS);
}

/** Links whose parameter names a file: "/download?file=report.pdf". */
function fileLinks(pages: Pages, origin: string): { before: string; after: string }[] {
  const found = htmlPages(pages).flatMap((page) =>
    linksOf(tagsIn(page)).flatMap((href) => {
      const url = resolveUrl(href, page.url);
      const parts =
        url?.origin === origin
          ? /^([^#]*[?&][\w-]+=)[^&#=]*\.[a-z0-9]{2,5}(&[^#]*)?$/i.exec(url.pathname + url.search)
          : null;
      return parts ? [{ before: parts[1] ?? "", after: parts[2] ?? "" }] : [];
    }),
  );
  return found
    .filter(({ before }, index) => found.findIndex((each) => each.before === before) === index)
    .slice(0, MAX_LINKS);
}

/** GET of exactly these bytes: any client of HTTP would tidy the path up. The body of a 2xx, else "". */
function askerOf(
  { doors, signal }: FactContext<WebOptions>,
  address: HttpAddress,
): (path: string) => Promise<string> {
  const { hostname: host, port, https: tls, ca } = address;
  const name = address.host ?? new URL(address.origin).host;
  return async (path) => {
    const head = [
      `GET ${path} HTTP/1.1`,
      `Host: ${name}`,
      "User-Agent: gonogo-check",
      "Accept: */*",
      "Connection: close",
    ];
    const send = `${head.join("\r\n")}\r\n\r\n`;
    const bytes = await doors.sockets.exchange({
      host,
      port,
      tls,
      ...(ca !== undefined && { ca }),
      send,
      timeoutMs: 5_000,
      signal,
    });
    const text = Buffer.from(bytes).toString("latin1");
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
    // nginx' limit_req says 503 unless it is told otherwise.
    if (status === 429 || status === 503)
      throw new NotObserved(`a rate limit answers ${path}: it hides what lies behind`);
    const at = text.indexOf("\r\n\r\n");
    return status >= 200 && status < 300 && at !== -1 ? text.slice(at + 4) : "";
  };
}

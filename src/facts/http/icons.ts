import { z } from "zod";
import type { HttpResponse } from "../../model/doors.ts";
import { DoesNotApply, defineFact, Undeclared } from "../../model/fact.ts";
import { jsonIn } from "../../model/json.ts";
import { httpAnswer } from "./connection.ts";
import { imageKind, pngSize } from "./image-bytes.ts";
import { withoutQuery } from "./masking.ts";
import type { HttpOptions } from "./options.ts";
import { isHtml, pageFrom, tagsIn } from "./page.ts";
import { htmlPages, httpPages, resolveUrl } from "./pages.ts";
import { requestsTo } from "./requests.ts";

export interface IconFile {
  readonly url: string;
  /** "/", or "/site.webmanifest": who names it first. */
  readonly from: string;
  /** Undefined when it is an image. */
  readonly trouble: string | undefined;
}

export interface Manifest {
  readonly url: string;
  readonly trouble: string | undefined;
  /** It asks to be installed: display is standalone, fullscreen or minimal-ui. */
  readonly isInstallable: boolean;
  /** Sides of its icons in dots, "any" as Infinity. */
  readonly sides: readonly number[];
}

export interface Icons {
  readonly pages: number;
  /** Pages for which a browser finds no icon. */
  readonly bare: readonly string[];
  readonly files: readonly IconFile[];
  readonly manifests: readonly Manifest[];
}

const ICON = /(^|\s)(icon|apple-touch-icon(-precomposed)?|mask-icon)(\s|$)/i;
const MOST_FILES = 24;
const MAX_BYTES = 2 * 1_048_576;

const manifestShape = z.looseObject({
  display: z.string().optional(),
  icons: z.array(z.looseObject({ src: z.string(), sizes: z.string().optional() })).optional(),
});

/** Every icon that the pages and their web app manifests name, fetched as a browser would. */
export const httpIcons = defineFact<Icons, HttpOptions>({
  id: "http.icons",
  access: "read",
  reach: "application",
  timeoutMs: 45_000,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const pages = htmlPages(await context.get(httpPages)).filter(({ status }) => status === 200);
    if (pages.length === 0) throw new DoesNotApply("no page looked at is HTML");
    const { send } = requestsTo(context, address);
    const answers = new Map<string, Promise<HttpResponse | undefined>>();
    /** Undefined when nothing answers there. */
    const fetched = (url: URL): Promise<HttpResponse | undefined> => {
      const known = answers.get(url.href);
      if (known) return known;
      const isOwn = url.origin === address.origin;
      const asked = isOwn
        ? send({ path: url.pathname + url.search, maxBodyBytes: MAX_BYTES })
        : context.doors.http.send({
            url: url.href,
            maxBodyBytes: MAX_BYTES,
            timeoutMs: 8_000,
            signal: context.signal,
          });
      const answer = asked.catch(() => undefined);
      answers.set(url.href, answer);
      return answer;
    };

    const files = new Map<string, IconFile>();
    const look = async (href: string, base: string, from: string, sizes?: string): Promise<void> => {
      const url = resolveUrl(href, base);
      const name =
        url?.protocol === "data:" ? "data:" : withoutQuery(url?.href.replace(address.origin, "") ?? href);
      if (files.has(name) || files.size >= MOST_FILES) return;
      files.set(name, { url: name, from, trouble: await troubleWith(url, fetched, sizes) });
    };

    const usual = resolveUrl("/favicon.ico", `${address.origin}/`);
    const hasUsual = (await troubleWith(usual, fetched)) === undefined;
    const linked = pages.map((page) => ({
      page,
      links: tagsIn(page).filter(({ name }) => name === "link"),
    }));
    const hrefs = (links: (typeof linked)[number]["links"], relation: RegExp): string[] =>
      links.flatMap(({ attributes }) =>
        relation.test(attributes.get("rel") ?? "") ? (attributes.get("href") ?? "") : [],
      );
    /** Where relative addresses of a page begin: its <base>, as Angular has one. */
    const baseOf = (page: (typeof pages)[number]): string => {
      const base = tagsIn(page).find(({ name, attributes }) => name === "base" && attributes.has("href"));
      return resolveUrl(base?.attributes.get("href") ?? "", page.url)?.href ?? page.url;
    };
    const manifests = new Map<string, Manifest>();
    for (const { page, links } of linked) {
      for (const href of hrefs(links, ICON)) await look(href, baseOf(page), page.label);
      for (const href of hrefs(links, /(^|\s)manifest(\s|$)/i)) {
        const url = resolveUrl(href, baseOf(page));
        if (url === undefined || manifests.has(url.href)) continue;
        const name = withoutQuery(url.href.replace(address.origin, ""));
        const { icons, ...manifest } = readManifest(await fetched(url), name);
        manifests.set(url.href, manifest);
        for (const { src, sizes } of icons) await look(src, url.href, name, sizes);
      }
    }
    const bare = linked.flatMap(({ page, links }) =>
      hasUsual || hrefs(links, /(^|\s)icon(\s|$)/i).length > 0 ? [] : [page.label],
    );
    const isNamed = files.size > 0 || manifests.size > 0 || hasUsual;
    const { options, kind } = context.subject;
    if (!isNamed && options.browser === undefined)
      throw new Undeclared(`no page names an icon: ${kind}({ browser: {} }) asks for one`);
    return { pages: pages.length, bare, files: [...files.values()], manifests: [...manifests.values()] };
  },
});

async function troubleWith(
  url: URL | undefined,
  fetched: (url: URL) => Promise<HttpResponse | undefined>,
  sizes = "",
): Promise<string | undefined> {
  if (url === undefined) return "is no address";
  if (url.protocol === "data:") return /^data:image\/[^,]*,./.test(url.href) ? undefined : "is empty";
  if (!/^https?:$/.test(url.protocol)) return "is no address of the web";
  const answer = await fetched(url);
  if (answer === undefined) return "does not answer";
  if (answer.status !== 200) return `answers ${answer.status}`;
  if (isHtml(pageFrom("asset", "", answer))) return "is a page, no image";
  if (imageKind(answer.body) === undefined) return "is no image that browsers read";
  const size = pngSize(answer.body);
  const declared = sizes
    .toLowerCase()
    .split(/\s+/)
    .filter((each) => /^\d+x\d+$/.test(each));
  if (size && declared.length > 0 && !declared.includes(size.join("x")))
    return `is ${size.join("x")}, declared as ${declared.join(", ")}`;
  return undefined;
}

function readManifest(
  answer: HttpResponse | undefined,
  name: string,
): Manifest & { readonly icons: readonly { src: string; sizes?: string | undefined }[] } {
  const broken = (trouble: string) => ({ url: name, trouble, isInstallable: false, sides: [], icons: [] });
  if (answer === undefined) return broken("does not answer");
  if (answer.status !== 200) return broken(`answers ${answer.status}`);
  const parsed = manifestShape.safeParse(jsonIn(answer.body));
  if (!parsed.success) return broken("is no web app manifest");
  const { display = "browser", icons = [] } = parsed.data;
  return {
    url: name,
    trouble: icons.length === 0 ? "names no icon" : undefined,
    isInstallable: ["standalone", "fullscreen", "minimal-ui"].includes(display),
    sides: icons.flatMap(({ sizes = "" }) =>
      sizes
        .split(/\s+/)
        .map((each) => (/^any$/i.test(each) ? Number.POSITIVE_INFINITY : Number.parseInt(each, 10))),
    ),
    icons,
  };
}

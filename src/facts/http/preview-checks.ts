import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { isLoopback } from "./address.ts";
import { metaNamed, type Tag } from "./html.ts";
import { type Page, tagsIn } from "./page.ts";
import { htmlPages, httpPages } from "./pages.ts";
import { httpUsualFiles } from "./preview.ts";

interface Lack {
  /** "/about", or "the site" for what it has once. */
  readonly where: string;
  readonly what: string;
  readonly fix: string;
}

/** As a messenger or a search engine reads a page: what only a script would add is not there for them. */
export const metaComplete = defineCheck({
  id: "seo.meta",
  title: "Pages say what they are to whoever finds or shares them",
  consequence: "A shared link shows a bare address, and a search result a sentence of the footer.",
  severity: "info",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    meta tags set on all pages | meta tags for social sharing | metadata API configured
    title template and openGraph | SEO meta descriptions reviewed
    page titles and meta descriptions | meta description on every page
    Open Graph tags | Open Graph images | social media preview image
    page title and description | meta title set | meta tags and Open Graph
    link preview shows title and photo
    paste a URL into WhatsApp and confirm that the preview shows photo and title | SEO meta tags
    SEO metadata | meta title and description | title tags and meta descriptions | OG tags | og:image
    social sharing image | social sharing preview
    SEO basics: titles and descriptions | SEO tags | share preview works | meta descriptions written
    page metadata complete | metadata for every page | title and description on every page
    unique title for each page | title and description on each page | generateMetadata
    og:title and og:image | pages have titles | shared links show a preview | page title set
    metadata in layout.tsx | social images | Open Graph tags tested | link previews tested
    sharing debugger shows the preview | Open Graph tags validated | meta tags checked
    sharing a link shows image and title | shared link shows title and image | link sharing preview
    distinct titles | each page has a distinct title
  `),
  source: "https://ogp.me/",
  needs: { pages: httpPages, files: httpUsualFiles },
  run({ pages, files }, { environment, component }) {
    const { address } = pages;
    const open = htmlPages(pages).filter(({ kind, status }) => kind === "page" && status === 200);
    if (open.length === 0) return notApplicable("no page looked at is HTML");
    if (environment.stage !== "production" && isLoopback(address.hostname))
      return notApplicable(`${address.hostname} can be reached from this machine only`);
    const shared = open.filter(
      (page) => !/\b(noindex|none)\b/i.test(metaNamed(tagsIn(page), "robots").join(",")),
    );
    if (shared.length === 0) return notApplicable("the pages ask search engines to leave them out");
    const lacks = [...shared.flatMap(lacksOf), ...sameTitles(shared), ...siteLacks(shared, files)];
    const measured = { pages: shared.length, lacking: lacks.length };
    if (lacks.length === 0)
      return pass(
        `${quantity(shared.length, "page has", "pages have")} title, description and preview`,
        measured,
      );
    return fail(
      `${lacks.length === 1 ? "1 thing is" : `${lacks.length} things are`} missing for search and previews`,
      {
        expected:
          "title, description, og:title and og:image on each page; an icon and, for several pages, a sitemap",
        found: lacks.map(({ where, what }) => `${where}: ${what}`).join("; "),
        fix: `let ${component} send, in the <head> and without a script: ${[...new Set(lacks.map((each) => each.fix))].join(" ")}`,
        findings: lacks.map(({ where, what }) => `${where}: ${what}`),
        measured,
      },
    );
  },
});

function lacksOf(page: Page): Lack[] {
  const tags = tagsIn(page);
  const where = page.label;
  const lacks: Lack[] = [];
  const lack = (what: string, fix: string): unknown => lacks.push({ where, what, fix });
  if (titleOf(page) === "") lack("no title", "<title>What this page is</title>");
  if (isEmpty(metaNamed(tags, "description")))
    lack("no description", '<meta name="description" content="One sentence about this page">');
  if (isEmpty(properties(tags, "og:title")))
    lack("no og:title", '<meta property="og:title" content="What this page is">');
  const images = properties(tags, "og:image");
  const image = '<meta property="og:image" content="https://your-domain/preview.png">';
  if (isEmpty(images)) lack("no og:image", image);
  else if (!images.every((each) => /^https?:\/\//.test(each))) lack("og:image is no whole address", image);
  return lacks;
}

function sameTitles(pages: readonly Page[]): Lack[] {
  const groups = Map.groupBy(pages, titleOf);
  return [...groups].flatMap(([title, those]) =>
    title === "" || those.length === 1
      ? []
      : [
          {
            where: those.map(({ label }) => label).join(", "),
            what: "one title for all",
            fix: "<title>What this page is</title>",
          },
        ],
  );
}

function siteLacks(
  pages: readonly Page[],
  { hasIcon, hasSitemap }: { readonly hasIcon: boolean; readonly hasSitemap: boolean },
): Lack[] {
  const isLinked = pages.some((page) =>
    tagsIn(page).some(
      ({ name, attributes }) => name === "link" && /\bicon\b/i.test(attributes.get("rel") ?? ""),
    ),
  );
  const where = "the site";
  return [
    ...(hasIcon || isLinked
      ? []
      : [{ where, what: "no icon", fix: '<link rel="icon" href="/favicon.svg">' }]),
    ...(hasSitemap || pages.length === 1
      ? []
      : [{ where, what: "no /sitemap.xml", fix: "and a /sitemap.xml that lists the pages" }]),
  ];
}

function titleOf({ text }: Page): string {
  return /<title[^>]*>([^<]*)</i.exec(text)?.[1]?.trim() ?? "";
}

/** `content` of every `<meta property=NAME>`; some write it as a name. */
function properties(tags: readonly Tag[], name: string): string[] {
  const isAsked = ({ attributes }: Tag) =>
    [attributes.get("property"), attributes.get("name")].includes(name);
  return tags
    .filter((tag) => tag.name === "meta" && isAsked(tag))
    .flatMap(({ attributes }) => attributes.get("content") ?? []);
}

function isEmpty(values: readonly string[]): boolean {
  return values.every((each) => each.trim() === "");
}

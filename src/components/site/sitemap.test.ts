import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import { sitemapValid } from "../../facts/http/sitemap-checks.ts";
import type { Stage } from "../../model/phase.ts";
import { openDoors } from "../../system/doors.ts";
import { type SiteOptions, siteOptions } from "./options.ts";

const listing = (paths: readonly string[], more = "") =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths
    .map((path) => `<url><loc>https://shop.example${path}</loc>${more}</url>`)
    .join("")}</urlset>`;
const index = (paths: readonly string[]) =>
  `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths
    .map((path) => `<sitemap><loc>https://shop.example${path}</loc></sitemap>`)
    .join("")}</sitemapindex>`;

const FILES: Readonly<Record<string, string | Buffer>> = {
  "/": "<!doctype html><p>Shop",
  "/chairs?a=1&b=2": "<!doctype html><p>Chairs",
  "/hidden": '<!doctype html><meta name="robots" content="noindex">',
  "/good.xml": listing(["/", "/chairs?a=1&amp;b=2"], "<lastmod>2026-11-20T10:00:00+01:00</lastmod>"),
  "/packed.xml.gz": gzipSync(listing(["/"])),
  "/index.xml": index(["/good.xml", "/packed.xml.gz"]),
  "/stale.xml": listing(["/", "/gone?token=canary", "/moved", "/hidden"]),
  "/torn.xml": "<urlset><url><loc>https://shop.example/</loc></urlset>",
  "/none.xml": listing([]),
  "/dated.xml": listing(["/"], "<lastmod>yesterday</lastmod>"),
  "/relative.xml": "<urlset><url><loc>/chairs</loc></url></urlset>",
  "/feed.xml": "<rss><channel/></rss>",
};

const doors = openDoors();
let server: TestServer;
let robots = "";
let extra: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  server = await serve(({ url = "" }, response) => {
    const body = url === "/robots.txt" ? robots : (extra[url] ?? FILES[url]);
    if (url === "/moved") response.writeHead(301, { location: "/" }).end();
    else
      response
        .writeHead(body === undefined ? 404 : 200, {
          "content-type": /xml|gz/.test(url)
            ? "application/xml"
            : url.endsWith("txt")
              ? "text/plain"
              : "text/html",
        })
        .end(body ?? "<p>gone");
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

async function answer(
  sitemap: string | undefined,
  { stage = "production" as Stage, at = server.url, html = ["/"] } = {},
) {
  const options = siteOptions.parse({ pages: { html }, ...(sitemap && { sitemap }) });
  const subject = subjectFor<SiteOptions>({
    kind: "site",
    component: "shop",
    options,
    environment: { name: stage, stage, allows: ["read"] },
    address: { url: at },
  });
  const outcome = (await answersOf(doors, subject, [sitemapValid]))["seo.sitemap"];
  expect(JSON.stringify(outcome)).not.toContain("canary");
  return outcome;
}

describe("seo.sitemap", () => {
  it("passes where it is XML and each page answers: one file, packed, an index, as robots.txt says", async () => {
    expect(await answer("/index.xml")).toMatchObject({
      status: "pass",
      summary: "2 pages are named, all asked: each answers 200",
      measured: { sitemaps: 3 },
    });
    robots = "User-agent: *\nSitemap: https://shop.example/good.xml\n";
    expect(await answer(undefined)).toMatchObject({ status: "pass", measured: { sitemaps: 1, named: 2 } });
    robots = "";
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [`/page-${at}`, "<!doctype html>"]),
    );
    extra = { ...many, "/sitemap.xml": listing(Object.keys(many)) };
    expect(await answer(undefined)).toMatchObject({
      summary: "100 pages are named, 40 of 100 pages asked, evenly chosen: each answers 200",
    });
    extra = {};
  });

  it("tells pages that are gone, moved or hidden", async () => {
    expect(await answer("/stale.xml")).toMatchObject({
      status: "fail",
      findings: ["/gone answers 404", "/moved leads elsewhere (301)", "/hidden asks not to be indexed"],
    });
    expect(await answer("/stale.xml", { stage: "staging" })).toMatchObject({
      findings: ["/gone answers 404", "/moved leads elsewhere (301)"],
    });
  });

  it.each([
    ["/not-there.xml", "/not-there.xml answers 404"],
    ["/", "/ is a page, no XML"],
    ["/torn.xml", expect.stringContaining("/torn.xml is no XML: line 1")],
    ["/none.xml", "/none.xml names nothing"],
    ["/dated.xml", "/dated.xml dates https://shop.example/ with yesterday, which is no W3C date"],
    ["/relative.xml", "/relative.xml names /chairs, which is no whole address"],
    ["/feed.xml", "/feed.xml is XML, but neither a <urlset> nor a <sitemapindex>"],
  ])("tells what crawlers cannot read: %s", async (sitemap, finding) => {
    expect(await answer(sitemap)).toMatchObject({ status: "fail", findings: [finding] });
  });

  it("does not apply where there is none and none is declared, and cannot be told without an answer", async () => {
    expect(await answer(undefined)).toMatchObject({
      status: "not applicable",
      reason: expect.stringContaining('site({ sitemap: "/sitemap.xml" })'),
    });
    expect((await answer("/good.xml", { at: "http://127.0.0.1:9" }))?.status).toBe("unknown");
  });
});

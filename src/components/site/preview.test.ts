import { afterAll, beforeAll, expect, it } from "vitest";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import { metaComplete } from "../../facts/http/preview-checks.ts";
import type { Doors } from "../../model/doors.ts";
import type { Stage } from "../../model/phase.ts";
import { openDoors } from "../../system/doors.ts";
import { type SiteOptions, siteOptions } from "./options.ts";

const head = (title: string, image = "https://shop.example/chair.png") =>
  `<!doctype html><title>${title}</title><meta name="description" content="Chairs"><meta property="og:title" content="${title}"><meta property="og:image" content="${image}">`;
const FILES: Readonly<Record<string, string>> = {
  "/": `${head("Shop")}<link rel="icon" href="data:,">`,
  "/red": head("A red chair"),
  "/bare": '<!doctype html><title></title><meta name="description" content=" "><p>Hello',
  "/relative": head("Shop", "/chair.png"),
  "/private": '<!doctype html><meta name="robots" content="noindex"><p>Hello',
  "/sitemap.xml": "<?xml version='1.0'?><urlset></urlset>",
};

let doors: Doors & AsyncDisposable;
let server: TestServer;
let lost = new Set<string>();
beforeAll(async () => {
  doors = openDoors();
  server = await serve(({ url = "" }, response) => {
    const text = lost.has(url) ? undefined : FILES[url];
    // A single-page application's server: a page for whatever is not there.
    response
      .writeHead(200, { "content-type": url.endsWith(".xml") && text ? "application/xml" : "text/html" })
      .end(text ?? "<!doctype html><p>fallback");
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

async function answer(html: readonly string[], { stage = "production" as Stage, url = server.url } = {}) {
  const environment = { name: stage, stage, allows: ["read"] as const };
  const options = siteOptions.parse({ pages: { html } });
  const subject = subjectFor<SiteOptions>({
    kind: "site",
    component: "front",
    options,
    environment,
    address: { url },
  });
  return (await answersOf(doors, subject, [metaComplete]))["seo.meta"];
}

it("is so where each page has its title, description and picture", async () => {
  lost = new Set();
  expect(await answer(["/", "/red"])).toMatchObject({ status: "pass", measured: { pages: 2 } });
});

it("names page and line of what is missing, empty, relative, or one for all", async () => {
  lost = new Set(["/sitemap.xml"]);
  expect(await answer(["/bare", "/relative", "/red"])).toMatchObject({
    status: "fail",
    findings: [
      "/bare: no title",
      "/bare: no description",
      "/bare: no og:title",
      "/bare: no og:image",
      "/relative: og:image is no whole address",
      "the site: no icon",
      "the site: no /sitemap.xml",
    ],
    fix: expect.stringContaining("let front send, in the <head> and without a script: <title>"),
  });
  expect(await answer(["/", "/?again"])).toMatchObject({ status: "fail" });
});

it("does not apply where nobody finds it: data, pages that hide, an address of this machine", async () => {
  lost = new Set();
  expect(await answer(["/sitemap.xml"])).toMatchObject({ status: "not applicable" });
  expect(await answer(["/private"])).toMatchObject({ status: "not applicable" });
  expect(await answer(["/"], { stage: "staging" })).toMatchObject({
    status: "not applicable",
    reason: "127.0.0.1 can be reached from this machine only",
  });
});

it("cannot be told where nothing answers", async () => {
  expect(await answer(["/"], { url: "http://127.0.0.1:9" })).toMatchObject({ status: "unknown" });
});

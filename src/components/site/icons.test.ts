import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { noisyPng } from "../../../test/fixtures/noisy-png.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import { iconsLoad } from "../../facts/http/icon-checks.ts";
import { openDoors } from "../../system/doors.ts";
import { type SiteOptions, siteOptions } from "./options.ts";

const page = (head: string) =>
  `<!doctype html><html><head><title>Shop</title>${head}</head><body>Shop</body></html>`;
const manifest = (icons: readonly object[], display = "standalone") =>
  JSON.stringify({ name: "Shop", display, icons });
const PNG_192 = noisyPng(192, 192);
const SVG = '<?xml version="1.0"?><!-- drawn --><svg xmlns="http://www.w3.org/2000/svg"/>';

const FILES: Readonly<Record<string, readonly [type: string, body: string | Buffer]>> = {
  "/": [
    "text/html",
    page(
      '<link rel="shortcut icon" href="/icon.svg?v=canary"><link rel="manifest" href="/app/site.webmanifest">',
    ),
  ],
  "/inline": ["text/html", page(`<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(SVG)}">`)],
  "/bare": ["text/html", page("")],
  "/broken": [
    "text/html",
    page(
      '<link rel="icon" href="/gone.png"><link rel="apple-touch-icon" href="/a-page"><link rel="icon" href="/text.png">',
    ),
  ],
  "/suppressed": ["text/html", page('<link rel="icon" href="data:,">')],
  "/lying": [
    "text/html",
    page('<link rel="icon" href="/icon.svg"><link rel="manifest" href="/lying.webmanifest">'),
  ],
  "/empty": [
    "text/html",
    page('<link rel="icon" href="/icon.svg"><link rel="manifest" href="/not.webmanifest">'),
  ],
  "/a-page": ["text/html", "<!doctype html><p>everything is this page"],
  "/icon.svg": ["image/svg+xml", SVG],
  "/text.png": ["image/png", "404 but 200"],
  "/app/192.png": ["image/png", PNG_192],
  "/app/site.webmanifest": [
    "application/manifest+json",
    manifest([
      { src: "192.png", sizes: "192x192" },
      { src: "/icon.svg", sizes: "any" },
    ]),
  ],
  "/lying.webmanifest": [
    "application/json",
    manifest([
      { src: "/app/192.png", sizes: "512x512" },
      { src: "/app/192.png?2", sizes: "192x192" },
    ]),
  ],
  "/small.webmanifest": ["application/json", manifest([{ src: "/app/192.png", sizes: "192x192" }])],
  "/not.webmanifest": ["application/json", "{"],
  "/small": [
    "text/html",
    page('<link rel="icon" href="/icon.svg"><link rel="manifest" href="/small.webmanifest">'),
  ],
};

const doors = openDoors();
let server: TestServer;
let favicon: Buffer | undefined;
beforeAll(async () => {
  server = await serve(({ url = "" }, response) => {
    const [type, body] =
      url === "/favicon.ico" && favicon ? ["image/png", favicon] : (FILES[url.split("?")[0] ?? ""] ?? []);
    response.writeHead(body ? 200 : 404, { "content-type": type ?? "text/plain" }).end(body ?? "gone");
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

async function answer(html: readonly string[], { isAsked = true, at = server.url } = {}) {
  const options = siteOptions.parse({ pages: { html }, ...(isAsked && { browser: {} }) });
  const subject = subjectFor<SiteOptions>({ kind: "site", component: "shop", options, address: { url: at } });
  const outcome = (await answersOf(doors, subject, [iconsLoad]))["page.icons"];
  expect(JSON.stringify(outcome)).not.toContain("canary");
  return outcome;
}

describe("page.icons", () => {
  it("passes where each page names icons that are images, its manifest's too, or /favicon.ico is one", async () => {
    expect(await answer(["/", "/inline"])).toMatchObject({
      status: "pass",
      measured: { pages: 2, icons: 3, manifests: 1 },
    });
    favicon = PNG_192;
    expect(await answer(["/bare"])).toMatchObject({
      status: "pass",
      summary: "1 page has an icon at /favicon.ico",
    });
    favicon = undefined;
  });

  it.each([
    [["/", "/bare"], ["/bare has no icon"]],
    [["/suppressed"], ["data: is empty (named by /suppressed)"]],
    [
      ["/broken"],
      [
        "/gone.png answers 404 (named by /broken)",
        "/a-page is a page, no image (named by /broken)",
        "/text.png is no image that browsers read (named by /broken)",
      ],
    ],
    [["/lying"], ["/app/192.png is 192x192, declared as 512x512 (named by /lying.webmanifest)"]],
    [["/small"], ["/small.webmanifest names no icon of 512 dots"]],
    [["/empty"], ["/not.webmanifest is no web app manifest"]],
  ])("tells what is missing or no image: %j", async (html, findings) => {
    expect(await answer(html)).toMatchObject({ status: "fail", findings });
  });

  it("does not apply where no icon is named and none is asked for, and cannot be told without an answer", async () => {
    expect(await answer(["/bare"], { isAsked: false })).toMatchObject({
      status: "not applicable",
      reason: expect.stringContaining("site({ browser: {} })"),
    });
    expect((await answer(["/"], { at: "http://127.0.0.1:9" }))?.status).toBe("unknown");
  });
});

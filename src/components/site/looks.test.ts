import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { noisyPng } from "../../../test/fixtures/noisy-png.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import { consoleClean } from "../../facts/http/console-checks.ts";
import { imagesFit } from "../../facts/http/image-checks.ts";
import { responsive } from "../../facts/http/responsive-checks.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { type SiteOptions, siteOptions } from "./options.ts";

const VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">';
const page = (body: string, head = VIEWPORT) =>
  `<!doctype html><html lang="en"><head><title>Shop</title>${head}</head><body>${body}</body></html>`;
const script = (text: string) => page(`<script>${text}</script>`);
const CUT = "<style>body{overflow-x:hidden}</style>";

const PAGES: Readonly<Record<string, string>> = {
  "/": page('<h1>Shop</h1><img src="/small.png" width="20" height="20"><script>console.warn("w")</script>'),
  // Wide things in boxes of their own, and a menu that waits outside, are no trouble.
  "/boxed": page(
    `<script>alert("hello")</script><div style="overflow-x:auto"><table style="width:2000px"><tr><td>a</td></tr></table></div><nav style="position:absolute;left:100%">Menu</nav>`,
    VIEWPORT + CUT,
  ),
  "/throws": script('setTimeout(() => { throw new TypeError("no such basket") }, 100)'),
  "/rejects": script("Promise.reject(new Error('https://api.example/x?token=canary'))"),
  "/says": script('console.error("payment failed", "canary-of-a-secret")'),
  "/lacks": page('<img src="/gone.png?v=canary" loading="lazy">', VIEWPORT),
  "/me": script('fetch("/api/me")'),
  "/wide": page('<div id="table" style="width:900px">wide</div>'),
  "/stamp": page("<h1>Shop</h1>", ""),
  "/cut": page(
    '<p class="line" style="white-space:nowrap;width:1600px;font:60px serif">A line that is much longer than a telephone</p>',
    VIEWPORT + CUT,
  ),
  "/big": page('<img src="/big.png" width="60" height="60">'),
  "/raw": page('<img src="/big.png" width="400" height="400">'),
  "/early": page('<div style="height:4000px"></div><img src="/small.png" width="60" height="60">'),
  "/late": page(
    '<div style="height:4000px"></div><img src="/small.png?2" width="60" height="60" loading="lazy">',
  ),
};
const IMAGES: Readonly<Record<string, Buffer>> = {
  "/big.png": noisyPng(400, 400),
  "/small.png": noisyPng(60, 60),
};

let doors: Doors & AsyncDisposable;
let server: TestServer;
beforeAll(async () => {
  doors = openDoors();
  server = await serve(({ url = "" }, response) => {
    const [path = ""] = url.split("?");
    const image = IMAGES[path];
    if (image) response.setHeader("content-type", "image/png").end(image);
    else if (path === "/api/me") response.writeHead(401).end();
    else response.writeHead(PAGES[path] ? 200 : 404, { "content-type": "text/html" }).end(PAGES[path] ?? "");
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

async function answers(
  html: readonly string[],
  given: { browser?: object | undefined; at?: string; through?: Doors } = {},
) {
  const { browser = { widths: [375] }, at = server.url, through = doors } = given;
  const options = siteOptions.parse({
    pages: { html },
    ...("browser" in given && !given.browser ? {} : { browser }),
  });
  const subject = subjectFor<SiteOptions>({
    component: "shop",
    kind: "site",
    options,
    address: { url: at },
    declared: [
      {
        name: "KEY",
        declaredBy: "shop",
        is: { type: "string" },
        required: true,
        secret: true,
        description: "",
      },
    ],
    variables: { KEY: "canary-of-a-secret" },
  });
  const outcomes = await answersOf(through, subject, [consoleClean, responsive, imagesFit]);
  expect(JSON.stringify(outcomes)).not.toContain("canary");
  return outcomes;
}

describe("page.console.clean, page.responsive and perf.image.weight", () => {
  it("pass where pages load, fit and carry what they show", async () => {
    const outcomes = await answers(["/", "/boxed", "/late"], {
      browser: { widths: [375, 1440] },
    });
    expect(outcomes["page.console.clean"]).toMatchObject({
      status: "pass",
      summary: "3 pages on 2 screens without an error",
    });
    expect(outcomes["page.responsive"]).toMatchObject({
      status: "pass",
      summary: "3 pages fit screens of 375, 1440 px",
    });
    expect(outcomes["perf.image.weight"]).toMatchObject({ status: "pass", measured: { images: 2 } });
  });

  it("tell every error of scripts and parts, without queries and secrets", async () => {
    const outcomes = await answers(["/throws", "/rejects", "/says", "/lacks", "/me", "/not-there"], {
      browser: { widths: [375], tolerated: ["/api/me answers 401"] },
    });
    expect(outcomes["page.console.clean"]).toMatchObject({
      status: "fail",
      findings: [
        "/throws: Uncaught: TypeError: no such basket",
        "/rejects: Uncaught (in promise): Error: https://api.example/x",
        "/says: console.error: payment failed [KEY]",
        "/lacks: /gone.png answers 404",
        "/not-there answers 404",
      ],
      measured: { errors: 4, tolerated: 1 },
    });
  });

  it("tell what is wider than the screen, laid out for another, or cut off", async () => {
    const outcomes = await answers(["/wide", "/stamp", "/cut"]);
    expect(outcomes["page.responsive"]).toMatchObject({
      status: "fail",
      found: expect.stringMatching(
        /\/wide at 375 px: \d+ px wide because of #table, \/stamp at 375 px: laid out 980 px wide, \/cut at 375 px: the text of p\.line/,
      ),
      findings: ["/wide at 375 px", "/stamp at 375 px", "/cut at 375 px"],
    });
    expect(outcomes["page.console.clean"]?.status).toBe("pass");
    expect(outcomes["perf.image.weight"]?.status).toBe("not applicable");
  });

  it("tell images that are too large, hardly compressed, or come too early", async () => {
    const outcomes = await answers(["/big", "/raw", "/early"]);
    expect(outcomes["perf.image.weight"]).toMatchObject({
      status: "fail",
      findings: [
        "/big: /big.png is too large",
        "/big: /big.png is hardly compressed",
        "/raw: /big.png is hardly compressed",
        "/early: /small.png comes too early",
      ],
    });
  });

  it("do not apply where no browser is declared, and cannot be told without one or without an answer", async () => {
    for (const each of Object.values(await answers(["/"], { browser: undefined })))
      expect(each).toMatchObject({
        status: "not applicable",
        reason: expect.stringContaining("site({ browser: {} })"),
      });
    const through = { ...doors, shell: { ...doors.shell, find: async () => undefined } };
    for (const each of Object.values(await answers(["/"], { through })))
      expect(each).toMatchObject({
        status: "unknown",
        reason: expect.stringContaining("apt-get install chromium"),
      });
    for (const each of Object.values(await answers(["/"], { at: "http://127.0.0.1:9" })))
      expect(each.status).toBe("unknown");
  });
});

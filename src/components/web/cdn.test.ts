import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { cacheSign } from "../../facts/http/cache-signs.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { web } from "./web.ts";

const PAGE = '<!doctype html><script src="CDN/app.js"></script><img src="CDN/logo.png"><img src="/own.png">';

/** Keeps what Cache-Control lets it, and says so as Cloudflare does. */
function startCdn(fetched: (path: string) => Record<string, string>): Promise<TestServer> {
  const kept = new Set<string>();
  return serve(({ url = "" }, response) => {
    const isHit = kept.has(url);
    const headers = fetched(url);
    if (headers["cache-control"]?.includes("max-age")) kept.add(url);
    const status = url.startsWith("/gone") ? 404 : 200;
    response.writeHead(status, {
      ...headers,
      ...(headers["cf-ray"] && { "cf-cache-status": isHit ? "HIT" : "MISS" }),
    });
    response.end("x");
  });
}

describe("cdn.cache.hit", () => {
  let doors: Doors & AsyncDisposable;
  let cdn: TestServer;
  let app: TestServer;
  beforeAll(async () => {
    doors = openDoors();
    cdn = await startCdn((path) => ({
      ...(!path.startsWith("/bare") && { "cf-ray": "8c1d" }),
      "cache-control": path.startsWith("/private") ? "private" : "public, max-age=31536000, immutable",
    }));
    app = await serve((_, response) =>
      response.setHeader("content-type", "text/html").end(PAGE.replaceAll("CDN", cdn.url)),
    );
  });
  afterAll(() => Promise.all([cdn, app, doors].map((each) => each[Symbol.asyncDispose]())));

  const answer = (option: object | undefined, url = app.url) =>
    answerOf(web.definition, "cdn.cache.hit", {
      doors,
      options: { start: "node server.js", ...(option && { cdn: option }) },
      subject: { address: { url } },
    });

  it("passes when the second request of every asset the pages take from it is a hit", async () => {
    expect(await answer({ host: cdn.url, vendor: "cloudflare" })).toMatchObject({
      status: "pass",
      summary: "2 assets are answered by cloudflare (CF-Cache-Status: HIT)",
      measured: { assets: 2, hits: 2 },
    });
    expect(cdn.requests.filter((each) => each === "GET /logo.png")).toHaveLength(2);
  });

  it.each([
    ["gone", "/gone.js", undefined, "1 asset is not there", /: 404$/, /correct cdn\.paths/],
    ["past", "/bare.js", "cloudflare", /is not answered by cloudflare$/, /bare\.js/, /proxy switched on/],
    ["silent", "/bare.js", undefined, "no cache answers for 1 asset", /bare\.js/, /lead to the CDN/],
    [
      "missed",
      "/private.js",
      undefined,
      /fetches 1 asset/,
      /CF-Cache-Status: MISS at request 4/,
      /instead of private/,
    ],
  ])(
    "fails an asset that is %s",
    async (_, path, vendor, summary, found, fix) => {
      const said = await answer({ host: cdn.url, paths: [path], ...(vendor && { vendor }) });
      const matching = (text: string | RegExp) =>
        typeof text === "string" ? text : expect.stringMatching(text);
      expect(said).toMatchObject({
        status: "fail",
        summary: matching(summary),
        found: matching(found),
        fix: matching(fix),
        findings: [path],
      });
    },
    15_000,
  );

  it("does not apply without a declared CDN, or where none can stand before the address", async () => {
    expect(await answer(undefined)).toMatchObject({ status: "not applicable" });
    const local = app.url.replace("127.0.0.1", "app.localhost");
    expect(await answer({ vendor: "cloudflare" }, local)).toMatchObject({ status: "not applicable" });
  });

  it("is unknown when the CDN does not answer, or no page takes anything from it", async () => {
    expect(await answer({ host: "http://127.0.0.1:9", paths: ["/a.js"] })).toMatchObject({
      status: "unknown",
    });
    expect(await answer({ host: "http://127.0.0.1:9" })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("name assets in cdn.paths"),
    });
  });
});

describe("what caches say", () => {
  it.each<[[string, string][], boolean | undefined]>([
    [[["Cache-Status", "OriginCache; hit, CDN; fwd=miss; stored"]], false],
    [
      [
        ["Cache-Status", "OriginCache; fwd=miss"],
        ["Cache-Status", '"Netlify Edge"; hit'],
      ],
      true,
    ],
    [[["X-Cache", "MISS, HIT"]], true],
    [[["X-Cache", "HIT, MISS"]], false],
    [[["X-Cache", "Hit from cloudfront"]], true],
    [[["X-Cache", "RefreshHit from cloudfront"]], true],
    [[["X-Cache", "TCP_MEM_HIT from a23 (AkamaiGHost)"]], true],
    [
      [
        ["X-Cache", "HIT"],
        ["CF-Cache-Status", "DYNAMIC"],
      ],
      false,
    ],
    [[["Age", "0"]], false],
    [[["Age", "7"]], true],
    [[["Via", "1.1 google"]], undefined],
  ])("%j", (headers, isHit) => {
    expect(cacheSign(headers)?.isHit).toBe(isHit);
  });
});

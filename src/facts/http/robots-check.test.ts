import { afterAll, describe, expect, it } from "vitest";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { answersOf, checkWithId, webSubject } from "../../../test/fixtures/web-subject.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Stage } from "../../model/phase.ts";
import { openDoors } from "../../system/doors.ts";

const doors = openDoors();
afterAll(() => doors[Symbol.asyncDispose]());

interface Robots {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

interface Around {
  readonly stage?: Stage;
  readonly page?: string;
  readonly url?: string;
}

/** What is said of an application that answers /robots.txt like this. */
async function answer(robots: Robots, { stage = "production", page = "text/html", url }: Around = {}) {
  await using server = await serve((request, response) => {
    if (request.url !== "/robots.txt") {
      response.writeHead(200, { "content-type": page }).end("<!doctype html><title>Shop</title>");
      return;
    }
    const { status = 200, headers = { "content-type": "text/plain; charset=utf-8" }, body = "" } = robots;
    response.writeHead(status, headers).end(body);
  });
  const environment = { name: stage, stage, allows: ["read"] as const };
  const subject = webSubject({ given: { environment, address: { url: url ?? server.url } } });
  const { "seo.robots": outcome } = await answersOf(doors, subject, [checkWithId("seo.robots")]);
  return outcome as Outcome;
}

const RULES =
  "\uFEFF# everybody\r\nUser-agent: *\r\nDisallow: /admin\r\nSitemap: https://shop.example/sitemap.xml\r\n";

describe("seo.robots", () => {
  it("passes one that is there", async () => {
    expect(await answer({ body: RULES })).toEqual({
      status: "pass",
      summary: "/robots.txt answers 200, 2 rules",
      measured: { status: 200, rules: 2 },
    });
    expect((await answer({ body: "Sitemap: https://shop.example/sitemap.xml" })).status).toBe("pass");
  });

  it("cannot tell of one that is kept elsewhere, for crawlers follow", async () => {
    const headers = { location: "https://www.shop.example/robots.txt?canary" };
    const outcome = await answer({ status: 301, headers });
    expect(outcome).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("https://www.shop.example/robots.txt"),
    });
    expect(JSON.stringify(outcome)).not.toContain("canary");
  });

  it.each<[string, Robots, string]>([
    ["missing", { status: 404 }, "there is no robots.txt"],
    ["behind a login", { status: 401 }, "there is no robots.txt"],
    ["a server's fault", { status: 503 }, '/robots.txt answers 503, which crawlers take for "stay away"'],
    [
      "a redirect",
      { status: 302, headers: { location: "/login?next=canary" } },
      "/robots.txt leads elsewhere",
    ],
    [
      "the fallback of a front end",
      { headers: { "content-type": "text/html" }, body: "<!doctype html>" },
      "/robots.txt answers a page, as every path does",
    ],
    [
      "of another type",
      { headers: { "content-type": "application/octet-stream" }, body: RULES },
      "robots.txt is not served as text",
    ],
    ["without a type", { headers: {}, body: RULES }, "robots.txt is not served as text"],
    ["empty", {}, "robots.txt has no line that a crawler knows"],
    ["other text", { body: "not found" }, "robots.txt has no line that a crawler knows"],
    ["endless", { body: RULES + "#".repeat(600_000) }, "robots.txt is longer than crawlers read"],
  ])("fails one that is %s", async (_how, robots, summary) => {
    const outcome = await answer(robots);
    expect(outcome).toMatchObject({ status: "fail", summary });
    expect(JSON.stringify(outcome)).not.toContain("canary");
  });

  it("does not apply outside production, nor without a page", async () => {
    expect((await answer({ status: 404 }, { stage: "staging" })).status).toBe("not applicable");
    expect(await answer({ status: 404 }, { page: "application/json" })).toMatchObject({
      status: "not applicable",
      reason: "no page looked at is HTML",
    });
  });

  it("cannot tell behind a limiter, or of a server that does not answer", async () => {
    expect((await answer({ status: 429 })).status).toBe("unknown");
    expect((await answer({}, { url: "http://127.0.0.1:9" })).status).toBe("unknown");
  });
});

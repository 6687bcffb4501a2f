import type { RequestListener } from "node:http";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { openDoors } from "../../system/doors.ts";
import { createObserver } from "../observer.ts";
import { httpOptionsShape } from "./options.ts";
import { httpPages, type Pages } from "./pages.ts";
import { httpRedirects } from "./redirects.ts";

const doors = openDoors();
afterAll(() => doors[Symbol.asyncDispose]());

const schema = z.object(httpOptionsShape);
const html = { "content-type": "text/html; charset=utf-8" };

function subjectAt(url: string, options: z.input<typeof schema>) {
  return subjectFor({ options: schema.parse(options), address: { url } });
}

async function look(
  listener: RequestListener,
  options: z.input<typeof schema> = {},
): Promise<{ pages: Pages; requests: readonly string[] }> {
  await using server = await serve(listener);
  const seen = await createObserver(doors).observe(subjectAt(server.url, options), httpPages);
  if (!seen.seen) throw new Error(seen.reason);
  return { pages: seen.value, requests: [...server.requests] };
}

const told = ({ list }: Pages) => list.map(({ kind, label, status }) => `${kind}: ${label} ${status}`);

describe("one look at an app", () => {
  it("fetches each kind of answer once, and the assets the pages name", async () => {
    const { pages, requests } = await look(
      ({ url }, response) => {
        if (url === "/")
          response.writeHead(200, html).end('<script src="/a.js"></script><script src="/a.js"></script>');
        else if (url === "/a.js" || url === "/data") response.end("x");
        else response.writeHead(404).end();
      },
      { pages: { api: ["/data"], static: ["/favicon.ico"], notFound: "/nothing" } },
    );
    expect(told(pages)).toEqual([
      "page: / 200",
      "api: /data 200",
      "asset: /favicon.ico 404",
      "not found: the 404 page 404",
      "malformed: the answer to a malformed path 404",
      "asset: /a.js 200",
    ]);
    // The first one only asks whether anything answers.
    expect(requests.toSorted()).toEqual(
      [
        "GET /",
        "GET /",
        "GET /a.js",
        "GET /data",
        "GET /favicon.ico",
        "GET /nothing",
        "GET /%E0%A4%A",
      ].toSorted(),
    );
  });

  it("looks at a page where it leads, under the name that was declared", async () => {
    const { pages } = await look(({ url }, response) => {
      if (url === "/") response.writeHead(302, { location: "/home?token=canary" }).end();
      else if (url?.startsWith("/home")) response.writeHead(200, html).end("home");
      else response.writeHead(404).end();
    });
    expect(told(pages).slice(0, 2)).toEqual(["redirect: the redirect / 302", "page: / 200"]);
  });

  it("follows no redirect to another host, and no circle", async () => {
    const away = await look(({ url }, response) => {
      response.writeHead(url === "/" ? 302 : 404, { location: "http://other.localhost:1/" }).end();
    });
    expect(told(away.pages)[0]).toBe("page: / 302");
    const circle = await look((_, response) => {
      response.writeHead(302, { location: "/" }).end();
    });
    expect(circle.requests.length).toBeLessThan(12);
  });

  it("waits out a limiter that another probe has set off, once", async () => {
    let asked = 0;
    const { pages } = await look(({ url }, response) => {
      if (url !== "/") return void response.writeHead(404).end();
      asked += 1;
      if (asked === 2) response.writeHead(429, { "retry-after": "0" }).end();
      else response.writeHead(200, html).end("home");
    });
    expect(told(pages)[0]).toBe("page: / 200");
    expect(asked).toBe(3);
  });

  it("stays below its own route, on its own host", async () => {
    const hosts = new Set<string | undefined>();
    const { requests } = await look(
      (request, response) => {
        hosts.add(request.headers.host?.replace(/:\d+$/, ""));
        response.writeHead(200, html).end();
      },
      { routes: [{ prefix: "/app", host: "app.example" }] },
    );
    expect(requests.filter((each) => !each.startsWith("GET /app"))).toEqual([]);
    expect([...hosts]).toEqual(["app.example"]);
  });

  it("knows a bounded part of an endless body", async () => {
    const { pages } = await look(({ url }, response) => {
      if (url !== "/") return void response.writeHead(404).end();
      response.writeHead(200, html);
      const chunk = "x".repeat(65_536);
      const write = (): void => {
        while (!response.destroyed && response.write(chunk));
        response.once("drain", write);
      };
      write();
    });
    expect(pages.list[0]).toMatchObject({ truncated: true, sizeBytes: 512 * 1_024 });
  });
});

describe("redirects", () => {
  it("are followed to their end, with and without a slash", async () => {
    await using server = await serve(({ url }, response) => {
      const to: Readonly<Record<string, string>> = {
        "/a": "/a/",
        "/b": "/c",
        "/c": "/b",
        "/far": "http://other.localhost:1/",
        "/bad": "http://[",
      };
      const location = to[url ?? ""];
      response
        .writeHead(location === undefined ? 200 : 301, location === undefined ? {} : { location })
        .end();
    });
    const subject = subjectAt(server.url, { pages: { html: ["/a", "/b", "/far", "/bad"], redirect: "/c" } });
    const seen = await createObserver(doors).observe(subject, httpRedirects);
    const ends = seen.seen
      ? seen.value.pages.map(({ from, end, hops }) => `${new URL(from).pathname} ${end} ${hops.length}`)
      : [seen.reason];
    expect(ends).toEqual([
      "/c loop 2",
      "/a answer 2",
      "/a/ answer 1",
      "/b loop 2",
      "/b/ answer 1",
      "/far another host 1",
      "/far/ answer 1",
      "/bad nowhere 1",
      "/bad/ answer 1",
    ]);
  });
});

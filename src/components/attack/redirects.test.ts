import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { attack } from "./attack.ts";

const OPTIONS = {
  account: [{ name: "register", as: "ada", path: "/register", json: { name: "probe-{{random}}" } }],
  redirects: [{ name: "sign in", as: "ada", path: "/login", form: { name: "ada", after: "{{probe}}" } }],
};
const SIBLINGS = [
  { name: "api", kind: "web", options: { pages: { html: ["/", "/about"] }, login: { path: "/login" } } },
];

/** Decides where somebody is sent; undefined: nowhere. */
type Hole = (request: {
  path: string;
  query: URLSearchParams;
  signedIn: boolean;
  form: URLSearchParams | undefined;
}) => string | undefined;

describe("probe.open-redirect", () => {
  let doors: Doors & AsyncDisposable;
  let app: TestServer;
  let hole: Hole = () => undefined;
  beforeAll(async () => {
    doors = openDoors();
    app = await serve(async (request, response) => {
      let text = "";
      for await (const part of request) text += String(part);
      const url = new URL(request.url ?? "/", "http://app");
      if (url.pathname === "/register")
        return void response.writeHead(201, { "set-cookie": "session=s1" }).end("{}");
      const to = hole({
        path: url.pathname,
        query: url.searchParams,
        signedIn: request.headers.cookie?.includes("session=s1") ?? false,
        form: request.method === "POST" ? new URLSearchParams(text) : undefined,
      });
      if (to !== undefined) return void response.writeHead(302, { location: to }).end();
      const isThere = ["/", "/about", "/login", "/out"].includes(url.pathname);
      response.writeHead(isThere ? 200 : 404, { "content-type": "text/html" });
      response.end(
        '<a href="/out?partner=https://partner.example/">a partner</a><a href="/about?page=2">2</a>',
      );
    });
  });
  afterAll(() => Promise.all([app, doors].map((each) => each[Symbol.asyncDispose]())));

  const answer = (asked: Hole, options: object = OPTIONS, url = app.url, siblings = SIBLINGS) => {
    hole = asked;
    return answerOf(attack.definition, "probe.open-redirect", {
      doors,
      options,
      subject: { address: { url }, siblings },
    });
  };

  it("passes an application that leads to itself and to its fixed partners only", async () => {
    const careful: Hole = ({ path, query, form }) => {
      if (path === "/out") return "https://partner.example/";
      const asked = query.get("next") ?? form?.get("after");
      if (path !== "/login" || !asked) return undefined;
      return new URL(asked, app.url).origin === app.url ? asked : "/";
    };
    expect(await answer(careful)).toMatchObject({ status: "pass", measured: { places: 6, away: 0 } });
  });

  it.each<[string, Hole, RegExp]>([
    [
      "a sign-in that leads anywhere",
      ({ path, query }) => (path === "/login" ? (query.get("next") ?? undefined) : undefined),
      /^\/login with next="https:\/\/evil\.example\/" leads to evil\.example \(nobody\)/,
    ],
    [
      "one that looks at the first slash",
      ({ path, query }) =>
        path === "/login" && query.get("url")?.startsWith("/") ? (query.get("url") ?? "") : undefined,
      /url="\/\/evil\.example\/"/,
    ],
    [
      "one that knows of two slashes",
      ({ path, query }) => {
        const to = query.get("url") ?? "";
        return path === "/login" && /^\/(?!\/)/.test(to) ? to : undefined;
      },
      /url="\/\\\\evil\.example\/"/,
    ],
    [
      "one that compares the beginning with its own name",
      ({ query }) =>
        query.get("to")?.startsWith(app.url.replace("http:", "https:")) ? (query.get("to") ?? "") : undefined,
      /to="https:\/\/127\.0\.0\.1:\d+@evil\.example\/"/,
    ],
    [
      "only whoever is signed in",
      ({ path, query, signedIn }) =>
        path === "/login" && signedIn ? (query.get("back") ?? undefined) : undefined,
      /back=.*\(the account\)/,
    ],
    [
      "a signed-in page whose name has an out in it",
      ({ path, query, signedIn }) =>
        path === "/about" && signedIn ? (query.get("next") ?? undefined) : undefined,
      /^\/about with next=.*\(the account\)/,
    ],
    [
      "a second hop",
      ({ path, query }) =>
        path === "/about" && query.has("next")
          ? `/hop?to=${encodeURIComponent(query.get("next") ?? "")}`
          : path === "/hop"
            ? (query.get("to") ?? "")
            : undefined,
      /^\/about with next=/,
    ],
    [
      "a link's own parameter",
      ({ path, query }) => (path === "/out" ? (query.get("partner") ?? undefined) : undefined),
      /^\/out\?partner=.* with partner=/,
    ],
    ["the sign-in itself", ({ form }) => form?.get("after") ?? undefined, /^sign in with \{\{probe\}\}=/],
  ])("fails %s", async (_, asked, found) => {
    expect(await answer(asked)).toMatchObject({ status: "fail", found: expect.stringMatching(found) });
  });

  it("does not apply where there is neither a page nor a request to ask", async () => {
    expect(await answer(() => undefined, { account: OPTIONS.account }, app.url, [])).toMatchObject({
      status: "not applicable",
    });
  });

  it("is unknown where no account can be made, a limit stands before it, or nobody answers", async () => {
    const closed = { ...OPTIONS, account: [{ name: "register", path: "/nowhere", json: {} }] };
    expect(await answer(() => undefined, closed)).toMatchObject({ status: "unknown" });
    expect(await answer(() => undefined, OPTIONS, "http://127.0.0.1:9")).toMatchObject({ status: "unknown" });
  });
});

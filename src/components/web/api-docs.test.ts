import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { web } from "./web.ts";

/** What is found there; a text that begins with a slash is a redirect, a number a status. */
type Places = Readonly<Record<string, string | number>>;

const SWAGGER = '<!doctype html><div id="swagger-ui"></div><script src="./swagger-ui-bundle.js"></script>';
const SPA = "<!doctype html><title>Telescope shop</title><div id=root></div>";

describe("probe.api-docs", () => {
  let doors: Doors & AsyncDisposable;
  let app: TestServer;
  let places: Places;
  let otherwise: string | number = 404;
  beforeAll(async () => {
    doors = openDoors();
    app = await serve((request, response) => {
      const found = places[`${request.method} ${request.url}`] ?? places[request.url ?? ""] ?? otherwise;
      if (typeof found === "number") return void response.writeHead(found).end(`${found}`);
      if (found.startsWith("/")) return void response.writeHead(302, { location: found }).end();
      response.end(found);
    });
  });
  afterAll(() => Promise.all([app, doors].map((each) => each[Symbol.asyncDispose]())));

  async function answer(
    there: Places,
    { options = {}, allows = ["read", "active"] as const, rest = 404 as string | number } = {},
  ) {
    places = there;
    otherwise = rest;
    return await answerOf(web.definition, "probe.api-docs", {
      doors,
      options: { start: "node server.js", ...options },
      subject: { address: { url: app.url }, environment: { name: "staging", stage: "staging", allows } },
    });
  }

  it("passes where all of it is refused, behind a sign-in, or not there", async () => {
    const closed = {
      "/docs": "/login?next=/docs",
      "/login?next=/docs": SWAGGER,
      "/graphql": 401,
      "/actuator": 403,
    };
    expect(await answer({ "/": "home", ...closed })).toMatchObject({ status: "pass", measured: { open: 0 } });
    // One page for every path, as a single-page application gives.
    expect(await answer({}, { rest: SPA })).toMatchObject({ status: "pass" });
    expect(app.requests).toContain("POST /graphql");
  });

  it.each<[string, string, Places, string]>([
    [
      "Swagger UI, behind a redirect",
      "warn",
      { "/api-docs": "/api-docs/", "/api-docs/": SWAGGER },
      "/api-docs",
    ],
    ["OpenAPI in JSON", "warn", { "/openapi.json": '{"info":{},"openapi":"3.1.0"}' }, "/openapi.json"],
    ["OpenAPI in YAML", "warn", { "/swagger.yaml": "swagger: '2.0'\ninfo: {}" }, "/swagger.yaml"],
    ["ReDoc", "warn", { "/redoc": '<redoc spec-url="/openapi.json"></redoc>' }, "/redoc"],
    [
      "introspection by POST",
      "warn",
      { "POST /graphql": '{"data":{"__schema":{"queryType":{"name":"Query"}}}}' },
      "/graphql",
    ],
    ["GraphiQL", "fail", { "/graphql": "<html><title>GraphiQL</title></html>" }, "/graphql"],
    ["the actuator", "fail", { "/actuator": '{"_links":{"self":{},"env":{}}}' }, "/actuator"],
    ["a debugger", "fail", { "/console": "<script>EVALEX = true, SECRET = 'x'</script>" }, "/console"],
  ])("tells %s: %s", async (_, status, there, path) => {
    expect(await answer({ "/": "home", ...there })).toMatchObject({
      status,
      findings: expect.arrayContaining([path]),
      fix: expect.stringContaining(path),
    });
  });

  it("lets be what is declared open, and the actuator's health", async () => {
    const there = { "/": "home", "/docs": SWAGGER, "/actuator": '{"_links":{"self":{},"health":{}}}' };
    expect(await answer(there, { options: { apiDocs: { open: ["/docs"] } } })).toMatchObject({
      status: "pass",
      summary: expect.stringContaining("/docs open as declared"),
    });
    const elsewhere = { options: { apiDocs: { paths: ["/internal/manual"] } } };
    expect(await answer({ "/": "home", "/internal/manual": SWAGGER }, elsewhere)).toMatchObject({
      status: "warn",
    });
  });

  it("posts nothing where only reading is allowed, and says so", async () => {
    const before = app.requests.length;
    expect(await answer({ "/": "home" }, { allows: ["read"] as never })).toMatchObject({
      status: "pass",
      summary: expect.stringContaining("introspection asked with GET only, staging allows reading only"),
    });
    expect(app.requests.slice(before).filter((each) => each.startsWith("POST"))).toEqual([]);
  });

  it("is unknown behind a rate limit, and where nobody answers", async () => {
    expect(await answer({ "/": "home", "/docs": 429 })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("a rate limit answers /docs"),
    });
    const subject = { address: { url: "http://127.0.0.1:9" } };
    const options = { start: "node server.js" };
    expect(await answerOf(web.definition, "probe.api-docs", { doors, options, subject })).toMatchObject({
      status: "unknown",
    });
  });
});

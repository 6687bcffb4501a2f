import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { attackOptions } from "./options.ts";
import { roleMatrixHeld } from "./role-checks.ts";

/** Who reaches what in a small application; a test opens, closes or breaks one route. */
const HEALTHY: Record<string, readonly string[]> = {
  "GET /shop": ["nobody", "customer", "admin"],
  "GET /orders": ["customer", "admin"],
  "DELETE /orders/7": ["admin"],
};
let open: Record<string, readonly string[]> = HEALTHY;
let order: "there" | "gone" = "there";
let refusal: { status: number; headers?: Record<string, string> } = { status: 403 };
let doors: Doors & AsyncDisposable;
let server: TestServer;

beforeAll(async () => {
  doors = openDoors();
  server = await serve((request, response) => {
    const route = `${request.method} ${request.url}`;
    const [, cookie] = /role=(\w+)/.exec(request.headers.cookie ?? "") ?? [];
    const [, token] = /^Bearer canary-(\w+)$/.exec(request.headers.authorization ?? "") ?? [];
    if (route === "POST /sign-in") return response.writeHead(204, { "set-cookie": "role=customer" }).end();
    if (route === "POST /closed") return response.writeHead(401).end();
    if (!open[route]?.includes(cookie ?? token ?? "nobody"))
      return response.writeHead(refusal.status, refusal.headers).end();
    if (route === "DELETE /orders/7") {
      const isGone = order === "gone";
      order = "gone";
      return response.writeHead(isGone ? 404 : 204).end();
    }
    return response.writeHead(200).end("{}");
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

const ROLES = {
  who: {
    customer: { account: [{ name: "sign in", as: "carla", path: "/sign-in", json: {} }] },
    admin: { token: "echo canary-admin" },
  },
  routes: [
    { path: "/shop", may: ["nobody", "customer", "admin"] },
    { path: "/orders", may: ["customer", "admin"] },
    { method: "DELETE", path: "/orders/7", may: ["admin"] },
  ],
};

async function outcomeOf(
  given: { open?: typeof open; refusal?: typeof refusal; roles?: object | undefined; url?: string } = {},
) {
  open = { ...HEALTHY, ...given.open };
  refusal = given.refusal ?? { status: 403 };
  order = "there";
  const subject = subjectFor({
    kind: "attack",
    options: attackOptions.parse({
      account: [{ name: "none", path: "/" }],
      roles: "roles" in given ? given.roles : ROLES,
    }),
    address: { url: given.url ?? server.url },
  });
  const { outcome } = await ask(createObserver(doors), subject, roleMatrixHeld);
  expect(JSON.stringify(outcome)).not.toContain("canary");
  return outcome;
}

describe("auth.role.matrix", () => {
  it("passes where every role is answered as declared, those refused first", async () => {
    expect(await outcomeOf()).toMatchObject({
      status: "pass",
      summary: "3 routes asked as 2 roles and as nobody: 9 answers, all as declared",
      measured: { answers: 9, refused: 3 },
    });
    expect(await outcomeOf({ refusal: { status: 302, headers: { location: "/sign-in" } } })).toMatchObject({
      status: "pass",
    });
  });

  it.each([
    [
      "a route that is open to another role",
      { open: { "GET /orders": ["customer", "admin", "nobody"] } },
      "nobody reaches GET /orders",
    ],
    [
      "a route that looks before it asks",
      { refusal: { status: 422 } },
      "GET /orders looks at what nobody sends before it asks who sends it",
    ],
    [
      "a route that is closed to its own",
      { open: { "GET /orders": ["admin"] } },
      "customer does not reach GET /orders",
    ],
    ["a refusal that breaks", { refusal: { status: 500 } }, "GET /orders breaks when nobody asks"],
  ])("fails on %s", async (_, given, summary) => {
    expect(await outcomeOf(given)).toMatchObject({ status: "fail", summary });
  });

  it("does not take the redirect after a change that was made for a refusal", async () => {
    const done = { status: 303, headers: { location: "/done" } };
    const roles = {
      ...ROLES,
      routes: [...ROLES.routes, { method: "POST", path: "/users", may: ["admin"], status: [303] }],
    };
    expect(await outcomeOf({ roles, refusal: done })).toMatchObject({
      status: "fail",
      summary: "customer reaches POST /users",
    });
  });

  it("is left alone where no roles are declared", async () => {
    expect(await outcomeOf({ roles: undefined })).toMatchObject({ status: "not applicable" });
  });

  it("cannot be told where nobody can be signed in, a limit stands before it, or nobody answers", async () => {
    const closed = {
      ...ROLES,
      who: { ...ROLES.who, customer: { account: [{ name: "sign in", path: "/closed", json: {} }] } },
    };
    expect(await outcomeOf({ roles: closed })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("nobody could be signed in as customer: sign in answered 401"),
    });
    expect(await outcomeOf({ refusal: { status: 429 } })).toMatchObject({ status: "unknown" });
    expect(await outcomeOf({ url: "http://127.0.0.1:9" })).toMatchObject({ status: "unknown" });
  });

  it("wants a route for each role by which its sign-in shows, and knows every role", () => {
    const messages = (routes: object[]) =>
      attackOptions
        .safeParse({ account: [{ name: "none", path: "/" }], roles: { ...ROLES, routes } })
        .error?.issues.map(({ message }) => message);
    expect(messages([{ path: "/orders", may: ["customer", "guest"] }])).toEqual([
      '/orders: no role is called "guest"',
      'name a route that "admin" may reach and nobody may: it shows that the sign-in works',
    ]);
  });
});

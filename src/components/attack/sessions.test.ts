import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { attackOptions } from "./options.ts";
import { logout } from "./session-checks.ts";

const PASSWORD = "a canary in seventeen mines";
type Hole = "kept" | "kept by one instance" | "logout breaks" | "old breaks" | "public" | "limit";

let hole: Hole | undefined;
let doors: Doors & AsyncDisposable;
let server: TestServer;
/** Session id -> person. */
const sessions = new Map<string, string>();
const people = new Map<string, string>();
let asked = 0;

beforeAll(async () => {
  doors = openDoors();
  server = await serve(async (request, response) => {
    let text = "";
    for await (const part of request) text += String(part);
    const body = (text === "" ? {} : JSON.parse(text)) as { email?: string; password?: string };
    const [, id = ""] = /session=(\w+)/.exec(request.headers.cookie ?? "") ?? [];
    const reply = (status: number, headers: Record<string, string> = {}) =>
      response.writeHead(status, headers).end("{}");
    const begin = (email: string, status: number) => {
      const fresh = `canary${sessions.size}`;
      sessions.set(fresh, email);
      return reply(status, { "set-cookie": `session=${fresh}; HttpOnly; Max-Age=3600` });
    };
    switch (`${request.method} ${request.url}`) {
      case "POST /register":
        people.set(body.email ?? "", body.password ?? "");
        return begin(body.email ?? "", 201);
      case "POST /login":
        return people.get(body.email ?? "") === body.password ? begin(body.email ?? "", 200) : reply(401);
      case "POST /logout":
        if (hole === "logout breaks") return reply(500);
        if (hole !== "kept" && hole !== "kept by one instance") sessions.delete(id);
        asked = 0;
        return reply(204, { "set-cookie": "session=; Max-Age=0" });
      case "GET /me": {
        if (hole === "limit") return reply(429);
        const isKnown =
          sessions.has(id) && (hole !== "kept by one instance" || asked++ % 4 === 3 || people.size === 0);
        if (hole === "old breaks" && id !== "" && !sessions.has(id)) return reply(500);
        return reply(isKnown || hole === "public" ? 200 : 401);
      }
      default:
        return reply(404);
    }
  });
});
beforeEach(() => {
  hole = undefined;
  asked = 3;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

const SESSION = {
  opens: [{ name: "see myself", as: "ada", path: "/me" }],
  signOut: [{ name: "sign out", as: "ada", method: "POST", path: "/logout" }],
  signIn: {
    step: {
      name: "sign in",
      as: "ada",
      path: "/login",
      json: { email: "{{login}}", password: "{{password}}" },
    },
    login: "ada-{{random}}@probe.invalid",
    password: PASSWORD,
  },
};

async function outcomeOf(
  check: AnyCheck,
  given: { hole?: Hole; session?: object | undefined; url?: string } = {},
) {
  hole = given.hole;
  const subject = subjectFor({
    kind: "attack",
    options: attackOptions.parse({
      account: [
        {
          name: "register",
          as: "ada",
          path: "/register",
          json: { email: "ada-{{random}}@probe.invalid", password: PASSWORD },
        },
      ],
      session: "session" in given ? given.session : SESSION,
    }),
    address: { url: given.url ?? server.url },
  });
  const { outcome } = await ask(createObserver(doors), subject, check);
  expect(JSON.stringify(outcome)).not.toContain("canary");
  return outcome;
}

describe("auth.session.logout-invalidates", () => {
  it("passes where a copy of the session is refused after the sign-out", async () => {
    expect(await outcomeOf(logout)).toMatchObject({
      status: "pass",
      summary: "the old session is refused in 4 requests after the sign-out: see myself",
    });
  });

  it.each<[Hole, string]>([
    ["kept", '"see myself" is still answered with the old session'],
    ["kept by one instance", '"see myself" is still answered with the old session'],
    ["logout breaks", "the sign-out is not done: sign out answers otherwise"],
    ["old breaks", '"see myself" breaks when the old session comes back'],
  ])("fails where the session is %s", async (hole, summary) => {
    expect(await outcomeOf(logout, { hole })).toMatchObject({ status: "fail", summary });
  });

  it("is left alone where no session or no sign-out is declared", async () => {
    expect(await outcomeOf(logout, { session: undefined })).toMatchObject({ status: "not applicable" });
    expect(await outcomeOf(logout, { session: { opens: SESSION.opens } })).toMatchObject({
      status: "not applicable",
    });
  });

  it.each<[Hole, string]>([
    ["public", "see myself is open to nobody, too"],
    ["limit", "see myself answered 429"],
  ])("cannot be told where what it opens is under a hole: %s", async (hole, reason) => {
    expect(await outcomeOf(logout, { hole })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining(reason),
    });
  });

  it("cannot be told where nobody answers", async () => {
    expect(await outcomeOf(logout, { url: "http://127.0.0.1:9" })).toMatchObject({ status: "unknown" });
  });
});

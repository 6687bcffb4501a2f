import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { noDefaultAccount } from "./default-accounts.ts";
import { noEnumeration } from "./enumeration-check.ts";
import { attackOptions } from "./options.ts";
import { sessionRotates } from "./rotation-check.ts";
import { logout } from "./session-checks.ts";

const PASSWORD = "a canary in seventeen mines";
type Hole =
  | "kept"
  | "kept by one instance"
  | "logout breaks"
  | "old breaks"
  | "public"
  | "limit"
  | "default account"
  | "login limit"
  | "login broken"
  | "status tells"
  | "words tell"
  | "count tells"
  | "time tells"
  | "reset tells"
  | "id of the visitor"
  | "id of anybody"
  | "id of the account";

let hole: Hole | undefined;
let doors: Doors & AsyncDisposable;
let server: TestServer;
/** Session id -> person. */
const sessions = new Map<string, string>();
const people = new Map<string, string>();
let asked = 0;
let wrong = 0;

beforeAll(async () => {
  doors = openDoors();
  server = await serve(async (request, response) => {
    let text = "";
    for await (const part of request) text += String(part);
    const body = (text === "" ? {} : JSON.parse(text)) as { email?: string; password?: string };
    const [, id = ""] = /session=(\w+)/.exec(request.headers.cookie ?? "") ?? [];
    const reply = (status: number, headers: Record<string, string> = {}, text = "{}") =>
      response.writeHead(status, headers).end(text);
    const begin = (email: string, status: number) => {
      const isKept = hole === "id of anybody" || (hole === "id of the visitor" && id.startsWith("visitor"));
      const fresh =
        hole === "id of the account"
          ? `canaryOf${email.length}`
          : isKept && id !== ""
            ? id
            : `canary${sessions.size}`;
      sessions.set(fresh, email);
      return reply(status, { "set-cookie": `session=${fresh}; HttpOnly; Max-Age=3600` });
    };
    const isKnown = people.has(body.email ?? "");
    switch (`${request.method} ${request.url}`) {
      case "GET /":
        return reply(200, id === "" ? { "set-cookie": `session=visitor${asked++}` } : {});
      case "POST /register":
        people.set(body.email ?? "", body.password ?? "");
        return begin(body.email ?? "", 201);
      case "POST /login": {
        if (hole === "login broken") return reply(500);
        if (hole === "login limit" && !isKnown) return reply(429, { "retry-after": "900" });
        if (isKnown && people.get(body.email ?? "") === body.password) return begin(body.email ?? "", 200);
        if (hole === "default account" && body.email === "test@example.com" && body.password === "password")
          return begin("test@example.com", 200);
        if (hole === "status tells" && !isKnown) return reply(404);
        if (hole === "words tell" && !isKnown) return reply(401, {}, "nobody is called so");
        if (hole === "count tells" && isKnown) return reply(401, {}, `${3 - (wrong++ % 4)} left`);
        if (hole === "time tells" && isKnown) await doors.clock.delay(60);
        return reply(401, {}, `no ${body.email} ${doors.random.hex(10)}`);
      }
      case "POST /forgot":
        return reply(hole === "reset tells" && !isKnown ? 404 : 202);
      case "DELETE /me":
        people.delete(sessions.get(id) ?? "");
        return reply(sessions.has(id) ? 204 : 401);
      case "POST /logout":
        if (hole === "logout breaks") return reply(500);
        if (hole !== "kept" && hole !== "kept by one instance") sessions.delete(id);
        asked = 0;
        return reply(204, { "set-cookie": "session=; Max-Age=0" });
      case "GET /me": {
        if (hole === "limit") return reply(429);
        const isOpen = sessions.has(id) && (hole !== "kept by one instance" || asked++ % 4 === 3);
        if (hole === "old breaks" && id !== "" && !sessions.has(id)) return reply(500);
        return reply(isOpen || hole === "public" ? 200 : 401);
      }
      default:
        return reply(404);
    }
  });
});
beforeEach(() => {
  hole = undefined;
  asked = 3;
  wrong = 0;
  sessions.clear();
  people.clear();
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
  reset: { name: "ask for a new password", path: "/forgot", json: { email: "{{login}}" } },
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
      leave: [{ name: "leave", as: "ada", method: "DELETE", path: "/me" }],
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
    expect(people.size).toBe(0);
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

describe("auth.default-accounts", () => {
  it("passes where only people's own passwords sign in", async () => {
    const outcome = await outcomeOf(noDefaultAccount);
    expect(outcome).toMatchObject({ status: "pass", measured: { tried: 15, logins: 9 } });
  });

  it("fails on a login that everybody tries, and on one of the seeds", async () => {
    expect(await outcomeOf(noDefaultAccount, { hole: "default account" })).toMatchObject({
      status: "fail",
      findings: ["test@example.com"],
    });
    people.set("eve@shop.example", "letmein");
    const session = { ...SESSION, defaults: [{ login: "eve@shop.example", password: "letmein" }] };
    expect(await outcomeOf(noDefaultAccount, { session })).toMatchObject({
      status: "fail",
      findings: ["eve@shop.example"],
    });
  });

  it("is left alone where no sign-in is declared", async () => {
    expect(await outcomeOf(noDefaultAccount, { session: { opens: SESSION.opens } })).toMatchObject({
      status: "not applicable",
    });
  });

  it.each<[Hole, string]>([
    ["login broken", "the account cannot sign in by session.signIn (500)"],
    ["login limit", "a rate limit stands before the sign-in"],
  ])("cannot be told with a %s", async (hole, reason) => {
    expect(await outcomeOf(noDefaultAccount, { hole })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining(reason),
    });
  });
});

describe("auth.enumeration", () => {
  it("passes where both are answered alike", async () => {
    expect(await outcomeOf(noEnumeration)).toMatchObject({
      status: "pass",
      summary: expect.stringContaining('"sign in" and "ask for a new password": the same answer'),
    });
  });

  it("makes up a login of the same form where the account is always the same one", async () => {
    const session = { ...SESSION, signIn: { ...SESSION.signIn, login: "ada@probe.invalid" } };
    people.set("ada@probe.invalid", PASSWORD);
    expect(await outcomeOf(noEnumeration, { session, hole: "words tell" })).toMatchObject({ status: "fail" });
    expect(await outcomeOf(noEnumeration, { session })).toMatchObject({ status: "pass" });
  });

  it.each<[Hole, string]>([
    ["status tells", '"sign in" answers accounts that exist with another status'],
    ["words tell", '"sign in" answers accounts that exist with other words'],
    ["count tells", '"sign in" answers accounts that exist with other words'],
    ["time tells", '"sign in" takes another time for accounts that exist'],
    ["reset tells", '"ask for a new password" answers accounts that exist with another status'],
  ])("fails where the %s", async (hole, summary) => {
    expect(await outcomeOf(noEnumeration, { hole })).toMatchObject({ status: "fail", summary });
  });

  it("is left alone without a sign-in, and cannot be told behind a limit", async () => {
    expect(await outcomeOf(noEnumeration, { session: undefined })).toMatchObject({
      status: "not applicable",
    });
    expect(await outcomeOf(noEnumeration, { hole: "login limit" })).toMatchObject({ status: "unknown" });
  });
});

describe("auth.session.rotates-on-login", () => {
  it("passes where each sign-in begins a session of its own", async () => {
    expect(await outcomeOf(sessionRotates)).toMatchObject({ status: "pass" });
  });

  it.each<[Hole, string]>([
    ["id of the visitor", "the cookies of whoever opened the page before open what the sign-in opened"],
    ["id of the account", "two sign-ins were given the same session"],
  ])("fails where a session keeps the %s", async (hole, summary) => {
    expect(await outcomeOf(sessionRotates, { hole })).toMatchObject({ status: "fail", summary });
  });

  it("takes neither the cookies of a visitor nor made-up ones for a session", async () => {
    expect(await outcomeOf(sessionRotates, { hole: "id of anybody" })).toMatchObject({
      findings: ["the cookies of whoever opened the page before", "cookies that somebody made up"],
    });
  });

  it("is left alone without a sign-in, and cannot be told where nobody is signed in", async () => {
    expect(await outcomeOf(sessionRotates, { session: undefined })).toMatchObject({
      status: "not applicable",
    });
    expect(await outcomeOf(sessionRotates, { hole: "login broken" })).toMatchObject({ status: "unknown" });
  });
});

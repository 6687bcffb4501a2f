import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { oauth } from "./oauth.ts";
import { oauthOptions } from "./options.ts";

let doors: Doors & AsyncDisposable;
beforeAll(() => {
  doors = openDoors();
});
afterAll(() => doors[Symbol.asyncDispose]());

const IDS = [
  "oauth.authorize.url",
  "oauth.state-and-pkce",
  "oauth.redirect.registered",
  "oauth.redirect.exact-match",
  "oauth.client.accepted",
];
const PASS = Object.fromEntries(IDS.map((id) => [id, "pass"]));

interface Given {
  /** Changes what the application sends people away with; null takes a parameter away. */
  readonly query?: Record<string, string | null>;
  readonly authorize?: string;
  /** Whether its callback believes every state. */
  readonly believes?: boolean;
  /** What of redirect addresses the provider knows. */
  readonly registered?: (redirect: string, own: string) => boolean;
  readonly asksForSignIn?: boolean;
  /** With what it answers redirect addresses that it does not know. Default: a page that says so. */
  readonly refusesWith?: number;
  /** It asks for a sign-in where it knows the address. */
  readonly knowsSilently?: boolean;
  readonly tokenError?: string;
  readonly stage?: "staging" | "production";
  readonly gone?: "application" | "provider";
  readonly variables?: Record<string, string>;
}

/** An application with GitHub's sign-in, and a GitHub. */
async function outcomesOf(given: Given) {
  let own = "";
  const provider = await serve((request, response) => {
    const url = new URL(request.url ?? "", "http://provider");
    if (url.pathname === "/github/token") {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: given.tokenError ?? "invalid_grant" }));
      return;
    }
    const redirect = url.searchParams.get("redirect_uri") ?? "";
    const isKnown = (given.registered ?? ((asked, mine) => asked === mine))(redirect, own);
    if (given.asksForSignIn) response.writeHead(302, { location: "/login" }).end();
    else if (isKnown && given.knowsSilently) response.writeHead(302, { location: "/login" }).end();
    else if (isKnown) response.end("sign in");
    else if (given.refusesWith) response.writeHead(given.refusesWith).end();
    else response.end("redirect_uri_mismatch");
  });
  const states = new Set<string>();
  const app = await serve((request, response) => {
    const url = new URL(request.url ?? "", "http://app");
    if (url.pathname === "/in/github") {
      const state = randomBytes(16).toString("hex");
      const to = new URL(given.authorize ?? `${provider.url}/github/authorize`);
      const query: Record<string, string | null> = {
        response_type: "code",
        client_id: "ours",
        redirect_uri: own,
        scope: "read:user user:email",
        state,
        code_challenge: "c".repeat(43),
        code_challenge_method: "S256",
        ...given.query,
      };
      for (const [name, value] of Object.entries(query)) if (value !== null) to.searchParams.set(name, value);
      response.writeHead(302, { location: to.href, "set-cookie": `pending=${state}` }).end();
      return;
    }
    const state = url.searchParams.get("state") ?? "";
    const isOwn = request.headers.cookie === `pending=${state}` && !states.has(state);
    if (given.believes || isOwn)
      response.writeHead(302, { location: "/", "set-cookie": "session=canary-in" }).end();
    else response.writeHead(400).end();
  });
  own = `${app.url}/in/github/callback`;
  const servers = { application: app, provider };
  if (given.gone) await servers[given.gone][Symbol.asyncDispose]();
  const subject = subjectFor({
    kind: "oauth",
    options: oauthOptions.parse({
      providers: ["github"],
      start: "/in/:provider",
      callback: "/in/:provider/callback",
      session: "session",
    }),
    environment: { name: "x", stage: given.stage ?? "staging", allows: ["read", "active"] },
    variables: given.variables ?? {
      GITHUB_CLIENT_ID: "ours",
      GITHUB_CLIENT_SECRET: "canary-secret",
      GITHUB_OAUTH_URL: `${provider.url}/github`,
    },
    address: { url: app.url },
  });
  const observer = createObserver(doors);
  const all = await Promise.all(
    oauth.definition.checks.map((check) => ask(observer, subject, check as AnyCheck)),
  );
  for (const [name, server] of Object.entries(servers))
    if (name !== given.gone) await server[Symbol.asyncDispose]();
  const outcomes = Object.fromEntries(
    all.map(({ check, outcome }): [string, Outcome] => [check.id, outcome]),
  );
  expect(JSON.stringify(outcomes)).not.toContain("canary");
  return outcomes;
}

const URL_ = "oauth.authorize.url";
const STATE = "oauth.state-and-pkce";
const REGISTERED = "oauth.redirect.registered";
const EXACT = "oauth.redirect.exact-match";
const CLIENT = "oauth.client.accepted";

describe("a sign-in", () => {
  it.each<[string, Given, Record<string, string>, RegExp]>([
    ["as it should be", {}, {}, /4 forged returns were refused/],
    ["by another client", { query: { client_id: "theirs" } }, { [URL_]: "fail" }, /names another client/],
    [
      "that comes back elsewhere",
      { query: { redirect_uri: "https://elsewhere.example/" } },
      { [URL_]: "fail", [REGISTERED]: "fail", [EXACT]: "unknown" },
      /comes back elsewhere/,
    ],
    ["without a code", { query: { response_type: "token" } }, { [URL_]: "fail" }, /response_type=code/],
    ["that asks for everything", { query: { scope: "repo" } }, { [URL_]: "fail" }, /leave out repo/],
    ["without a state", { query: { state: null } }, { [STATE]: "fail" }, /carries no state/],
    [
      "with the same state each time",
      { query: { state: "x".repeat(32) } },
      { [STATE]: "fail" },
      /the same state each time/,
    ],
    [
      "with a short state",
      { query: { state: "abc" } },
      { [STATE]: "fail" },
      /the same state each time|short/,
    ],
    ["without a challenge", { query: { code_challenge: null } }, { [STATE]: "fail" }, /carries no challenge/],
    [
      "with a plain challenge",
      { query: { code_challenge_method: "plain" } },
      { [STATE]: "fail" },
      /weak challenge/,
    ],
    ["that believes every return", { believes: true }, { [STATE]: "fail" }, /signs somebody in/],
    ["whose provider takes any address", { registered: () => true }, { [EXACT]: "fail" }, /altered way back/],
    [
      "whose provider knows a developer's machine",
      { registered: (asked, own) => asked === own || asked.includes("localhost"), stage: "production" },
      { [REGISTERED]: "fail" },
      /also sends people to http:\/\/localhost/,
    ],
    [
      "whose provider tells nothing before a sign-in",
      { asksForSignIn: true },
      { [REGISTERED]: "unknown", [EXACT]: "unknown" },
      /asks for a sign-in/,
    ],
    [
      "whose provider refuses every address",
      { registered: () => false },
      { [REGISTERED]: "fail", [EXACT]: "unknown" },
      /GitHub refuses our own way back, too: that it refuses another proves nothing/,
    ],
    [
      "whose provider asks for a sign-in only where it knows the address",
      { knowsSilently: true },
      { [REGISTERED]: "unknown" },
      /altered addresses are refused/,
    ],
    ["whose provider refuses without a word", { refusesWith: 400 }, {}, /altered addresses are refused/],
    [
      "whose provider limits",
      { refusesWith: 429 },
      { [REGISTERED]: "unknown", [EXACT]: "unknown" },
      /GitHub answered 429: a rate limit stands before its sign-in/,
    ],
    [
      "whose provider is out of order",
      { refusesWith: 503 },
      { [REGISTERED]: "unknown", [EXACT]: "unknown" },
      /GitHub answered 503 instead of whether it knows an address/,
    ],
    [
      "whose secret is wrong",
      { tokenError: "incorrect_client_credentials" },
      { [CLIENT]: "fail" },
      /GITHUB_CLIENT_SECRET/,
    ],
  ])("%s", async (_, given, broken, told) => {
    const outcomes = await outcomesOf(given);
    const statuses = Object.fromEntries(Object.entries(outcomes).map(([id, { status }]) => [id, status]));
    expect(statuses).toEqual({ ...PASS, ...broken });
    expect(JSON.stringify(outcomes)).toMatch(told);
  });

  it("leads to another page than the provider's", async () => {
    const outcomes = await outcomesOf({ authorize: "http://127.0.0.1:9/authorize" });
    expect(outcomes[URL_]).toMatchObject({
      status: "fail",
      summary: expect.stringContaining("leads elsewhere"),
    });
  });

  it.each<[Given, string[]]>([
    [{ gone: "application" }, [CLIENT]],
    [{ gone: "provider" }, [URL_, STATE]],
    [{ variables: {} }, [REGISTERED, EXACT]],
  ])("cannot be told when nobody answers: %j", async (given, told) => {
    const outcomes = await outcomesOf(given);
    for (const [id, { status }] of Object.entries(outcomes))
      expect([id, status]).toEqual([id, told.includes(id) ? "pass" : "unknown"]);
  });
});

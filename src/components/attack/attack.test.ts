import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { attack } from "./attack.ts";
import { type Given, type Hole, serveNotes } from "./notes-application.fixture.ts";
import { attackOptions } from "./options.ts";

let doors: Doors & AsyncDisposable;
beforeAll(() => {
  doors = openDoors();
});
afterAll(() => doors[Symbol.asyncDispose]());

const SQL = "probe.sqli.boolean";
const SCRIPT = "probe.xss.reflected";
const CSRF = "auth.csrf.enforced";
const OBJECT = "auth.object.cross-tenant";
const BYPASS = "auth.bypass.refused";
const PASS = { [SQL]: "pass", [SCRIPT]: "pass", [CSRF]: "pass", [OBJECT]: "pass", [BYPASS]: "pass" };

const OPTIONS = {
  account: [{ name: "register", path: "/register", json: { name: "probe-{{random}}" } }],
  leave: [{ name: "leave", method: "DELETE", path: "/me" }],
  inputs: [{ name: "the search", path: "/search?q={{probe}}" }],
  changes: [
    { name: "rename myself", method: "PUT", path: "/me", json: { name: "x" } },
    { name: "delete my account", method: "DELETE", path: "/me" },
    { name: "write a note", path: "/notes", json: { text: "not mine" } },
  ],
  object: {
    made: { name: "make a note", path: "/notes", json: { text: "mine" }, keep: { note: "json:id" } },
    reached: [
      { name: "read the note", path: "/notes/{{note}}" },
      { name: "delete the note", method: "DELETE", path: "/notes/{{note}}" },
      { name: "share the note", path: "/notes/{{note}}/shares", json: { with: "probe-{{random}}" } },
    ],
    kept: { name: "read it again", path: "/notes/{{note}}", expect: { json: { text: "mine" } } },
  },
  bypass: ["/me"],
};

async function outcomesOf({
  options = OPTIONS,
  gone,
  ...given
}: Given & {
  options?: object;
  gone?: boolean;
}) {
  const server = await serveNotes(given);
  if (gone) await server[Symbol.asyncDispose]();
  const subject = subjectFor({
    kind: "attack",
    options: attackOptions.parse(options),
    address: { url: server.url },
  });
  const observer = createObserver(doors);
  const all = await Promise.all(
    attack.definition.checks
      .filter(({ id }) => id in PASS)
      .map((check) => ask(observer, subject, check as AnyCheck)),
  );
  if (!gone) await server[Symbol.asyncDispose]();
  const outcomes = Object.fromEntries(
    all.map(({ check, outcome }): [string, Outcome] => [check.id, outcome]),
  );
  expect(JSON.stringify(outcomes)).not.toContain("canary");
  return outcomes;
}

const statusesOf = (outcomes: Record<string, Outcome>) =>
  Object.fromEntries(Object.entries(outcomes).map(([id, { status }]) => [id, status]));

describe("an application", () => {
  it.each<[Hole | "without a hole", Record<string, string>, RegExp]>([
    ["without a hole", {}, /11 ways round the sign-in lead nowhere/],
    ["sql error", { [SQL]: "fail" }, /makes the database complain/],
    ["sql answer", { [SQL]: "fail" }, /changes what the query answers/],
    ["sql sleep", { [SQL]: "fail" }, /makes the database sleep/],
    ["html", { [SCRIPT]: "fail" }, /comes back as HTML/],
    ["csrf", { [CSRF]: "fail" }, /rename myself.. is done when it is asked for from another site/],
    ["object", { [OBJECT]: "fail" }, /read the note.. works by a stranger/],
    ["write", { [OBJECT]: "fail" }, /changed what is the owner's/],
    ["header", { [BYPASS]: "fail" }, /\/me answers as a user a proxy knows/],
    ["spelling", { [BYPASS]: "fail" }, /\/me answers as \/ME/],
    ["rewrite", { [BYPASS]: "fail" }, /behind an address that leads nowhere/],
  ])("%s", async (hole, broken, told) => {
    const outcomes = await outcomesOf(hole === "without a hole" ? {} : { hole });
    expect(statusesOf(outcomes)).toEqual({ ...PASS, ...broken });
    expect(JSON.stringify(outcomes)).toMatch(told);
  });

  const MISTYPED = { name: "the search", path: "/serch?q={{probe}}" };
  const WORDS = { json: { error: "no such note" } };
  it.each<[string, Parameters<typeof outcomesOf>[0], string[], string]>([
    [
      "an input that is not there",
      { options: { ...OPTIONS, inputs: [MISTYPED] } },
      [SQL, SCRIPT],
      "the search answered 404 to a plain word",
    ],
    [
      "an input whose 404 could be any",
      { options: { ...OPTIONS, inputs: [{ ...MISTYPED, expect: { status: 404 } }] } },
      [SQL, SCRIPT],
      "the search answered 404 to a plain word",
    ],
    [
      "an input whose 404 is another",
      { options: { ...OPTIONS, inputs: [{ ...MISTYPED, expect: { status: 404, ...WORDS } }] } },
      [SQL, SCRIPT],
      "the search answered 404 to a plain word",
    ],
    [
      "a limiter before the search",
      { instead: ({ url }) => decodeURIComponent(url ?? "").includes("or '1'") && 429 },
      [SQL, SCRIPT],
      "the search answered 429: a rate limit stands before it",
    ],
    [
      "a change that is not there",
      { options: { ...OPTIONS, changes: [{ name: "rename me", method: "PUT", path: "/mee" }] } },
      [CSRF],
      "rename me answered 404 to the owner",
    ],
    [
      "a limiter before a change",
      { instead: ({ headers }) => headers.origin === "null" && 429 },
      [CSRF],
      "rename myself, from a page without an origin, answered 429: a rate limit stands before it",
    ],
    [
      "a change that breaks",
      { instead: ({ headers }) => headers.origin === "https://evil.example" && 500 },
      [CSRF],
      "rename myself, from another site, answered 500",
    ],
    [
      "an object that is not there",
      {
        options: {
          ...OPTIONS,
          object: { ...OPTIONS.object, reached: [{ name: "read", path: "/note/{{note}}" }] },
        },
      },
      [OBJECT],
      "read answered 404 to the owner",
    ],
    [
      "a limiter before the object",
      {
        instead: ({ url, headers }) =>
          url?.startsWith("/notes/") === true && headers.cookie === undefined && 429,
      },
      [OBJECT],
      "read the note, by nobody, answered 429: a rate limit stands before it",
    ],
    [
      "an object that breaks",
      {
        instead: ({ url, headers }) =>
          url?.startsWith("/notes/") === true && headers.cookie === undefined && 503,
      },
      [OBJECT],
      "read the note, by nobody, answered 503",
    ],
    [
      "a page that is not there",
      { options: { ...OPTIONS, bypass: ["/my"] } },
      [BYPASS],
      "/my answered 404 to the account",
    ],
    [
      "a page that is everybody's",
      { options: { ...OPTIONS, bypass: ["/open"] } },
      [BYPASS],
      "/open is open to nobody, too",
    ],
    [
      "a limiter before the page",
      { instead: ({ headers }) => headers["x-forwarded-user"] !== undefined && 429 },
      [BYPASS],
      "/me, as a user a proxy knows, answered 429: a rate limit stands before it",
    ],
  ])("proves nothing by %s", async (_, given, ids, reason) => {
    const outcomes = await outcomesOf(given);
    expect(statusesOf(outcomes)).toEqual({
      ...PASS,
      ...Object.fromEntries(ids.map((id) => [id, "unknown"])),
    });
    for (const id of ids) expect(outcomes[id]).toMatchObject({ reason: expect.stringContaining(reason) });
  });

  it("may refuse a plain word in words of its own, and know its account by a token", async () => {
    const note = { name: "a note", path: "/notes/{{probe}}", expect: { status: 404, ...WORDS } };
    const me = { name: "see myself", path: "/me", headers: { authorization: "Bearer {{session}}" } };
    const byToken = {
      ...OPTIONS,
      account: [{ ...OPTIONS.account[0], as: "other", keep: { session: "json:session" } }],
      inputs: [],
      changes: [],
      object: undefined,
      session: { opens: [me] },
    };
    expect(statusesOf(await outcomesOf({ options: { ...OPTIONS, inputs: [note] } }))).toEqual(PASS);
    expect(statusesOf(await outcomesOf({ options: byToken }))).toMatchObject({ [BYPASS]: "pass" });
  });

  it("is left alone where nothing is declared", async () => {
    const outcomes = await outcomesOf({ options: { account: OPTIONS.account } });
    expect(new Set(Object.values(statusesOf(outcomes)))).toEqual(new Set(["not applicable"]));
  });

  it("cannot be told where no account can be made, or nobody answers", async () => {
    const closed = await outcomesOf({ isClosed: true });
    expect(statusesOf(closed)).toEqual(Object.fromEntries(Object.keys(PASS).map((id) => [id, "unknown"])));
    expect(JSON.stringify(closed)).toContain("no account could be made: register answered 401");
    expect(new Set(Object.values(statusesOf(await outcomesOf({ gone: true }))))).toEqual(
      new Set(["unknown"]),
    );
  });
});

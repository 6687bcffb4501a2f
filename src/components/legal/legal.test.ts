import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { startPostgres, type TestPostgres } from "../../../test/fixtures/postgres.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { legal } from "./legal.ts";
import { legalOptions } from "./options.ts";

let doors: Doors & AsyncDisposable;
let postgres: TestPostgres;
beforeAll(async () => {
  doors = openDoors();
  postgres = await startPostgres();
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await postgres[Symbol.asyncDispose]();
});

const PAGES = "legal.pages.reachable";
const PROCESSORS = "gdpr.processors.listed";
const CONSENT = "legal.consent.before-tracking";
const EXPORT = "gdpr.export.works";
const DELETE = "gdpr.delete.works";
const RETENTION = "gdpr.retention.enforced";
const PASS = {
  [PAGES]: "pass",
  [PROCESSORS]: "pass",
  [CONSENT]: "pass",
  [EXPORT]: "pass",
  [DELETE]: "pass",
  [RETENTION]: "pass",
};

const FRONT =
  '<a href="/privacy">Privacy</a> <a href="/terms">Terms</a><img src="/mark.svg"><link rel="canonical" href="https://acme.example/">';
const GTM = (how: string): string =>
  `<script${how}>(function(d){var j=d.createElement("script");j.src="https://www.googletagmanager.com/gtm.js?id=GTM-X";d.head.appendChild(j)})(document)</script>`;
const PRIVACY = `<p>Acme Ltd, changed 1 May 2026. Stripe takes payments, OpenAI reads what you ask. We keep it for 30 days and set one
cookie. You may export a copy or delete your account: privacy@acme.example. ${"More words. ".repeat(10)}</p>`;
const TERMS = `<p>Terms of Acme Ltd, 1 May 2026. ${"More words. ".repeat(20)}</p>`;

interface Given {
  front?: string;
  privacy?: string;
  terms?: string;
  cookie?: string;
  exported?: object;
  /** What goes on after a deletion. */
  left?: "session" | "rows" | "everything";
  options?: object;
  old?: number;
  gone?: boolean;
}

async function outcomesOf(given: Given) {
  let isIn = false;
  const server = await serve((request, response) => {
    const { url = "", method } = request;
    const page = (text: string | undefined, headers: Record<string, string> = {}) =>
      response
        .writeHead(text === undefined ? 404 : 200, { "content-type": "text/html", ...headers })
        .end(text);
    const reply = (status: number, value: object = {}) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (url === "/") return page(given.front ?? FRONT, given.cookie ? { "set-cookie": given.cookie } : {});
    if (url === "/privacy") return page("privacy" in given ? given.privacy : PRIVACY);
    if (url === "/terms") return page(given.terms ?? TERMS);
    if (url === "/register") {
      isIn = true;
      return reply(201, { id: "p1" });
    }
    if (!isIn) return reply(401);
    if (url === "/me/export") return reply(200, given.exported ?? { notes: [{ text: "mine" }] });
    if (method === "DELETE" && given.left === "everything") return reply(500);
    if (method === "DELETE" && given.left !== "session") isIn = false;
    return reply(method === "DELETE" ? 204 : 200);
  });
  if (given.gone) await server[Symbol.asyncDispose]();
  const subject = subjectFor({
    kind: "legal",
    options: legalOptions.parse({
      company: "Acme Ltd",
      contact: "privacy@acme.example",
      ownData: {
        account: [
          {
            name: "register",
            path: "/register",
            json: {},
            expect: { status: 201 },
            keep: { person: "json:id" },
          },
        ],
        export: { name: "export", path: "/me/export", expect: { json: { "notes.0.text": "mine" } } },
        remove: { name: "delete myself", method: "DELETE", path: "/me", expect: { status: 204 } },
        gone: [{ name: "the old session", path: "/me", expect: { status: 401 } }],
        residue: `select ${given.left === "rows" ? 2 : 0} where $1::text = 'p1'`,
      },
      retention: { "old sessions": `select * from generate_series(1, ${given.old ?? 0})` },
      ...given.options,
    }),
    siblings: [
      { name: "pay", kind: "stripe", options: {} },
      { name: "ai", kind: "service", options: { vendor: "openai" } },
    ],
    variables: {
      DATABASE_URL: given.gone ? "postgres://canary:canary@127.0.0.1:9/x" : postgres.url.reveal(),
    },
    address: { url: server.url },
  });
  const observer = createObserver(doors);
  const all = await Promise.all(
    legal.definition.checks.map((check) => ask(observer, subject, check as AnyCheck)),
  );
  if (!given.gone) await server[Symbol.asyncDispose]();
  const outcomes = Object.fromEntries(
    all.map(({ check, outcome }): [string, Outcome] => [check.id, outcome]),
  );
  expect(JSON.stringify(outcomes)).not.toContain("canary");
  return outcomes;
}

describe("an application", () => {
  it.each<[string, Given, Record<string, string>, RegExp]>([
    ["that does what the law asks", {}, {}, /\/privacy, \/terms say what they have to/],
    [
      "without a privacy page",
      { privacy: undefined as unknown as string },
      { [PAGES]: "fail", [PROCESSORS]: "fail" },
      /\/privacy answers 404/,
    ],
    [
      "whose privacy page is about nothing",
      { privacy: "<p>We value you. Stripe, OpenAI.</p>" },
      { [PAGES]: "fail" },
      /says nothing of how long data is kept/,
    ],
    [
      "whose terms are somebody else's",
      { terms: TERMS.replace("Acme", "Other") },
      { [PAGES]: "fail" },
      /\/terms does not name Acme Ltd/,
    ],
    ["whose pages nobody finds", { front: "<p>Hello</p>" }, { [PAGES]: "fail" }, /not linked from/],
    [
      "that does not say who reads along",
      { privacy: PRIVACY.replace("OpenAI", "A computer") },
      { [PROCESSORS]: "fail" },
      /does not name OpenAI/,
    ],
    [
      "that follows people around",
      { front: `${FRONT}<script src="https://tracker.example/t.js"></script>` },
      { [CONSENT]: "fail" },
      /loads from tracker\.example/,
    ],
    [
      "that names a tracker in a script of its own",
      { front: `${FRONT}${GTM("")}` },
      { [CONSENT]: "warn" },
      /names www\.googletagmanager\.com/,
    ],
    [
      "that names one in a module of its own",
      { front: `${FRONT}${GTM(' type="module"')}` },
      { [CONSENT]: "warn" },
      /names www\.googletagmanager\.com/,
    ],
    [
      "that keeps that script back until people agree",
      { front: `${FRONT}${GTM(' type="text/plain"')}` },
      {},
      /load nothing from elsewhere/,
    ],
    [
      "that names one in a script of an older type, with words of its own about it",
      { front: `${FRONT}${GTM(' data-type="tag" type="application/x-javascript" title="a > b"')}` },
      { [CONSENT]: "warn" },
      /names www\.googletagmanager\.com/,
    ],
    [
      "that has such a script in a comment only",
      { front: `${FRONT}<!-- ${GTM("")} --><script>// nothing` },
      {},
      /load nothing from elsewhere/,
    ],
    ["that sets a cookie at once", { cookie: "_ga=canary" }, { [CONSENT]: "fail" }, /\/ sets _ga/],
    ["whose export is half of it", { exported: { notes: [] } }, { [EXPORT]: "fail" }, /notes\.0\.text/],
    ["that deletes nobody", { left: "everything" }, { [DELETE]: "fail" }, /cannot be deleted/],
    [
      "that keeps the session of whoever left",
      { left: "session" },
      { [DELETE]: "fail" },
      /the old session still works/,
    ],
    ["that keeps rows of whoever left", { left: "rows" }, { [DELETE]: "fail" }, /2 rows of a deleted person/],
    ["that keeps what is old", { old: 3 }, { [RETENTION]: "fail" }, /old sessions: 3 are older/],
    [
      "that counts nothing",
      { options: { ownData: undefined, retention: {} } },
      { [EXPORT]: "not applicable", [DELETE]: "not applicable", [RETENTION]: "not applicable" },
      /no export or deletion is declared/,
    ],
  ])("%s", async (_, given, broken, told) => {
    const outcomes = await outcomesOf(given);
    const statuses = Object.fromEntries(Object.entries(outcomes).map(([id, { status }]) => [id, status]));
    expect(statuses).toEqual({ ...PASS, ...broken });
    expect(JSON.stringify(outcomes)).toMatch(told);
  });

  it("cannot be told when nobody answers", async () => {
    const outcomes = await outcomesOf({ gone: true });
    expect(new Set(Object.values(outcomes).map(({ status }) => status))).toEqual(new Set(["unknown"]));
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { attack } from "./attack.ts";
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
  changes: [{ name: "rename myself", method: "PUT", path: "/me", json: { name: "x" } }],
  object: {
    made: { name: "make a note", path: "/notes", json: { text: "mine" }, keep: { note: "json:id" } },
    reached: [
      { name: "read the note", path: "/notes/{{note}}" },
      { name: "delete the note", method: "DELETE", path: "/notes/{{note}}" },
    ],
    kept: { name: "read it again", path: "/notes/{{note}}", expect: { json: { text: "mine" } } },
  },
  bypass: ["/me"],
};

type Hole =
  | "sql error"
  | "sql answer"
  | "sql sleep"
  | "html"
  | "csrf"
  | "object"
  | "write"
  | "header"
  | "spelling"
  | "rewrite";

/** A small application with accounts and notes, whole but for one hole. */
async function outcomesOf({
  hole,
  options = OPTIONS,
  isClosed,
  gone,
}: {
  hole?: Hole;
  options?: object;
  isClosed?: boolean;
  gone?: boolean;
}) {
  const notes = new Map<string, { owner: string; text: string }>();
  const people = new Set<string>();
  const server = await serve(async (request, response) => {
    let text = "";
    for await (const part of request) text += String(part);
    const url = new URL(request.url ?? "/", "http://app");
    const path =
      hole === "rewrite" ? String(request.headers["x-original-url"] ?? url.pathname) : url.pathname;
    const { method = "" } = request;
    const reply = (status: number, value: unknown = {}, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(value));
    const person = [...people].find((each) => request.headers.cookie?.includes(`session=${each}`));
    const isSpelt = hole === "spelling" && path.toLowerCase() === "/me";
    const isTold = hole === "header" && request.headers["x-forwarded-user"] !== undefined;
    if (path === "/search") return search(url.searchParams.get("q") ?? "");
    if (path === "/register" && !isClosed) {
      const name = `canary-${people.size}`;
      people.add(name);
      return reply(201, {}, { "set-cookie": `session=${name}` });
    }
    if (!person && !(hole === "rewrite" && path === "/me") && !(isSpelt && path !== "/me") && !isTold)
      return reply(401);
    if (method !== "GET" && request.headers.origin !== server.url && hole !== "csrf") return reply(403);
    if (path.toLowerCase() === "/me") return reply(200, { person });
    if (path === "/notes") {
      const id = `n${notes.size}`;
      notes.set(id, { owner: person ?? "", ...(JSON.parse(text) as { text: string }) });
      return reply(201, { id });
    }
    const note = notes.get(path.slice("/notes/".length));
    if (note?.owner !== person && hole === "write" && note) note.text = "gone";
    if (!note || (note.owner !== person && hole !== "object")) return reply(404);
    return reply(200, note);

    async function search(query: string) {
      if (hole === "sql error" && query.includes("'"))
        return reply(500, { error: "syntax error at or near" });
      if (hole === "sql answer" && query.includes("or '1'='1"))
        return reply(200, ["everything", "there", "is"]);
      if (hole === "sql sleep" && query.includes("pg_sleep")) await doors.clock.delay(2_100);
      if (hole !== "html") return reply(200, [query]);
      return response.writeHead(200, { "content-type": "text/html" }).end(`<p>${query}</p>`);
    }
  });
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

  it("is left alone where nothing is declared", async () => {
    const outcomes = await outcomesOf({ options: { account: OPTIONS.account } });
    expect(new Set(Object.values(statusesOf(outcomes)))).toEqual(new Set(["not applicable"]));
  });

  it("cannot be told where no account can be made, or nobody answers", async () => {
    const closed = await outcomesOf({ isClosed: true });
    expect(statusesOf(closed)).toEqual({
      ...Object.fromEntries(Object.keys(PASS).map((id) => [id, "unknown"])),
      [BYPASS]: "pass",
    });
    expect(JSON.stringify(closed)).toContain("no account could be made: register answered 401");
    expect(new Set(Object.values(statusesOf(await outcomesOf({ gone: true }))))).toEqual(
      new Set(["unknown"]),
    );
  });
});

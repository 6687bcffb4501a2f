import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { sessionExpires } from "./expiry-check.ts";
import { attackOptions } from "./options.ts";

/** What the application does with its sessions. */
interface App {
  readonly lastsSeconds: number;
  readonly cookie: string;
  readonly breaks?: boolean;
}
const HEALTHY: App = { lastsSeconds: 1_800, cookie: "HttpOnly; Max-Age=1800" };

let app = HEALTHY;
let doors: Doors & AsyncDisposable;
let server: TestServer;
let directory: string;
/** Session -> seconds since it began, which the ageing command writes and the application reads. */
const ages = () =>
  JSON.parse(readFileSync(path.join(directory, "ages.json"), "utf8")) as Record<string, number>;

const AGE = `
const fs = require("node:fs");
const { session } = JSON.parse(process.env.GONOGO_COOKIES);
const ages = JSON.parse(fs.readFileSync("ages.json", "utf8"));
ages[session] += Number(process.env.GONOGO_SECONDS);
fs.writeFileSync("ages.json", JSON.stringify(ages));
`;
/** A token as it was handed out then: unsigned, since this application believes every token. */
const OLD_TOKEN = `
const { token } = JSON.parse(process.env.GONOGO_KEPT);
const [head, body] = token.split(".");
const claims = JSON.parse(Buffer.from(body, "base64url"));
const seconds = Number(process.env.GONOGO_SECONDS);
const old = { ...claims, iat: claims.iat - seconds, exp: claims.exp - seconds };
console.log(head + "." + Buffer.from(JSON.stringify(old)).toString("base64url") + ".");
`;

beforeAll(async () => {
  doors = openDoors();
  directory = mkdtempSync(path.join(tmpdir(), "gonogo-expiry-"));
  writeFileSync(path.join(directory, "ages.json"), "{}");
  writeFileSync(path.join(directory, "age.cjs"), AGE);
  writeFileSync(path.join(directory, "old-token.cjs"), OLD_TOKEN);
  server = await serve((request, response) => {
    const reply = (status: number, headers: Record<string, string> = {}, body: object = {}) =>
      response.writeHead(status, headers).end(JSON.stringify(body));
    const now = Math.floor(Date.now() / 1_000);
    if (request.method === "POST") {
      const known = ages();
      const id = `canary${Object.keys(known).length}`;
      writeFileSync(path.join(directory, "ages.json"), JSON.stringify({ ...known, [id]: 0 }));
      const claims = Buffer.from(JSON.stringify({ iat: now, exp: now + app.lastsSeconds })).toString(
        "base64url",
      );
      return reply(200, { "set-cookie": `session=${id}; ${app.cookie}` }, { token: `e30.${claims}.` });
    }
    const bearer = request.headers.authorization?.split(".")[1];
    const [, id] = /session=(\w+)/.exec(request.headers.cookie ?? "") ?? [];
    const age = bearer
      ? now - (JSON.parse(Buffer.from(bearer, "base64url").toString()) as { iat: number }).iat
      : ages()[id ?? ""];
    if (age === undefined) return reply(401);
    if (age < app.lastsSeconds) return reply(200);
    return reply(app.breaks ? 500 : 401);
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

const BY_COOKIE = {
  opens: [{ name: "see myself", path: "/me" }],
  ends: { after: "30m", aged: "node age.cjs" },
};
const BY_TOKEN = {
  opens: [{ name: "see myself", as: "api", path: "/me", headers: { authorization: "Bearer {{token}}" } }],
  ends: { after: "30m", aged: "node old-token.cjs", token: "token" },
};

async function outcomeOf(given: { app?: Partial<App>; session?: object | undefined; url?: string } = {}) {
  app = { ...HEALTHY, ...given.app };
  const subject = subjectFor({
    kind: "attack",
    directory,
    options: attackOptions.parse({
      account: [{ name: "sign in", path: "/sign-in", json: {}, keep: { token: "json:token" } }],
      session: "session" in given ? given.session : BY_COOKIE,
    }),
    address: { url: given.url ?? server.url },
  });
  const { outcome } = await ask(createObserver(doors), subject, sessionExpires);
  expect(JSON.stringify(outcome)).not.toMatch(/canary|e30/);
  return outcome;
}

describe("auth.session.expiry", () => {
  it("passes where a session is open a little before its end and refused a little after it", async () => {
    const summary = "a session is open after 29 min and refused after 32 min";
    expect(await outcomeOf()).toMatchObject({
      status: "pass",
      summary,
      measured: { sessionMs: 1_800_000, cookieMs: 1_800_000 },
    });
    expect(await outcomeOf({ session: BY_TOKEN })).toMatchObject({
      status: "pass",
      summary,
      measured: { tokenMs: 1_800_000 },
    });
    // A cookie that lasts till the browser is closed.
    expect(await outcomeOf({ app: { cookie: "HttpOnly" } })).toMatchObject({ status: "pass" });
  });

  it.each<[string, Partial<App>, string]>([
    ["only the browser forgets it", { lastsSeconds: 86_400 }, "a session is open 32 min later"],
    ["it is over too early", { lastsSeconds: 600 }, "a session is over before 30m"],
    ["the cookie is over too early", { cookie: "HttpOnly; Max-Age=60" }, "the cookie is over before 30m"],
    ["an old one breaks the request", { breaks: true }, "an old session breaks the request"],
  ])("fails where %s", async (_, given, summary) => {
    expect(await outcomeOf({ app: given })).toMatchObject({ status: "fail", summary });
  });

  it("is left alone where no lifetime is declared", async () => {
    expect(await outcomeOf({ session: { opens: BY_COOKIE.opens } })).toMatchObject({
      status: "not applicable",
    });
  });

  it("cannot be told where a session cannot be aged, or nobody answers", async () => {
    const withoutTool = { ...BY_COOKIE, ends: { after: "30m", aged: "node no-such-file.cjs" } };
    expect(await outcomeOf({ session: withoutTool })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("`node no-such-file.cjs` ended with 1"),
    });
    const fresh = { ...BY_TOKEN, ends: { ...BY_TOKEN.ends, aged: "true" } };
    expect(await outcomeOf({ session: fresh })).toMatchObject({ status: "unknown" });
    expect(await outcomeOf({ url: "http://127.0.0.1:9" })).toMatchObject({ status: "unknown" });
  });
});

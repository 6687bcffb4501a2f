import { createHmac } from "node:crypto";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { rtcOptions } from "./options.ts";
import { rtc } from "./rtc.ts";
import { lifetimeOf } from "./token-lifetime.ts";

let doors: Doors & AsyncDisposable;
beforeAll(() => {
  doors = openDoors();
});
afterAll(() => doors[Symbol.asyncDispose]());

const u16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer);
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const text = (value: string | Buffer) => Buffer.concat([u16(value.length), Buffer.from(value as string)]);

function agoraToken(seconds: number): string {
  const message = Buffer.concat([text("a".repeat(32)), u32(1_700_000_000), u32(seconds), u32(1), u16(0)]);
  const signature = createHmac("sha256", "certificate").update(message).digest();
  return `007${deflateSync(Buffer.concat([text(signature), message])).toString("base64")}`;
}
function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256" })}.${part(claims)}.x`;
}

describe("the lifetime of a token", () => {
  it.each([
    [agoraToken(1_200), 1_200],
    [jwt({ iat: 100, exp: 700 }), 600],
    [jwt({ nbf: 100, exp: 200 }), 100],
    [jwt({ exp: 200 }), undefined],
    ["007not-base64", undefined],
    ["opaque", undefined],
  ])("is read from the token itself: %#", (token, seconds) => {
    expect(lifetimeOf(token)).toBe(seconds);
  });
});

type Answers = Readonly<Record<string, readonly [status: number, token?: string]>>;
const HEALTHY: Answers = { allowed: [200, agoraToken(1_200)], noFunds: [402], notYours: [403], over: [410] };

async function outcomesOf(given: { answers?: Answers; cases?: string; gone?: boolean; options?: object }) {
  const { answers = HEALTHY } = given;
  const server = await serve((request, response) => {
    const name = /^\/s\/(\w+)\/token$/.exec(request.url ?? "")?.[1] ?? "";
    const [status, token] =
      request.headers.authorization === "Bearer canary-token" ? (answers[name] ?? [404]) : [401];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ token }));
  });
  if (given.gone) await server[Symbol.asyncDispose]();
  const printed = Object.fromEntries(
    Object.keys(answers).map((session) => [session, { session, token: "canary-token" }]),
  );
  const subject = subjectFor({
    kind: "rtc",
    options: rtcOptions.parse({
      endpoint: "/s/:id/token",
      lifetime: "1200s",
      cases: given.cases ?? 'echo chatter; echo "$CASES"',
      ...given.options,
    }),
    variables: { CASES: JSON.stringify(printed), WORD: "canary-word" },
    address: { url: server.url },
  });
  const observer = createObserver(doors);
  const all = await Promise.all(
    rtc.definition.checks.map((check) => ask(observer, subject, check as AnyCheck)),
  );
  if (!given.gone) await server[Symbol.asyncDispose]();
  return Object.fromEntries(all.map(({ check, outcome }): [string, Outcome] => [check.id, outcome]));
}

const PASS = {
  "rtc.token.lifetime": "pass",
  "rtc.token.no-funds": "pass",
  "rtc.token.not-yours": "pass",
  "rtc.token.session-over": "pass",
};

describe("a token endpoint", () => {
  it.each<[string, Answers, Record<string, string>, RegExp]>([
    ["as declared", {}, {}, /lives 1200 s/],
    [
      "whose tokens live a day",
      { allowed: [200, agoraToken(86_400)] },
      { "rtc.token.lifetime": "fail" },
      /longer than declared/,
    ],
    [
      "whose tokens live a minute",
      { allowed: [200, agoraToken(60)] },
      { "rtc.token.lifetime": "fail" },
      /shorter/,
    ],
    [
      "whose tokens say nothing",
      { allowed: [200, "opaque"] },
      { "rtc.token.lifetime": "unknown" },
      /neither/,
    ],
    [
      "that pays for the poor",
      { noFunds: [200, agoraToken(1_200)] },
      { "rtc.token.no-funds": "fail" },
      /empty gets a token/,
    ],
    [
      "that lets strangers in",
      { notYours: [200, agoraToken(1_200)] },
      { "rtc.token.not-yours": "fail" },
      /no part in the session gets a token/,
    ],
    [
      "that never ends",
      { over: [200, agoraToken(1_200)] },
      { "rtc.token.session-over": "fail" },
      /410 and no token/,
    ],
    [
      "with its own idea of statuses",
      { over: [409] },
      { "rtc.token.session-over": "fail" },
      /another status/,
    ],
    [
      "that refuses everybody",
      { allowed: [403] },
      {
        "rtc.token.lifetime": "fail",
        "rtc.token.no-funds": "unknown",
        "rtc.token.not-yours": "unknown",
        "rtc.token.session-over": "unknown",
      },
      /gets no token/,
    ],
  ])("%s", async (_, change, broken, told) => {
    const outcomes = await outcomesOf({ answers: { ...HEALTHY, ...change } });
    const statuses = Object.fromEntries(Object.entries(outcomes).map(([id, { status }]) => [id, status]));
    expect(statuses).toEqual({ ...PASS, ...broken });
    expect(JSON.stringify(outcomes)).toMatch(told);
    expect(JSON.stringify(outcomes)).not.toContain("canary");
  });

  it("may be declared to answer otherwise", async () => {
    const outcomes = await outcomesOf({
      answers: { ...HEALTHY, over: [404] },
      options: { statuses: { over: 404 } },
    });
    expect(outcomes["rtc.token.session-over"]?.status).toBe("pass");
  });
});

describe("what cannot be told", () => {
  it.each<[string, Parameters<typeof outcomesOf>[0], RegExp]>([
    ["nobody answers", { gone: true }, /127\.0\.0\.1/],
    ["the command fails", { cases: "echo $WORD; exit 4" }, /ended with 4/],
    ["the command prints no JSON", { cases: "echo $WORD" }, /no JSON/],
    [
      "the command prints another shape",
      { cases: `echo "{\\"allowed\\":{\\"session\\":\\"$WORD\\"}}"` },
      /allowed\.token/,
    ],
  ])("%s", async (_, given, told) => {
    const outcomes = Object.values(await outcomesOf(given));
    expect(outcomes.map(({ status }) => status)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
    expect(JSON.stringify(outcomes)).toMatch(told);
    expect(JSON.stringify(outcomes)).not.toContain("canary");
  });

  it("names the case that was not given", async () => {
    const { allowed, noFunds, notYours } = HEALTHY as Required<Answers>;
    const outcomes = await outcomesOf({ answers: { allowed, noFunds, notYours } as Answers });
    expect(outcomes["rtc.token.session-over"]).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining('"over"'),
    });
    expect(outcomes["rtc.token.not-yours"]?.status).toBe("pass");
  });
});

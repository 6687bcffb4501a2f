import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { serviceOptions } from "./options.ts";
import { service } from "./service.ts";
import { signedToken } from "./token.ts";
import { VENDOR_NAMES, VENDORS } from "./vendors.ts";

let doors: Doors & AsyncDisposable;
beforeAll(() => {
  doors = openDoors();
});
afterAll(() => doors[Symbol.asyncDispose]());

const WORD = "0123456789abcdef".repeat(6);
const ANSWERS = {
  openai: { object: "list", data: [] },
  sendgrid: { scopes: ["mail.send"] },
  livekit: {},
  mux: { data: [] },
  getstream: { app: { name: "x" } },
} as const;
type Name = (typeof VENDOR_NAMES)[number];

interface Given {
  vendor?: Name;
  status?: number;
  body?: object;
  headers?: Record<string, string>;
  options?: object;
  gone?: boolean;
  variables?: Record<string, string>;
}

async function outcomesOf({
  vendor = "openai",
  status = 200,
  body = ANSWERS[vendor],
  headers = {},
  ...given
}: Given) {
  const asked: string[] = [];
  const server = await serve((request, response) => {
    asked.push(
      `${request.method} ${request.url} ${request.headers.authorization?.split(" ")[0]?.slice(0, 6)}`,
    );
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  });
  if (given.gone) await server[Symbol.asyncDispose]();
  const port = Number(new URL(server.url).port);
  const subject = subjectFor({
    kind: "service",
    options: serviceOptions.parse({ vendor, ...given.options }),
    variables: given.variables ?? { ...VENDORS[vendor].standIn(WORD, port) },
  });
  const observer = createObserver(doors);
  const all = await Promise.all(
    service.definition.checks.map((check) => ask(observer, subject, check as AnyCheck)),
  );
  if (!given.gone) await server[Symbol.asyncDispose]();
  const outcomes = Object.fromEntries(
    all.map(({ check, outcome }): [string, Outcome] => [check.id, outcome]),
  );
  expect(JSON.stringify(outcomes)).not.toContain(WORD.slice(20, 40));
  return { outcomes, asked };
}
const statusesOf = (outcomes: Record<string, Outcome>) => Object.values(outcomes).map(({ status }) => status);
const LIMITS = { "x-ratelimit-limit-requests": "500", "x-ratelimit-remaining-requests": "499" };

describe.each(VENDOR_NAMES)("%s", (vendor) => {
  it("is asked who we are, with values of the shape it publishes", async () => {
    const { outcomes, asked } = await outcomesOf({ vendor });
    expect(outcomes["thirdparty.reachable"]).toMatchObject({ status: "pass" });
    expect(asked).toEqual([
      {
        openai: "GET /v1/models Bearer",
        sendgrid: "GET /v3/scopes Bearer",
        livekit: "POST /twirp/livekit.RoomService/ListRooms Bearer",
        mux: "GET /video/v1/live-streams?limit=1 Basic",
        getstream: `GET /app?api_key=${WORD.slice(0, 12)} eyJhbG`,
      }[vendor],
    ]);
    const values: Record<string, string> = VENDORS[vendor].standIn(WORD, 1);
    for (const { name, shape } of VENDORS[vendor].keys) expect(values[name]).toMatch(new RegExp(shape));
  });

  it("does not know another key", async () => {
    const { outcomes } = await outcomesOf({ vendor, status: 401 });
    expect(outcomes["thirdparty.reachable"]).toMatchObject({
      status: "fail",
      summary: expect.stringContaining("does not know this key"),
      fix: expect.stringContaining(VENDORS[vendor].keys[0]?.name ?? "?"),
    });
  });
});

describe("the checks", () => {
  it.each<[string, Given, [string, string, string], RegExp]>([
    ["healthy", { headers: LIMITS }, ["pass", "pass", "not applicable"], /499 of 500/],
    ["failing", { status: 503 }, ["fail", "not applicable", "not applicable"], /status page/],
    ["something else", { body: { hello: 1 } }, ["fail", "not applicable", "not applicable"], /is not OpenAI/],
    ["used up", { status: 429 }, ["unknown", "fail", "not applicable"], /used up/],
    [
      "nearly used up",
      { headers: { ...LIMITS, "x-ratelimit-remaining-requests": "50" } },
      ["pass", "warn", "not applicable"],
      /only 10 %/,
    ],
    [
      "a key that may do just what is declared",
      { vendor: "sendgrid", options: { scopes: ["mail.send"] } },
      ["pass", "not applicable", "pass"],
      /nothing else/,
    ],
    [
      "a key that may do more",
      {
        vendor: "sendgrid",
        body: { scopes: ["mail.send", "api_keys.create"] },
        options: { scopes: ["mail.send"] },
      },
      ["pass", "not applicable", "warn"],
      /also api_keys\.create/,
    ],
    [
      "a key that may not do what it is for",
      { vendor: "sendgrid", body: { scopes: ["stats.read"] }, options: { scopes: ["mail.send"] } },
      ["pass", "not applicable", "fail"],
      /not mail\.send/,
    ],
    ["nobody there", { gone: true }, ["unknown", "unknown", "unknown"], /127\.0\.0\.1/],
    [
      "a key that is not set",
      { variables: {} },
      ["unknown", "unknown", "unknown"],
      /OPENAI_API_KEY is not set/,
    ],
  ])("%s", async (_, given, statuses, told) => {
    const { outcomes } = await outcomesOf(given);
    // thirdparty.reachable, thirdparty.quota, thirdparty.key-scope
    expect(statusesOf(outcomes)).toEqual(statuses);
    expect(JSON.stringify(outcomes)).toMatch(told);
  });

  it("signs tokens as everybody does", () => {
    const claims = { sub: "1234567890", name: "John Doe", iat: 1516239022 };
    expect(signedToken(claims, "your-256-bit-secret")).toBe(
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
    );
  });
});

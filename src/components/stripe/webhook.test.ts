import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import pg from "pg";
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
import { fastAcknowledgement, orderTolerant, replayIdempotent } from "./delivery-checks.ts";
import { stripeOptions } from "./options.ts";
import { signatureRawBody, signatureRequired, timestampTolerance } from "./signature-checks.ts";

const SECRET = "whsec_canary_4f1d0b";
const HTTP_CHECKS = [
  signatureRequired,
  signatureRawBody,
  timestampTolerance,
  replayIdempotent,
  fastAcknowledgement,
  orderTolerant,
];

/** How a webhook may go wrong, one flag each. */
interface Flaws {
  verify?: "no" | "empty secret too" | "re-serialised" | "any age";
  dedupe?: "no";
  known?: "only declared types";
  repeat?: "refused";
  effect?: "none";
  order?: "last wins";
  forgedStatus?: number;
  delayMs?: number;
}

let postgres: TestPostgres;
let pool: pg.Pool;
let doors: Doors & AsyncDisposable;

beforeAll(async () => {
  postgres = await startPostgres();
  doors = openDoors();
  await postgres.run(
    "create table processed (id text primary key); create table credit (ref text); create table plan (ref text primary key, name text)",
  );
  pool = new pg.Pool({ connectionString: postgres.url.reveal() });
  // `pool.end` resolves before its connections are closed; the server's last word to them is nobody's error.
  const ignore = () => undefined;
  pool.on("error", ignore).on("connect", (client) => client.on("error", ignore));
});
afterAll(async () => {
  await pool.end();
  await doors[Symbol.asyncDispose]();
  await postgres[Symbol.asyncDispose]();
});

function webhook(flaws: Flaws) {
  return serve((request, response) => {
    handle(request, response, flaws).catch(() => response.writeHead(500).end());
  });
}

async function handle(request: IncomingMessage, response: ServerResponse, flaws: Flaws): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts).toString();
  const answer = (status: number) =>
    void setTimeout(() => response.writeHead(status).end(), flaws.delayMs ?? 0);
  if (request.url !== "/hook") return answer(404);
  // As the edge does: what does not call itself Gonogo's counts as a user's request.
  if (!/^gonogo\b/.test(request.headers["user-agent"] ?? "")) return answer(418);
  if (!isTrusted(body, String(request.headers["stripe-signature"] ?? ""), flaws))
    return answer(flaws.forgedStatus ?? 400);
  const event = JSON.parse(body) as {
    id: string;
    type: string;
    data: { object: { ref?: string; plan?: string } };
  };
  if (flaws.known && event.type === "gonogo.probe") return answer(500);
  const { rowCount } = await pool.query("insert into processed values ($1) on conflict do nothing", [
    event.id,
  ]);
  if (rowCount === 0 && flaws.repeat) return answer(409);
  if (rowCount === 0 && !flaws.dedupe) return answer(200);
  const { ref, plan } = event.data.object;
  if (event.type === "checkout.session.completed" && !flaws.effect) {
    await pool.query("insert into credit values ($1)", [ref]);
  }
  if (event.type.startsWith("customer.subscription.")) {
    const conflict = flaws.order
      ? "do update set name = excluded.name"
      : "do update set name = greatest(plan.name, excluded.name)";
    await pool.query(`insert into plan values ($1, $2) on conflict (ref) ${conflict}`, [ref, plan]);
  }
  return answer(200);
}

function isTrusted(body: string, header: string, { verify }: Flaws): boolean {
  if (verify === "no") return true;
  const [, t = "", v1 = ""] = /^t=(\d+),v1=(\w+)$/.exec(header) ?? [];
  const old = Math.abs(Date.now() / 1_000 - Number(t)) > 300;
  if (old && verify !== "any age") return false;
  const signed = verify === "re-serialised" ? JSON.stringify(JSON.parse(body)) : body;
  const secrets = verify === "empty secret too" ? [SECRET, ""] : [SECRET];
  return secrets.some((secret) => {
    const expected = createHmac("sha256", secret).update(`${t}.${signed}`).digest();
    const given = Buffer.from(v1, "hex");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

const subscription = (type: string, plan: string) => ({
  type: `customer.subscription.${type}`,
  data: { object: { object: "subscription", ref: "{{ref}}", plan } },
});
const DECLARED = {
  webhook: "/hook",
  events: ["checkout.session.completed"],
  effect: {
    event: {
      type: "checkout.session.completed",
      data: { object: { object: "checkout.session", ref: "{{ref}}" } },
    },
    count: "select count(*) from credit where ref = $1",
  },
  order: {
    events: [subscription("created", "1 basic"), subscription("updated", "2 gold")] as const,
    state: "select name from plan where ref = $1",
  },
};

interface Given {
  readonly options?: Record<string, unknown>;
  readonly variables?: Record<string, string>;
}

async function outcomesOf(url: string | undefined, given: Given = {}): Promise<Record<string, Outcome>> {
  const subject = subjectFor({
    kind: "stripe",
    options: stripeOptions.parse({ ...DECLARED, ...given.options }),
    variables: given.variables ?? { STRIPE_WEBHOOK_SECRET: SECRET, DATABASE_URL: postgres.url.reveal() },
    address: url === undefined ? undefined : { url },
  });
  const observer = createObserver(doors);
  const answers = await Promise.all(HTTP_CHECKS.map((check) => ask(observer, subject, check as AnyCheck)));
  return Object.fromEntries(answers.map(({ check, outcome }) => [check.id, outcome]));
}

const statuses = (outcomes: Record<string, Outcome>) =>
  Object.fromEntries(Object.entries(outcomes).map(([id, { status }]) => [id, status]));

const ALL_PASS = {
  "webhook.signature.required": "pass",
  "webhook.signature.raw-body": "pass",
  "webhook.timestamp.tolerance": "pass",
  "webhook.replay.idempotent": "pass",
  "webhook.fast-ack": "pass",
  "webhook.order.tolerant": "pass",
};

describe("a webhook as it should be", () => {
  it("passes every check, and the secret is told nowhere", async () => {
    await using server = await webhook({});
    const outcomes = await outcomesOf(server.url);
    expect(statuses(outcomes)).toEqual(ALL_PASS);
    expect(JSON.stringify(outcomes)).not.toContain("canary");
  });
});

describe("a broken webhook", () => {
  it.each<[string, Flaws, Record<string, string>, RegExp]>([
    [
      "believes anybody",
      { verify: "no" },
      { "webhook.signature.required": "fail", "webhook.timestamp.tolerance": "fail" },
      /unsigned.*1 effect/,
    ],
    [
      "believes an empty secret",
      { verify: "empty secret too" },
      { "webhook.signature.required": "fail" },
      /empty secret: 200, 1 effect/,
    ],
    [
      "stumbles over forged events",
      { forgedStatus: 500 },
      { "webhook.signature.required": "fail", "webhook.timestamp.tolerance": "fail" },
      /unsigned: 500/,
    ],
    [
      "signs what its parser gives back",
      { verify: "re-serialised" },
      { "webhook.signature.raw-body": "fail" },
      /raw bytes/,
    ],
    [
      "takes any age",
      { verify: "any age" },
      { "webhook.timestamp.tolerance": "fail" },
      /360 s old is accepted/,
    ],
    ["credits each delivery", { dedupe: "no" }, { "webhook.replay.idempotent": "fail" }, /had 3 effects/],
    [
      "refuses a repeat",
      { repeat: "refused" },
      { "webhook.replay.idempotent": "fail" },
      /repeated event is refused/,
    ],
    ["does nothing", { effect: "none" }, { "webhook.replay.idempotent": "fail" }, /no effect at all/],
    [
      "fails on unknown types",
      { known: "only declared types" },
      { "webhook.signature.raw-body": "fail", "webhook.timestamp.tolerance": "unknown" },
      /does not know/,
    ],
    [
      "lets the last one win",
      { order: "last wins" },
      { "webhook.order.tolerant": "fail" },
      /1 basic when they come/,
    ],
  ])("that %s turns exactly its lines", async (_, flaws, broken, told) => {
    await using server = await webhook(flaws);
    const outcomes = await outcomesOf(server.url);
    expect(statuses(outcomes)).toEqual({ ...ALL_PASS, ...broken });
    expect(JSON.stringify(outcomes)).toMatch(told);
  });

  it("that leads to a state other than the declared one fails webhook.order.tolerant, whatever the order", async () => {
    await using server = await webhook({});
    const order = { ...DECLARED.order, expected: "3 platinum" };
    const outcomes = await outcomesOf(server.url, { options: { order } });
    expect(statuses(outcomes)).toEqual({ ...ALL_PASS, "webhook.order.tolerant": "fail" });
    expect(outcomes["webhook.order.tolerant"]).toMatchObject({ found: expect.stringContaining("2 gold") });
  });

  it("that answers late fails webhook.fast-ack", async () => {
    await using server = await webhook({ delayMs: 80 });
    const outcomes = await outcomesOf(server.url, { options: { acknowledgeWithin: "50ms" } });
    expect(statuses(outcomes)).toEqual({ ...ALL_PASS, "webhook.fast-ack": "fail" });
  });

  it("that is not there is no refusal", async () => {
    await using server = await webhook({});
    const outcomes = await outcomesOf(server.url, { options: { webhook: "/elsewhere" } });
    expect(outcomes["webhook.signature.required"]).toMatchObject({ status: "fail", found: "404" });
    expect(outcomes["webhook.signature.raw-body"]).toMatchObject({ status: "fail", found: "404" });
  });
});

describe("what cannot be told", () => {
  it("is unknown while nothing is deployed", async () => {
    const outcomes = Object.values(await outcomesOf(undefined));
    expect(outcomes.map(({ status }) => status)).toEqual(HTTP_CHECKS.map(() => "unknown"));
  });

  it("is unknown while nothing answers", async () => {
    const server = await webhook({});
    await server[Symbol.asyncDispose]();
    const outcomes = Object.values(await outcomesOf(server.url));
    expect(outcomes.map(({ status }) => status)).toEqual(HTTP_CHECKS.map(() => "unknown"));
  });

  it("names the variable that is missing", async () => {
    await using server = await webhook({});
    const outcomes = await outcomesOf(server.url, { variables: { DATABASE_URL: postgres.url.reveal() } });
    expect(outcomes["webhook.signature.raw-body"]).toMatchObject({
      status: "unknown",
      reason: "STRIPE_WEBHOOK_SECRET is not set",
    });
    expect(outcomes["webhook.signature.required"]?.status).toBe("pass");
  });

  it("asks for an effect before it speaks of replays, and does not ask for an order", async () => {
    await using server = await webhook({});
    const outcomes = await outcomesOf(server.url, { options: { effect: undefined, order: undefined } });
    expect(outcomes["webhook.replay.idempotent"]).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("effect"),
    });
    expect(outcomes["webhook.order.tolerant"]?.status).toBe("not applicable");
    expect(outcomes["webhook.fast-ack"]?.status).toBe("pass");
  });
});

import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { notice } from "../../test/fixtures/notice.ts";
import { type Receiver, startReceiver, type VENDORS } from "../../test/fixtures/vendor-receivers.ts";
import type { AnyChannelKind, Notice } from "../model/channel.ts";
import type { Doors } from "../model/doors.ts";
import { messageOf, OutsideError } from "../model/errors.ts";
import { Secret } from "../model/secret.ts";
import { openDoors } from "../system/doors.ts";
import { discord } from "./discord.ts";
import { pagerduty } from "./pagerduty.ts";
import { slack } from "./slack.ts";
import { telegram } from "./telegram.ts";
import { twilio } from "./twilio.ts";
import { webhook } from "./webhook.ts";

const ACCOUNT = `AC${"0123456789abcdef".repeat(2)}`;
const WEBHOOK_SECRET = `whsec_${Buffer.from("canary-signing-key-0123456789abc").toString("base64")}`;

interface Case {
  readonly kind: AnyChannelKind;
  readonly vendor: keyof typeof VENDORS;
  options(url: string): object;
  variables(url: string): Record<string, string>;
  /** What must never be told. */
  readonly canary: string;
}

const CASES: readonly Case[] = [
  {
    kind: slack.definition,
    vendor: "slack",
    options: () => ({}),
    variables: (url) => ({ SLACK_WEBHOOK_URL: `${url}/services/T0/B0/canary9f1` }),
    canary: "canary9f1",
  },
  {
    kind: discord.definition,
    vendor: "discord",
    options: () => ({}),
    variables: (url) => ({ DISCORD_WEBHOOK_URL: `${url}/api/webhooks/42/canary-7712` }),
    canary: "canary-7712",
  },
  {
    kind: telegram.definition,
    vendor: "telegram",
    options: (endpoint) => ({ chat: "-1001", endpoint }),
    variables: () => ({ TELEGRAM_BOT_TOKEN: "123:canary_tok" }),
    canary: "canary_tok",
  },
  {
    kind: pagerduty.definition,
    vendor: "pagerduty",
    options: (endpoint) => ({ endpoint }),
    variables: () => ({ PAGERDUTY_ROUTING_KEY: "canary0123456789canary0123456789" }),
    canary: "canary0123456789canary0123456789",
  },
  {
    kind: twilio.definition,
    vendor: "twilio",
    options: (endpoint) => ({ endpoint, account: ACCOUNT, from: "+15005550006", to: ["+4915112345678"] }),
    variables: () => ({ TWILIO_AUTH_TOKEN: "canary-auth-token" }),
    canary: "canary-auth-token",
  },
  {
    kind: webhook.definition,
    vendor: "webhook",
    options: (url) => ({ url: `${url}/hook` }),
    variables: () => ({ ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET }),
    canary: WEBHOOK_SECRET,
  },
];

let doors: Doors & AsyncDisposable;
beforeAll(() => {
  doors = openDoors();
});
afterAll(() => doors[Symbol.asyncDispose]());

describe.each(CASES)("$vendor", (each) => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver(each.vendor);
  });
  afterAll(() => receiver[Symbol.asyncDispose]());

  const send = (what: Notice, address = receiver.url) =>
    each.kind.send(what, {
      options: (each.kind.options as z.ZodType).parse(each.options(address)),
      variables: new Map(
        Object.entries(each.variables(address)).map(([name, value]) => [name, new Secret(value)]),
      ),
      doors,
      signal: AbortSignal.timeout(10_000),
    });

  it("sends what the vendor's published shape takes, of every kind", async () => {
    const before = receiver.taken.length;
    for (const kind of ["firing", "still firing", "resolved", "drill"] as const) {
      expect(await send(notice({ kind }))).toBeTypeOf("string");
    }
    expect(receiver.taken.length - before).toBe(4);
    const told = receiver.taken.slice(before).map(({ raw }) => decodeURIComponent(raw.replaceAll("+", " ")));
    expect(told[0]).toMatch(/the worker has stopped|worker\.heartbeat\.fresh/);
    expect(told[0]).toContain("https://gonogo.example/incidents/i1");
    const where = each.vendor === "twilio" ? "incidents/i1" : "https://gonogo.example/status";
    expect(told[0]).toContain(where);
  });

  it("keeps within the vendor's limits however much there is to say", async () => {
    const long = "🧨<!everyone> & ".repeat(2_000);
    const facts = Array.from({ length: 60 }, (_, index) => [`fact ${index} ${long}`, long] as const);
    await send(notice({ title: long, facts: [...facts, ["", ""]] }));
    const { raw = "" } = receiver.taken.at(-1) ?? {};
    expect(decodeURIComponent(raw.replaceAll("%", "%25"))).toMatch(/gonogo\.example(\/|%2F)incidents/);
    const { link: _, statusPage: __, ...bare } = notice({ facts: [] });
    await send(bare);
  });

  it("says that it may be tried again, and when", async () => {
    receiver.answerNext({ status: 429, headers: { "retry-after": "2" } }, { status: 503 });
    await expect(send(notice())).rejects.toMatchObject({ retryable: true, retryAfterMs: 2_000, status: 429 });
    await expect(send(notice())).rejects.toMatchObject({ retryable: true, retryAfterMs: undefined });
  });

  it("says that it may not be tried again, without the credential", async () => {
    receiver.answerNext({ status: 403, body: `no: ${each.canary}` });
    const thrown: unknown = await send(notice()).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(OutsideError);
    expect(thrown).toMatchObject({ retryable: false, status: 403 });
    expect(messageOf(thrown)).not.toContain(each.canary);
  });

  it("says so when nobody is there, without the credential", async () => {
    const thrown: unknown = await send(notice(), "http://127.0.0.1:9").catch((error: unknown) => error);
    expect(thrown).toMatchObject({ retryable: true });
    expect(messageOf(thrown)).not.toContain(each.canary);
  });

  it("names the variable that is not set", async () => {
    const options = (each.kind.options as z.ZodType).parse(each.options(receiver.url));
    const name = Object.keys(each.variables(""))[0] ?? "";
    const request = { options, variables: new Map(), doors, signal: AbortSignal.timeout(1_000) };
    await expect(each.kind.send(notice(), request)).rejects.toThrow(`${name} is not set`);
    expect(each.kind.variables(options).map((variable) => variable.name)).toEqual([name]);
  });
});

it("gives PagerDuty one key for all messages of an incident, so that it is one alert there", async () => {
  await using receiver = await startReceiver("pagerduty");
  const options = pagerduty.definition.options.parse({ endpoint: receiver.url });
  const variables = new Map([["PAGERDUTY_ROUTING_KEY", new Secret("k".repeat(32))]]);
  const request = { options, variables, doors, signal: AbortSignal.timeout(5_000) };
  await pagerduty.definition.send(notice({ key: "a" }), request);
  await pagerduty.definition.send(notice({ key: "b", kind: "resolved" }), request);
  expect(receiver.taken.map(({ body }) => (body as { dedup_key: string }).dedup_key)).toEqual([
    "incident-1",
    "incident-1",
  ]);
});

it("signs a webhook so that its receiver can tell who sent it, and drop the second of two", async () => {
  await using receiver = await startReceiver("webhook");
  const options = webhook.definition.options.parse({ url: `${receiver.url}/hook` });
  const variables = new Map([["ALERT_WEBHOOK_SECRET", new Secret(WEBHOOK_SECRET)]]);
  await webhook.definition.send(notice(), { options, variables, doors, signal: AbortSignal.timeout(5_000) });
  const [{ headers, raw } = { headers: {} as Record<string, string>, raw: "" }] = receiver.taken;
  const key = Buffer.from(WEBHOOK_SECRET.slice("whsec_".length), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${raw}`;
  expect(headers["webhook-id"]).toBe("msg_0001");
  expect(headers["webhook-signature"]).toBe(
    `v1,${createHmac("sha256", key).update(signed).digest("base64")}`,
  );
});

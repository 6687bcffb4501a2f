import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { endpointRegistered } from "./endpoint-check.ts";
import { stripeOptions } from "./options.ts";
import { priceMatches } from "./price-check.ts";

const KEY = "sk_test_canary";
const HOOK = "https://shop.example/stripe/webhook/";
const EVENTS = ["checkout.session.completed", "invoice.paid"];

/** As GET /v1/webhook_endpoints gives one (Stripe's OpenAPI document, schema webhook_endpoint). */
const endpoint = (more: object = {}) => ({
  id: "we_1",
  object: "webhook_endpoint",
  api_version: null,
  application: null,
  created: 1_700_000_000,
  description: null,
  enabled_events: EVENTS,
  livemode: false,
  metadata: {},
  status: "enabled",
  url: HOOK,
  ...more,
});
const product = { id: "prod_1", object: "product", active: true, name: "Pro" };
/** As GET /v1/prices/:id?expand[]=product gives one (schema price). */
const price = (more: object = {}) => ({
  id: "price_pro",
  object: "price",
  active: true,
  billing_scheme: "per_unit",
  created: 1_700_000_000,
  currency: "eur",
  livemode: false,
  lookup_key: "pro_monthly",
  metadata: {},
  product,
  recurring: { interval: "month", interval_count: 1, usage_type: "licensed" },
  type: "recurring",
  unit_amount: 1900,
  unit_amount_decimal: "1900",
  ...more,
});

let doors: Doors & AsyncDisposable;
/** A stand-in for Stripe's API: what it keeps, with Stripe's own paging, errors and refusals. */
let api: TestServer;
let account: {
  endpoints: ReturnType<typeof endpoint>[];
  prices: ReturnType<typeof price>[];
  status?: number;
};

beforeAll(async () => {
  doors = openDoors();
  api = await serve((request, response) => {
    const url = new URL(request.url ?? "", "http://stripe.test");
    const answer = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const { authorization } = request.headers;
    if (authorization !== `Bearer ${KEY}`)
      return answer(401, {
        error: { type: "invalid_request_error", message: `Invalid API Key: ${authorization}` },
      });
    if (account.status) return answer(account.status, { error: { type: "api_error" } });
    const known = ["limit", "starting_after", "expand[]", "lookup_keys[]"];
    const strange = [...url.searchParams.keys()].find((name) => !known.includes(name));
    if (strange) return answer(400, { error: { code: "parameter_unknown", param: strange } });
    if (url.pathname === "/v1/webhook_endpoints") {
      const after = url.searchParams.get("starting_after");
      const from = after === null ? 0 : account.endpoints.findIndex(({ id }) => id === after) + 1;
      const data = account.endpoints.slice(from, from + 1);
      return answer(200, { object: "list", data, has_more: from + 1 < account.endpoints.length });
    }
    if (url.pathname === "/v1/prices") {
      if (url.searchParams.get("expand[]") !== "data.product") return answer(400, {});
      const data = account.prices.filter(
        ({ lookup_key }) => lookup_key === url.searchParams.get("lookup_keys[]"),
      );
      return answer(200, { object: "list", data, has_more: false });
    }
    const id = url.pathname.split("/v1/prices/")[1];
    const found = account.prices.find((each) => each.id === id);
    if (found)
      return answer(
        200,
        url.searchParams.get("expand[]") === "product" ? found : { ...found, product: "prod_1" },
      );
    const message = `No such price: '${id}'; a similar object exists in live mode`;
    answer(404, { error: id ? { code: "resource_missing", message } : { type: "invalid_request_error" } });
  });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});
beforeEach(() => {
  account = {
    endpoints: [endpoint({ id: "we_0", url: "https://other.example/hook" }), endpoint()],
    prices: [price()],
  };
});

async function answer(
  check: AnyCheck,
  { options = {}, variables = {} }: { options?: object; variables?: Record<string, string> } = {},
): Promise<Outcome> {
  const subject = subjectFor({
    options: stripeOptions.parse({ webhook: "/stripe/webhook/", events: EVENTS, ...options }),
    variables: {
      STRIPE_SECRET_KEY: KEY,
      STRIPE_API_URL: api.url,
      PUBLIC_URL: "https://shop.example/",
      ...variables,
    },
  });
  const { outcome } = await ask(createObserver(doors), subject, check);
  expect(JSON.stringify(outcome)).not.toContain("canary");
  return outcome;
}

describe("webhook.endpoint.registered", () => {
  it("passes when the address gets every declared event, by name or by *", async () => {
    expect(await answer(endpointRegistered)).toMatchObject({
      status: "pass",
      summary: `${HOOK} is registered and gets 2 declared events`,
    });
    account.endpoints = [endpoint({ enabled_events: ["*"] })];
    expect(await answer(endpointRegistered)).toMatchObject({ status: "pass" });
  });

  it.each<[string, object[], string, RegExp]>([
    ["no endpoint", [], "fail", /no endpoint at all/],
    [
      "another path only",
      [{ url: "https://shop.example/stripe/webhook?key=canary" }],
      "fail",
      /only https:\/\/shop.example\/stripe\/webhook$/,
    ],
    ["a disabled one", [{ status: "disabled" }], "fail", /we_1: disabled/],
    [
      "one without an event",
      [{ enabled_events: ["invoice.paid", "charge.failed"] }],
      "fail",
      /without checkout.session.completed$/,
    ],
    ["two for the same events", [{}, { id: "we_2" }], "warn", /by we_1 and we_2/],
  ])("with %s it does not pass", async (_, endpoints, status, found) => {
    account.endpoints = endpoints.map((each) => endpoint(each));
    expect(await answer(endpointRegistered)).toMatchObject({ status, found: expect.stringMatching(found) });
  });

  it("does not apply to a machine that Stripe cannot reach or a stand-in that keeps none", async () => {
    const variables = { STRIPE_API_URL: "", PUBLIC_URL: "https://shop.localhost:8443" };
    expect(await answer(endpointRegistered, { variables })).toMatchObject({ status: "not applicable" });
    account.status = 404;
    expect(await answer(endpointRegistered)).toMatchObject({ status: "not applicable" });
  });

  it("is unknown when the key is refused or nobody answers", async () => {
    const refused = await answer(endpointRegistered, { variables: { STRIPE_SECRET_KEY: "sk_test_canary2" } });
    expect(refused).toMatchObject({
      status: "unknown",
      reason: "Stripe does not know the key in STRIPE_SECRET_KEY",
    });
    account.status = 403;
    expect(await answer(endpointRegistered)).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("may not read /v1/webhook_endpoints"),
    });
    expect(
      await answer(endpointRegistered, { variables: { STRIPE_API_URL: "http://127.0.0.1:1" } }),
    ).toMatchObject({
      status: "unknown",
    });
  });
});

describe("payment.price.matches", () => {
  const PRO = { currency: "EUR", unitAmount: 1900, interval: "month" };
  const prices = [
    { ...PRO, id: "price_pro" },
    { ...PRO, lookupKey: "pro_monthly", product: "Pro" },
    { ...PRO, variable: "STRIPE_PRICE_PRO" },
  ];
  const variables = { STRIPE_PRICE_PRO: "price_pro" };

  it("passes for prices by id, by lookup key and by variable", async () => {
    expect(await answer(priceMatches, { options: { prices }, variables })).toMatchObject({
      status: "pass",
      summary: expect.stringContaining("lookup key pro_monthly: 1900 eur every month"),
    });
  });

  it.each<[string, object, RegExp]>([
    ["of another amount", { unit_amount: 2900 }, /2900 eur every month instead of 1900 eur every month/],
    ["in another currency", { currency: "usd" }, /1900 usd/],
    ["for another time", { recurring: { interval: "month", interval_count: 3 } }, /every 3 month instead/],
    ["that is paid once", { recurring: null }, /1900 eur once/],
    ["without an amount", { unit_amount: null, unit_amount_decimal: null }, /no fixed amount eur/],
    ["that is archived", { active: false }, /price_pro: not active/],
    [
      "of a product that is archived",
      { product: { ...product, active: false } },
      /its product Pro is not active/,
    ],
    ["of another product", { product: { ...product, name: "Basic" } }, /a price of Basic instead of Pro/],
  ])("fails for a price %s", async (_, more, found) => {
    account.prices = [price(more)];
    expect(await answer(priceMatches, { options: { prices }, variables })).toMatchObject({
      status: "fail",
      found: expect.stringMatching(found),
    });
  });

  it("fails for prices that are not there, and tells of the other mode", async () => {
    account.prices = [];
    expect(await answer(priceMatches, { options: { prices }, variables })).toMatchObject({
      status: "fail",
      summary: "3 of 3 prices not at Stripe",
      found: expect.stringContaining("a similar object exists in live mode"),
      findings: ["price_pro", "lookup key pro_monthly", "STRIPE_PRICE_PRO"],
    });
  });

  it("quotes no key that stands in a price's variable by mistake", async () => {
    const slipped = { ...variables, STRIPE_PRICE_PRO: "rk_live_canarycanary" };
    for (const status of ["as it is", 500] as const) {
      if (status === 500) account.status = status;
      const outcome = await answer(priceMatches, { options: { prices }, variables: slipped });
      expect(JSON.stringify(outcome)).toContain("prices");
      expect(JSON.stringify(outcome)).not.toContain("canary");
    }
  });

  it("does not apply without prices, and is unknown without an answer", async () => {
    expect(await answer(priceMatches)).toMatchObject({ status: "not applicable" });
    expect(await answer(priceMatches, { options: { prices } })).toMatchObject({ status: "unknown" });
    account.status = 500;
    expect(await answer(priceMatches, { options: { prices }, variables })).toMatchObject({
      status: "unknown",
    });
  });

  it("is declared by one way to find it", () => {
    const declare = (each: object) =>
      stripeOptions.safeParse({ webhook: "/h", events: EVENTS, prices: [{ ...PRO, ...each }] }).success;
    expect([declare({}), declare({ id: "price_a", lookupKey: "b" }), declare({ lookupKey: "b" })]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

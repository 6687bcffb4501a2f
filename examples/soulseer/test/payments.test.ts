import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog } from "../src/log.ts";
import { createCheckout } from "../src/wallet/checkout.ts";
import { createStandInPayments } from "../stand-ins/payments.ts";
import { freePort } from "./child-server.ts";
import { balance, person } from "./people.ts";
import { type Running, startApplication } from "./running-application.ts";

const log = createLog("test", "error", () => undefined);
let app: Running;
let url: string;
let close: () => void;
beforeAll(async () => {
  app = await startApplication();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const server = createStandInPayments({
    url,
    secretKey: "sk_test_x",
    webhookSecret: "whsec_test",
    webhookPath: "/stripe/webhook/",
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  expect((server.address() as AddressInfo).port).toBe(port);
  close = () => {
    server.close();
    server.closeAllConnections();
  };
});
afterAll(async () => {
  close();
  await app[Symbol.asyncDispose]();
});

describe("adding funds", () => {
  it("leads over the payment page into the wallet, once however often it is paid", async () => {
    const ada = await person(app.world, "Ada");
    const openCheckout = createCheckout({ secretKey: "sk_test_x", webhookSecret: "", apiUrl: url }, log);
    const request = { personId: ada, amountMinor: 2_500, origin: app.url, idempotencyKey: "k" };
    const [first, again] = [await openCheckout(request), await openCheckout(request)];
    expect(again.url).toBe(first.url);
    expect(await (await fetch(first.url)).text()).toContain("Pay $25.00");
    const pay = () => fetch(first.url, { method: "POST", redirect: "manual" });
    const answers = [await pay(), await pay()];
    expect(answers.map(({ status, headers }) => [status, headers.get("location")])).toEqual([
      [303, `${app.url}/?paid=1`],
      [303, `${app.url}/?paid=1`],
    ]);
    expect(await balance(app.world, ada)).toBe(2_500);
  });

  it("says that payments are out of reach when they are, and tells no key", async () => {
    const wrongKey = createCheckout({ secretKey: "sk_test_canary", webhookSecret: "", apiUrl: url }, log);
    const request = { personId: "x", amountMinor: 100, origin: app.url, idempotencyKey: "other" };
    await expect(wrongKey(request)).rejects.toMatchObject({ status: 502 });
    const token = await app.token({ sub: "t|payer" });
    const ask = (body: unknown, key?: string) =>
      fetch(`${app.url}/api/wallet/checkouts`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          ...(key && { "idempotency-key": key }),
        },
        body: JSON.stringify(body),
      });
    for (const amountMinor of [99, 50_001, 100.5, "100", -100])
      expect((await ask({ amountMinor }, "long-enough")).status).toBe(400);
    expect((await ask({ amountMinor: 100 })).status).toBe(400);
  });
});

import { createHmac, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { request } from "node:https";
import { standInPage } from "./page.ts";
import { type Asked, listenerOf, type Reply, replyJson, replyPage, replyText } from "./reply.ts";

interface Checkout {
  readonly person: string;
  readonly tier: string;
  readonly successUrl: string;
}

/** A stand-in for Stripe: opens checkouts of subscriptions, and tells the application by a signed event. */
export function createStandInPayments(options: {
  url: string;
  secretKey: string;
  webhookSecret: string;
}): Server {
  const { url: base, secretKey, webhookSecret } = options;
  const checkouts = new Map<string, Checkout>();
  const checkoutOf = ({ url }: Asked) => checkouts.get(url.pathname.split("/").at(-1) ?? "");

  function open({ form, headers }: Asked): Reply {
    if (headers.authorization !== `Bearer ${secretKey}`)
      return replyJson(401, { error: { message: "no such key" } });
    const field = (name: string) => form.get(name) ?? "";
    const successUrl = field("success_url");
    const isOurs = URL.canParse(successUrl) && new URL(successUrl).hostname.endsWith("localhost");
    if (field("mode") !== "subscription" || !isOurs)
      return replyJson(400, { error: { message: "bad mode or success_url" } });
    const id = `cs_test_${randomBytes(16).toString("hex")}`;
    const person = field("subscription_data[metadata][person_id]");
    checkouts.set(id, { person, tier: field("subscription_data[metadata][tier]"), successUrl });
    return replyJson(200, { id, object: "checkout.session", url: `${base}/pay/${id}` });
  }

  function show(asked: Asked): Reply {
    if (!checkoutOf(asked)) return replyText(404, "no such checkout");
    const warning =
      "This is a stand-in for Stripe. It takes no card and moves no money; it exists in staging only.";
    return replyPage(standInPage({ title: "Start the trial", warning, form: "<button>Start</button>" }));
  }

  async function subscribe(asked: Asked): Promise<Reply> {
    const checkout = checkoutOf(asked);
    if (!checkout) return replyText(404, "no such checkout");
    const created = Math.floor(Date.now() / 1_000);
    const body = JSON.stringify({
      id: `evt_${randomBytes(12).toString("hex")}`,
      object: "event",
      created,
      livemode: false,
      type: "customer.subscription.updated",
      data: {
        object: {
          id: `sub_${randomBytes(12).toString("hex")}`,
          object: "subscription",
          status: "trialing",
          metadata: { person_id: checkout.person, tier: checkout.tier },
        },
      },
    });
    const hash = createHmac("sha256", webhookSecret).update(`${created}.${body}`).digest("hex");
    const webhook = new URL("/api/subscription/webhook", checkout.successUrl);
    const status = await deliver(webhook, body, `t=${created},v1=${hash}`);
    if (status !== 200) return replyText(502, `the application's webhook answered ${status}`);
    return { status: 303, location: checkout.successUrl };
  }

  return createServer(
    listenerOf(base, { "POST /v1/checkout/sessions": open, "GET /pay/*": show, "POST /pay/*": subscribe }),
  );
}

/** Names under localhost are this machine (RFC 6761), and its certificate is from nobody a program knows. */
function deliver(url: URL, body: string, signature: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port: url.port || 443,
        path: url.pathname,
        method: "POST",
        servername: url.hostname,
        rejectUnauthorized: false,
        timeout: 10_000,
        headers: { host: url.host, "content-type": "application/json", "stripe-signature": signature },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on("timeout", () => sent.destroy(new Error("no answer"))).on("error", reject);
    sent.end(body);
  });
}

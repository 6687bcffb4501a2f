import { createHmac, randomBytes } from "node:crypto";
import { createServer, request as plainRequest, type Server } from "node:http";
import { request as secureRequest } from "node:https";
import { standInPage } from "./page.ts";
import { type Asked, listenerOf, type Reply, replyJson, replyPage, replyText } from "./reply.ts";

export interface StandInPaymentsOptions {
  /** "http://127.0.0.1:4802": where it is reached. */
  readonly url: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Path of the application's webhook. */
  readonly webhookPath: string;
  readonly now?: () => number;
}

interface Checkout {
  readonly id: string;
  readonly personId: string;
  readonly stream: string;
  readonly email: string;
  readonly amountMinor: number;
  readonly successUrl: string;
  paid: boolean;
}

/**
 * A stand-in for Stripe: opens checkouts as its API does (those fields the application uses), shows a page where
 * they are paid without a card, and tells the application by a signed event. Loopback and staging only.
 */
export function createStandInPayments(options: StandInPaymentsOptions): Server {
  const { url: base, secretKey, webhookSecret, webhookPath } = options;
  const now = options.now ?? Date.now;
  const checkouts = new Map<string, Checkout>();
  const byKey = new Map<string, string>();

  function open({ form, headers }: Asked): Reply {
    if (headers.authorization !== `Bearer ${secretKey}`)
      return replyJson(401, { error: { message: "no such key" } });
    const key = String(headers["idempotency-key"] ?? randomBytes(8).toString("hex"));
    const id = byKey.get(key) ?? `cs_test_${randomBytes(16).toString("hex")}`;
    const amountMinor = Number(form.get("line_items[0][price_data][unit_amount]"));
    const successUrl = form.get("success_url") ?? "";
    if (!Number.isSafeInteger(amountMinor) || !isOfThisMachine(successUrl)) {
      return replyJson(400, { error: { message: "bad amount or success_url" } });
    }
    if (!checkouts.has(id)) {
      const personId = form.get("client_reference_id") ?? "";
      const stream = form.get("metadata[stream]") ?? "";
      const email = form.get("customer_email") ?? "";
      checkouts.set(id, { id, personId, stream, email, amountMinor, successUrl, paid: false });
    }
    byKey.set(key, id);
    return replyJson(200, { id, object: "checkout.session", url: `${base}/pay/${id}` });
  }

  function show({ url }: Asked): Reply {
    const checkout = checkouts.get(url.pathname.split("/").at(-1) ?? "");
    if (!checkout) return replyText(404, "no such checkout");
    return replyPage(
      standInPage({
        title: `Pay $${(checkout.amountMinor / 100).toFixed(2)}`,
        warning:
          "This is a stand-in for Stripe. It takes no card and moves no money; it exists in staging only.",
        form: "<button>Pay</button>",
      }),
    );
  }

  async function pay({ url }: Asked): Promise<Reply> {
    const checkout = checkouts.get(url.pathname.split("/").at(-1) ?? "");
    if (!checkout) return replyText(404, "no such checkout");
    const status = checkout.paid ? 200 : await tell(checkout);
    if (status < 200 || status > 299) return replyText(502, `the application's webhook answered ${status}`);
    checkout.paid = true;
    return { status: 303, location: checkout.successUrl };
  }

  /** Delivers `checkout.session.completed` to where the checkout came from. */
  function tell({ id, personId, stream, email, amountMinor, successUrl }: Checkout): Promise<number> {
    const seconds = Math.floor(now() / 1_000);
    const body = JSON.stringify({
      id: `evt_${randomBytes(12).toString("hex")}`,
      object: "event",
      api_version: null,
      created: seconds,
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type: "checkout.session.completed",
      data: {
        object: {
          id,
          object: "checkout.session",
          client_reference_id: personId,
          customer_email: email,
          metadata: { stream },
          amount_total: amountMinor,
          currency: "usd",
          payment_status: "paid",
        },
      },
    });
    const hash = createHmac("sha256", webhookSecret).update(`${seconds}.${body}`).digest("hex");
    return deliver(new URL(webhookPath, successUrl), body, `t=${seconds},v1=${hash}`);
  }

  return createServer(
    listenerOf(base, {
      "GET /health": () => replyJson(200, { status: "ok" }),
      "POST /v1/checkout/sessions": open,
      "GET /pay/*": show,
      "POST /pay/*": pay,
    }),
  );
}

function isOfThisMachine(url: string): boolean {
  return URL.canParse(url) && /(^|\.)localhost$|^127\.0\.0\.1$/.test(new URL(url).hostname);
}

/** Names under localhost are this machine (RFC 6761), and its certificate is from nobody a program knows. */
function deliver(url: URL, body: string, signature: string): Promise<number> {
  const request = url.protocol === "https:" ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port: url.port || (url.protocol === "https:" ? 443 : 80),
        path: url.pathname,
        method: "POST",
        servername: url.hostname,
        rejectUnauthorized: false,
        timeout: 10_000,
        headers: {
          host: url.host,
          "content-type": "application/json; charset=utf-8",
          "content-length": Buffer.byteLength(body),
          "stripe-signature": signature,
        },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on("timeout", () => sent.destroy(new Error("no answer")));
    sent.on("error", reject);
    sent.end(body);
  });
}

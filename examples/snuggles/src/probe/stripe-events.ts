import { createHmac, randomUUID } from "node:crypto";
import { request } from "node:https";
import { openDatabase } from "../database.ts";
import { reasonOf } from "../log.ts";
import { readSettings } from "../settings.ts";

const PERSON = "00000000-0000-4000-8000-0000000000ab";

/** Delivers each of Stripe's five events, signed, to this process's neighbours; ends with 1 when one has no effect. */
async function deliverAll(): Promise<void> {
  const { databaseUrl: url, stripe } = readSettings();
  const reference = randomUUID();
  const subscription = `sub_${reference}`;
  const metadata = { person_id: PERSON, tier: "premium" };
  const invoice = { object: "invoice", currency: "usd", subscription_details: { metadata } };
  const changed = (status: string) => ({ id: subscription, object: "subscription", status, metadata });
  const state = "select audit_subscription($1) as is";
  const events: readonly (readonly [type: string, object: object, sql: string, expected: string])[] = [
    [
      "checkout.session.completed",
      { object: "checkout.session", client_reference_id: PERSON, subscription, metadata },
      state,
      "trialing",
    ],
    ["customer.subscription.updated", changed("active"), state, "active"],
    ["customer.subscription.deleted", changed("active"), state, "canceled"],
    ["invoice.payment_succeeded", { ...invoice, amount_paid: 999 }, "select audit_effects($1) as is", "1"],
    ["invoice.payment_failed", { ...invoice, amount_due: 999 }, "select audit_effects($1) as is", "2"],
  ];
  const database = openDatabase({ url, poolMax: 1, name: "probe", onIdleError: () => undefined });
  try {
    for (const [type, object, sql, expected] of events) {
      const created = Math.floor(Date.now() / 1_000);
      const event = {
        id: `evt_${reference}_${type}`,
        object: "event",
        created,
        livemode: false,
        type,
        data: { object },
      };
      const body = JSON.stringify(event);
      const hash = createHmac("sha256", stripe.webhookSecret).update(`${created}.${body}`).digest("hex");
      const status = await post(body, `t=${created},v1=${hash}`);
      if (status !== 200) throw new Error(`${type} was answered ${status}`);
      const [row] = await database.asPerson("", (query) =>
        query<{ is: unknown }>(sql, [sql === state ? subscription : reference]),
      );
      if (String(row?.is) !== expected) throw new Error(`${type} led to ${row?.is}, not to ${expected}`);
    }
  } finally {
    await database.close();
  }
}

/** To the deployed application; a name under localhost is this machine (RFC 6761). */
function post(body: string, signature: string): Promise<number> {
  const { GONOGO_URL: base = "", GONOGO_CA: ca } = process.env;
  const { hostname, host, port } = new URL(base);
  const isHere = hostname.endsWith("localhost");
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...(isHere ? { host: "127.0.0.1", servername: hostname } : { host: hostname }),
        port: port || 443,
        path: "/api/subscription/webhook",
        method: "POST",
        ca,
        timeout: 10_000,
        headers: {
          host,
          "content-type": "application/json",
          "stripe-signature": signature,
          "user-agent": "gonogo-check",
        },
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    sent.on("timeout", () => sent.destroy(new Error("no answer"))).on("error", reject);
    sent.end(body);
  });
}

try {
  await deliverAll();
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
}

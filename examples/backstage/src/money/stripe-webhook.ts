import type { Database, Query } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import type { Route } from "../http/route.ts";
import type { Log } from "../log.ts";
import type { Queue } from "../queue/queue.ts";
import { isSignedByStripe } from "./stripe-signature.ts";

interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** What Stripe tells us. Each event counts once, and so does each payment. */
export function stripeWebhookRoute(world: {
  database: Database;
  webhookSecret: string;
  queue: Queue;
  log: Log;
}): Route {
  const { database, webhookSecret, queue, log } = world;
  return {
    method: "POST",
    path: "/stripe/webhook/",
    access: "public",
    maxBodyBytes: 256 * 1024,
    async handle(request) {
      const header = request.headers["stripe-signature"];
      const signed = isSignedByStripe({
        body: request.body,
        header: Array.isArray(header) ? header.join(",") : header,
        secret: webhookSecret,
        nowMs: Date.now(),
      });
      if (!signed) throw new Refusal(400, "bad-signature", "not signed by Stripe, or too long ago");
      const event = parseEvent(request.body);
      const outcome = await database.asSystem((query) => take(query, event));
      const to = event.object.customer_email;
      if (outcome === "pass" && typeof to === "string")
        await queue.add({ kind: "letter", to, subject: "Your pass", text: "See you backstage." });
      log.info("stripe event", { requestId: request.id, event: event.id, type: event.type, outcome });
      return json(200, { received: true, outcome });
    },
  };
}

async function take(query: Query, { id, type, object }: StripeEvent): Promise<string> {
  const paid = paidOf(type, object);
  const first = await query(
    "insert into stripe_event (id, type, outcome) values ($1, $2, $3) on conflict (id) do nothing returning id",
    [id, type, paid ? "pass" : "ignored"],
  );
  if (first.length === 0) return "already processed";
  if (!paid) return "ignored";
  const made = await query(
    `insert into access_pass (stream_id, person_id, checkout, price_minor)
     select s.id, p.id, $3, $4 from stream s, person p
     where s.id = $1 and p.id = $2 and s.price_minor <= $4
     on conflict do nothing returning id`,
    [paid.stream, paid.person, paid.checkout, paid.amount],
  );
  return made.length > 0 ? "pass" : "no pass";
}

/** A payment names the person and the stream; the checkout itself is the key, as two events may tell of one. */
function paidOf(type: string, object: StripeEvent["object"]) {
  if (!/^checkout\.session\.(completed|async_payment_succeeded)$/.test(type)) return undefined;
  const { id: checkout, client_reference_id: person, metadata, amount_total: amount, currency } = object;
  const { stream } = (metadata ?? {}) as Record<string, unknown>;
  if (object.payment_status !== "paid" || currency !== "usd" || typeof checkout !== "string")
    return undefined;
  const isId = (value: unknown): value is string =>
    typeof value === "string" && /^[0-9a-f-]{36}$/i.test(value);
  if (!isId(person) || !isId(stream) || !Number.isSafeInteger(amount)) return undefined;
  return { checkout, person, stream, amount: amount as number };
}

function parseEvent(body: Buffer): StripeEvent {
  try {
    const { id, type, data } = JSON.parse(body.toString("utf8")) as Record<string, unknown>;
    const object = (data as { object?: unknown } | undefined)?.object;
    if (typeof id === "string" && typeof type === "string" && typeof object === "object" && object)
      return { id, type, object: object as Record<string, unknown> };
  } catch {
    // Falls through to the refusal below.
  }
  throw new Refusal(400, "bad-event", "this is not a Stripe event");
}

import type { Database, Query } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import type { Route } from "../http/route.ts";
import type { Publish } from "../live/publish.ts";
import type { Log } from "../log.ts";
import { move } from "./ledger.ts";
import { isSignedByStripe } from "./stripe-signature.ts";

interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** What Stripe tells us. Each event is processed once, however often and in whatever order it is delivered. */
export function stripeWebhookRoute(world: {
  database: Database;
  webhookSecret: string;
  publish: Publish;
  log: Log;
}): Route {
  const { database, webhookSecret, publish, log } = world;
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
      const { outcome, credited } = await database.asSystem((query) => process(query, event));
      log.info("stripe event", { requestId: request.id, event: event.id, type: event.type, outcome });
      if (credited) await publish(credited, { kind: "wallet" });
      return json(200, { received: true, outcome });
    },
  };
}

async function process(query: Query, event: StripeEvent): Promise<{ outcome: string; credited?: string }> {
  const first = await query(
    "insert into stripe_event (id, type, outcome) values ($1, $2, $3) on conflict (id) do nothing returning id",
    [event.id, event.type, outcomeOf(event)],
  );
  if (first.length === 0) return { outcome: "already processed" };
  const credit = creditOf(event);
  if (!credit) return { outcome: outcomeOf(event) };
  const moved = await move(query, {
    personId: credit.personId,
    amountMinor: credit.amountMinor,
    kind: "top-up",
    idempotencyKey: `stripe:${credit.checkout}`,
  });
  if (moved.moved) return { outcome: "credited", credited: credit.personId };
  return { outcome: moved.why };
}

function outcomeOf(event: StripeEvent): string {
  return creditOf(event) ? "credit" : "ignored";
}

interface Credit {
  readonly checkout: string;
  readonly personId: string;
  readonly amountMinor: bigint;
}

/**
 * A paid checkout names the person it was opened for. Anything else moves no money. The checkout itself is the key:
 * Stripe may tell of one payment by two events, in any order.
 */
function creditOf({ type, object }: StripeEvent): Credit | undefined {
  if (type !== "checkout.session.completed" && type !== "checkout.session.async_payment_succeeded")
    return undefined;
  const {
    id: checkout,
    client_reference_id: personId,
    amount_total: amount,
    currency,
    payment_status: status,
  } = object;
  if (status !== "paid" || currency !== "usd" || typeof checkout !== "string") return undefined;
  if (typeof personId !== "string" || !/^[0-9a-f-]{36}$/i.test(personId)) return undefined;
  if (typeof amount !== "number" || !Number.isSafeInteger(amount) || amount <= 0) return undefined;
  return { checkout, personId, amountMinor: BigInt(amount) };
}

function parseEvent(body: Buffer): StripeEvent {
  try {
    const event = JSON.parse(body.toString("utf8")) as {
      id?: unknown;
      type?: unknown;
      data?: { object?: unknown };
    };
    const object = event.data?.object;
    if (
      typeof event.id === "string" &&
      typeof event.type === "string" &&
      typeof object === "object" &&
      object
    ) {
      return { id: event.id, type: event.type, object: object as Record<string, unknown> };
    }
  } catch {
    // Falls through to the refusal below.
  }
  throw new Refusal(400, "bad-event", "this is not a Stripe event");
}

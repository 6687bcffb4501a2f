import type { Database, Query } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import type { Route } from "../http/route.ts";
import type { Log } from "../log.ts";
import { isSignedByStripe } from "./stripe-signature.ts";

interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** What Stripe tells us. Each event counts once, and a subscription that ended stays ended whatever comes late. */
export function stripeWebhookRoute(world: { database: Database; webhookSecret: string; log: Log }): Route {
  const { database, webhookSecret, log } = world;
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
      log.info("stripe event", { requestId: request.id, event: event.id, type: event.type, outcome });
      return json(200, { received: true, outcome });
    },
  };
}

async function take(query: Query, { id, type, object }: StripeEvent): Promise<string> {
  const subscription = subscriptionOf(type, object);
  const first = await query(
    "insert into stripe_event (id, type, outcome) values ($1, $2, $3) on conflict (id) do nothing returning id",
    [id, type, subscription ? `tier ${subscription.tier}` : "ignored"],
  );
  if (first.length === 0) return "already processed";
  if (!subscription) return "ignored";
  const { id: key, person, tier, isOver } = subscription;
  await query(
    `insert into subscription (id, person_id, tier, is_over)
     select $1, p.id, $3, $4 from person p where p.id = $2
     on conflict (id) do update set tier = excluded.tier, is_over = subscription.is_over or excluded.is_over`,
    [key, person, tier, isOver],
  );
  await query(
    `update person set tier = coalesce((select s.tier from subscription s
       where s.person_id = $1 and not s.is_over order by s.tier = 'circle' desc limit 1), 'free')
     where id = $1`,
    [person],
  );
  return `tier ${tier}`;
}

function subscriptionOf(type: string, object: StripeEvent["object"]) {
  if (!/^customer\.subscription\.(created|updated|deleted)$/.test(type)) return undefined;
  const { id, metadata, status } = object as {
    id?: unknown;
    metadata?: Record<string, unknown>;
    status?: unknown;
  };
  const { person, tier } = metadata ?? {};
  if (typeof id !== "string" || typeof person !== "string" || !/^[0-9a-f-]{36}$/i.test(person))
    return undefined;
  if (tier !== "plus" && tier !== "circle") return undefined;
  return {
    id,
    person,
    tier,
    isOver: type.endsWith("deleted") || status === "canceled" || status === "unpaid",
  };
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

import type { Database } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import type { Route } from "../http/route.ts";
import type { Log } from "../log.ts";
import { processStripeEvent, type StripeEvent } from "./stripe-events.ts";
import { isSignedByStripe } from "./stripe-signature.ts";

export function stripeWebhookRoute(world: { database: Database; webhookSecret: string; log: Log }): Route {
  const { database, webhookSecret, log } = world;
  return {
    method: "POST",
    path: "/api/subscription/webhook",
    access: "public",
    maxBodyBytes: 256 * 1024,
    async handle({ body, headers, id }) {
      const given = headers["stripe-signature"];
      const header = Array.isArray(given) ? given.join(",") : given;
      if (!isSignedByStripe({ body, header, secret: webhookSecret, nowMs: Date.now() }))
        throw new Refusal(400, "bad-signature", "not signed by Stripe, or too long ago");
      const event = parseEvent(body);
      const outcome = await database.asSystem((query) => processStripeEvent(query, event));
      log.info("stripe event", { requestId: id, event: event.id, type: event.type, outcome });
      return json(200, { received: true, outcome });
    },
  };
}

function parseEvent(body: Buffer): StripeEvent {
  const refusal = new Refusal(400, "bad-event", "this is not a Stripe event");
  let event: Record<string, unknown>;
  try {
    event = JSON.parse(body.toString("utf8")) as Record<string, unknown>;
  } catch {
    throw refusal;
  }
  const { id, type, created } = event;
  const object = (event.data as { object?: unknown } | undefined)?.object;
  if (typeof id !== "string" || typeof type !== "string" || typeof created !== "number") throw refusal;
  if (typeof object !== "object" || object === null) throw refusal;
  return { id, type, createdAt: new Date(created * 1_000), object: object as StripeEvent["object"] };
}

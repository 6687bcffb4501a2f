import type { Query } from "../database.ts";

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly createdAt: Date;
  readonly object: Readonly<Record<string, unknown>>;
}

type Handler = (query: Query, event: StripeEvent) => Promise<string>;

const STATUSES: Readonly<Record<string, string>> = {
  trialing: "trialing",
  active: "active",
  past_due: "past_due",
  unpaid: "past_due",
  canceled: "canceled",
  incomplete_expired: "canceled",
};

const HANDLERS: Readonly<Record<string, Handler>> = {
  "checkout.session.completed": async (query, { createdAt, object }) =>
    await subscribe(query, {
      person: object.client_reference_id,
      subscription: object.subscription,
      tier: (object.metadata as Record<string, unknown> | undefined)?.tier,
      status: "trialing",
      createdAt,
    }),
  "customer.subscription.updated": async (query, event) => await subscriptionChanged(query, event),
  "customer.subscription.deleted": async (query, event) =>
    await subscriptionChanged(query, event, "canceled"),
  "invoice.payment_succeeded": async (query, event) => await paid(query, event, "succeeded"),
  "invoice.payment_failed": async (query, event) => await paid(query, event, "failed"),
};

/** Each event has its effect once, however often it is delivered. Says what came of it. */
export async function processStripeEvent(query: Query, event: StripeEvent): Promise<string> {
  const handler = HANDLERS[event.type];
  const first = await query(
    "insert into stripe_event (id, type, outcome) values ($1, $2, $3) on conflict (id) do nothing returning id",
    [event.id, event.type, handler ? "processed" : "ignored"],
  );
  if (first.length === 0) return "already processed";
  return handler ? await handler(query, event) : "ignored";
}

function subscriptionChanged(
  query: Query,
  { createdAt, object }: StripeEvent,
  ended?: string,
): Promise<string> {
  const { person_id: person, tier } = (object.metadata ?? {}) as Record<string, unknown>;
  const status = ended ?? STATUSES[String(object.status)];
  return subscribe(query, { person, subscription: object.id, tier, status, createdAt });
}

/**
 * What comes late changes nothing: an older event of the same subscription, anything after its end, and the end of
 * one that another has replaced.
 */
async function subscribe(
  query: Query,
  given: {
    person: unknown;
    subscription: unknown;
    tier: unknown;
    status: string | undefined;
    createdAt: Date;
  },
): Promise<string> {
  const { person, subscription, tier = "premium", status, createdAt } = given;
  if (!isId(person) || typeof subscription !== "string" || status === undefined) return "not ours";
  const changed = await query(
    `insert into subscriptions as s (person_id, stripe_subscription, tier, status, changed_at)
     select id, $2, $3, $4, $5 from person where id = $1
     on conflict (person_id) do update set
       stripe_subscription = excluded.stripe_subscription, tier = excluded.tier, status = excluded.status,
       changed_at = excluded.changed_at
     where case when s.stripe_subscription = excluded.stripe_subscription
       then s.status <> 'canceled' and s.changed_at <= excluded.changed_at
       else s.status = 'canceled' or excluded.status <> 'canceled' end
     returning person_id`,
    [person, subscription, tier, status, createdAt],
  );
  return changed.length > 0 ? status : "too late";
}

async function paid(
  query: Query,
  { id, object }: StripeEvent,
  status: "succeeded" | "failed",
): Promise<string> {
  const details = object.subscription_details as { metadata?: { person_id?: unknown } } | undefined;
  const person = details?.metadata?.person_id;
  const amount = status === "succeeded" ? object.amount_paid : object.amount_due;
  if (!isId(person) || !Number.isSafeInteger(amount) || typeof object.currency !== "string")
    return "not ours";
  await query(
    `insert into payment_history (person_id, stripe_event, status, amount_minor, currency)
     select id, $2, $3, $4, $5 from person where id = $1`,
    [person, id, status, amount, object.currency],
  );
  return status;
}

function isId(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f-]{36}$/i.test(value);
}

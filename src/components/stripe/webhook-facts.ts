import { durationMs } from "../../model/duration.ts";
import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import {
  type Context,
  counted,
  type Delivered,
  deliver,
  nowSeconds,
  type Signed,
  webhookSecret,
} from "./delivery.ts";
import type { StripeOptions } from "./options.ts";
import { probeEvent } from "./probe-event.ts";

/** A delivery nobody should believe, and what it did all the same. */
export interface Forged {
  readonly how: string;
  readonly status: number;
  /** What the declared count says afterwards; undefined when no effect is declared. */
  readonly effects: number | undefined;
}

export const forgedDeliveries = defineFact<readonly Forged[], StripeOptions>({
  id: "stripe.forged-deliveries",
  access: "active",
  reach: "application",
  timeoutMs: 30_000,
  sends: "3 POST requests to the webhook that it must refuse",
  async collect(context) {
    const { doors } = context;
    const atSeconds = nowSeconds(context);
    const ways = [
      { how: "unsigned", signed: undefined },
      { how: "signed with another secret", signed: { secret: `whsec_${doors.random.hex(24)}`, atSeconds } },
      { how: "signed with an empty secret", signed: { secret: "", atSeconds } },
    ];
    const forged: Forged[] = [];
    for (const { how, signed } of ways) {
      const { ref, status } = await sendOnce(context, signed);
      forged.push({ how, status, effects: await effectsOf(context, ref) });
    }
    return forged;
  },
});

/** An event signed for bytes that a JSON parser would not give back: spaces, escapes, order, a trailing newline. */
export const oddBytesDelivery = defineFact<Delivered, StripeOptions>({
  id: "stripe.odd-bytes-delivery",
  access: "active",
  reach: "application",
  timeoutMs: 20_000,
  sends: "1 POST request to the webhook with a harmless, correctly signed event",
  async collect(context) {
    const { value } = probeEvent(context.doors);
    const body = `${JSON.stringify({ zeta: "caf\u00e9 / \u2028", ...value }, null, 3).replaceAll("/", "\\/")}\n \n`;
    return deliver(context, body, {
      secret: webhookSecret(context).reveal(),
      atSeconds: nowSeconds(context),
    });
  },
});

export interface OldDelivery {
  readonly ageSeconds: number;
  readonly status: number;
  readonly effects: number | undefined;
}

/** A true signature that is too old, as somebody would replay who once saw a delivery. */
export const oldDelivery = defineFact<OldDelivery, StripeOptions>({
  id: "stripe.old-delivery",
  access: "active",
  reach: "application",
  timeoutMs: 20_000,
  sends: "1 POST request to the webhook whose signature is too old, after a true one was accepted",
  async collect(context) {
    const ageSeconds = durationMs(context.subject.options.tolerance) / 1_000 + 60;
    const secret = webhookSecret(context).reveal();
    if (!isAccepted(await context.get(oddBytesDelivery))) {
      mustBeAccepted(await sendOnce(context, { secret, atSeconds: nowSeconds(context) }, { harmless: true }));
    }
    const { ref, status } = await sendOnce(context, { secret, atSeconds: nowSeconds(context) - ageSeconds });
    return { ageSeconds, status, effects: await effectsOf(context, ref) };
  },
});

export interface Replay {
  readonly deliveries: readonly Delivered[];
  readonly effects: number;
}

/** The same event twice at the same moment and once more: what a retry and a slow answer look like. */
export const replay = defineFact<Replay, StripeOptions>({
  id: "stripe.replay",
  access: "active",
  reach: "application",
  timeoutMs: 45_000,
  sends: "3 POST requests to the webhook with one and the same event, whose effect is the declared one",
  async collect(context) {
    const { effect } = context.subject.options;
    if (!effect) throw new NotObserved(effectWanted(context.subject.options));
    const { ref, value } = probeEvent(context.doors, effect.event);
    const body = JSON.stringify(value);
    const signed = { secret: webhookSecret(context).reveal(), atSeconds: nowSeconds(context) };
    const together = await Promise.all([deliver(context, body, signed), deliver(context, body, signed)]);
    const again = await deliver(context, body, signed);
    return { deliveries: [...together, again], effects: await settledCount(context, effect.count, ref) };
  },
});

/** What nobody but the team knows, as a line to fill in: what an event of theirs does, and where that is to be seen. */
function effectWanted({ events: [type = "checkout.session.completed"] = [] }: StripeOptions): string {
  const event = `{ type: "${type}", data: { object: { id: "{{ref}}" } } }`;
  const count = `"select count(*) from ... where event_id = 'evt_' || $1"`;
  return `no effect is declared: what one event does, and the SQL that counts it: stripe({ effect: { event: ${event}, count: ${count} } })`;
}

/** How long each correctly signed delivery took to be answered. */
export const acknowledgements = defineFact<readonly Delivered[], StripeOptions>({
  id: "stripe.acknowledgements",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  async collect(context) {
    const odd = await context.get(oddBytesDelivery);
    return context.subject.options.effect ? [odd, ...(await context.get(replay)).deliveries] : [odd];
  },
});

export interface Orders {
  readonly asHappened: string;
  readonly reversed: string;
}

export const deliveryOrders = defineFact<Orders, StripeOptions>({
  id: "stripe.delivery-orders",
  access: "active",
  reach: "application",
  timeoutMs: 45_000,
  sends: "4 POST requests to the webhook: the two declared events in either order",
  async collect(context) {
    const { order } = context.subject.options;
    if (!order) throw new Undeclared("no order is declared: stripe({ order: { events, state } })");
    const [first, second] = order.events;
    const secret = webhookSecret(context).reveal();
    const stateAfter = async (templates: readonly (typeof first)[]): Promise<string> => {
      const ref = `gonogo${context.doors.random.hex(9)}`;
      for (const [index, each] of templates.entries()) {
        const { value } = probeEvent(context.doors, each, ref);
        const body = JSON.stringify({ ...value, id: `evt_${ref}${index}` });
        mustBeAccepted(await deliver(context, body, { secret, atSeconds: nowSeconds(context) }));
      }
      return counted(context, order.state, ref);
    };
    return { asHappened: await stateAfter([first, second]), reversed: await stateAfter([second, first]) };
  },
});

async function sendOnce(context: Context, signed: Signed, { harmless = false } = {}) {
  const { doors, subject } = context;
  const { ref, value } = probeEvent(doors, harmless ? undefined : subject.options.effect?.event);
  const { status } = await deliver(context, JSON.stringify(value), signed);
  return { ref, status };
}

async function effectsOf(context: Context, ref: string): Promise<number | undefined> {
  const { effect } = context.subject.options;
  return effect && (await countOf(context, effect.count, ref));
}

async function countOf(context: Context, sql: string, ref: string): Promise<number> {
  const text = await counted(context, sql, ref);
  const count = Number(text);
  if (text === "" || !Number.isInteger(count))
    throw new NotObserved("effect.count does not give a whole number");
  return count;
}

/** A webhook may answer before the work is done: the count is asked again until it stands still above zero. */
async function settledCount(context: Context, sql: string, ref: string): Promise<number> {
  let before = -1;
  for (let attempt = 0; attempt < 20; attempt++) {
    const now = await countOf(context, sql, ref);
    if (now > 0 && now === before) return now;
    before = now;
    await context.doors.clock.delay(150, context.signal);
  }
  return before;
}

/** Where even a true event is refused, a refusal of a false one proves nothing. */
function mustBeAccepted(answer: Pick<Delivered, "status">): void {
  if (!isAccepted(answer)) {
    throw new NotObserved(
      `a correctly signed event was answered ${answer.status}, so a refusal proves nothing`,
    );
  }
}

function isAccepted({ status }: Pick<Delivered, "status">): boolean {
  return status >= 200 && status <= 299;
}

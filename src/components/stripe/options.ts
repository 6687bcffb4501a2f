import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { parseDuration } from "../../model/duration.ts";
import { EVENT_TYPES } from "./event-types.ts";

const duration = z
  .templateLiteral([z.number(), z.enum(["ms", "s", "m", "h", "d", "w"])])
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "300s"');
const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable");

/** Stripe adds event types all the time: only a name that nearly is a known one is taken for a slip. */
const eventType = z
  .string()
  .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/, 'expected a type of event such as "checkout.session.completed"')
  .superRefine((type, context) => {
    if (EVENT_TYPES.includes(type)) return;
    const near = EVENT_TYPES.find((known) => distance(known, type) <= 3);
    if (near)
      context.addIssue({ code: "custom", message: `Stripe has no "${type}"; did you mean "${near}"?` });
  });

const template = z
  .looseObject({ type: eventType, data: z.looseObject({ object: z.looseObject({}) }) })
  .describe(
    'The event as Stripe would send it, without id, created and livemode. "{{ref}}" in any text becomes a random word.',
  );
const countedBy = z
  .string()
  .min(1)
  .describe(
    "SQL whose one row and column is the answer; $1 is the random word of {{ref}}. The event's id is evt_$1.",
  );

const price = z
  .strictObject({
    id: z
      .string()
      .regex(/^(price|plan)_\w+$/, 'expected the id of a price such as "price_1NxYz"')
      .optional()
      .describe("Its id, where it is the same in every environment."),
    lookupKey: z.string().min(1).optional().describe("Its lookup key, which test and live mode may share."),
    variable: variableName.optional().describe("The variable with its id."),
    product: z.string().min(1).optional().describe("Name or id of the product it is a price of."),
    currency: z
      .string()
      .regex(/^[a-z]{3}$/i, 'expected a currency such as "eur"')
      .transform((currency) => currency.toLowerCase())
      .describe("Three letters."),
    unitAmount: z
      .int()
      .min(0)
      .describe("In the currency's smallest unit, as the code shows it: 1900 for 19.00 EUR."),
    interval: z
      .enum(["day", "week", "month", "year"])
      .optional()
      .describe("Of a subscription; absent: paid once."),
    intervalCount: z.int().min(1).default(1).describe("Every so many intervals."),
  })
  .refine(
    ({ id, lookupKey, variable }) =>
      [id, lookupKey, variable].filter((each) => each !== undefined).length === 1,
    "expected one of id, lookupKey and variable",
  );

export const stripeOptions = z.strictObject({
  webhook: z
    .string()
    .regex(/^\/\S*$/, 'expected a path such as "/stripe/webhook/"')
    .describe("Path Stripe delivers events to."),
  events: z.array(eventType).min(1).describe("Types of events the application relies on."),
  secretKeyVariable: variableName.default("STRIPE_SECRET_KEY").describe("The variable with the API key."),
  webhookSecretVariable: variableName
    .default("STRIPE_WEBHOOK_SECRET")
    .describe("The variable with the signing secret of the endpoint."),
  publishableKeyVariable: variableName.optional().describe("The variable with the key that browsers get."),
  apiUrlVariable: variableName
    .default("STRIPE_API_URL")
    .describe("The variable with the address of Stripe's API, for applications that read one."),
  standIn: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Shell line of a stand-in for Stripe on this machine, used outside production when no keys are given. It listens on PORT and finds its keys in the variables above.",
    ),
  mode: z
    .enum(["by stage", "test", "live"])
    .default("by stage")
    .describe(
      "Which keys belong here: live ones in production and test ones elsewhere, or one of them everywhere.",
    ),
  tolerance: duration.default("300s").describe("An older signature is refused."),
  publicUrlVariable: variableName
    .default("PUBLIC_URL")
    .describe(
      "The variable with the address people and Stripe know; without a value the environment's own is taken.",
    ),
  prices: z
    .array(price)
    .default([])
    .describe("Prices the application sells at, with what it shows; import the amounts from its code."),
  acknowledgeWithin: duration.default("5s").describe("An event is answered within this."),
  databaseVariable: variableName
    .default("DATABASE_URL")
    .describe("The database that the counts below are asked of."),
  effect: z
    .strictObject({ event: template, count: countedBy })
    .optional()
    .describe(
      "An event that does something harmless, and how often it did: proves that a replay has one effect.",
    ),
  order: z
    .strictObject({
      events: z.tuple([template, template]),
      state: countedBy,
      expected: z
        .string()
        .optional()
        .describe("What the state must be. Without it both orders only have to agree."),
    })
    .optional()
    .describe(
      "Two events in the order they happen, and the state they lead to: proves that the other order does too. Their ids are evt_$1 and one digit.",
    ),
});

export type StripeOptions = z.output<typeof stripeOptions>;
export type EventTemplate = NonNullable<StripeOptions["effect"]>["event"];
export type DeclaredPrice = z.output<typeof price>;

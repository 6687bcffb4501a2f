import { z } from "zod";
import { defineFact, type FactContext, NotObserved, Undeclared } from "../../model/fact.ts";
import type { DeclaredPrice, StripeOptions } from "./options.ts";
import { apiOf, askStripe, isMissingResource, saidOf } from "./stripe-api.ts";

/** A declared price and what Stripe has of it. */
export interface SeenPrice {
  /** "price_1N...", "lookup key pro_monthly", "STRIPE_PRICE_PRO". */
  readonly name: string;
  readonly declared: DeclaredPrice;
  readonly found: FoundPrice | { readonly missing: string };
}

export interface FoundPrice {
  readonly id: string;
  readonly isActive: boolean;
  readonly product: { readonly id: string; readonly name: string; readonly isActive: boolean };
  /** Lower case. */
  readonly currency: string;
  /** In the currency's smallest unit; a decimal text where it has fractions; undefined: tiers, or whatever is paid. */
  readonly amount: string | undefined;
  /** "month", "3 month"; undefined: paid once. */
  readonly interval: string | undefined;
}

const price = z
  .object({
    id: z.string(),
    active: z.boolean(),
    currency: z.string(),
    unit_amount: z.number().nullish(),
    unit_amount_decimal: z.string().nullish(),
    recurring: z.object({ interval: z.string(), interval_count: z.number() }).nullish(),
    product: z.object({
      id: z.string(),
      name: z.string().default(""),
      active: z.boolean().default(false),
      deleted: z.boolean().optional(),
    }),
  })
  .transform(
    ({ id, active, currency, product, recurring, unit_amount, unit_amount_decimal }): FoundPrice => ({
      id,
      isActive: active,
      product: { id: product.id, name: product.name, isActive: product.active && !product.deleted },
      currency: currency.toLowerCase(),
      amount: unit_amount?.toString() ?? unit_amount_decimal ?? undefined,
      interval: recurring ? intervalOf(recurring.interval, recurring.interval_count) : undefined,
    }),
  );

export function intervalOf(interval: string, count: number): string {
  return count === 1 ? interval : `${count} ${interval}`;
}

export const declaredPrices = defineFact<readonly SeenPrice[], StripeOptions>({
  id: "stripe.declared-prices",
  access: "read",
  reach: "environment",
  timeoutMs: 120_000,
  attempts: 2,
  async collect(context) {
    const { prices } = context.subject.options;
    if (prices.length === 0) throw new Undeclared("no price is declared: stripe({ prices })");
    const seen: SeenPrice[] = [];
    for (const declared of prices) {
      const { name, found } =
        declared.lookupKey === undefined
          ? await byId(context, declared)
          : await byLookupKey(context, declared.lookupKey);
      seen.push({ name, declared, found });
    }
    return seen;
  },
});

type Found = Pick<SeenPrice, "name" | "found">;

async function byId(context: FactContext<StripeOptions>, declared: DeclaredPrice): Promise<Found> {
  const { variable } = declared;
  const name = variable ?? declared.id ?? "";
  const id =
    variable === undefined
      ? declared.id
      : context.subject.variables.values.get(variable)?.value.reveal().trim();
  if (!id) throw new NotObserved(`${name} is not set`);
  const answer = await askStripe(context, `/v1/prices/${encodeURIComponent(id)}?expand[]=product`);
  if (answer.status === 200) return { name, found: price.parse(answer.body) };
  if (!isMissingResource(answer)) throw withoutPrices(context);
  const said = saidOf(answer) ?? "no such price";
  // A key may stand in the variable by mistake, and Stripe quotes what it was asked for.
  return { name, found: { missing: variable === undefined ? said : said.replaceAll(id, `[${variable}]`) } };
}

/** A key belongs to one price at a time; a price that is no longer active keeps its key until another takes it. */
async function byLookupKey(context: FactContext<StripeOptions>, key: string): Promise<Found> {
  const name = `lookup key ${key}`;
  const query = `lookup_keys[]=${encodeURIComponent(key)}&expand[]=data.product`;
  const answer = await askStripe(context, `/v1/prices?${query}`);
  if (answer.status !== 200) throw withoutPrices(context);
  const [first] = z.object({ data: z.array(price) }).parse(answer.body).data;
  return { name, found: first ?? { missing: `no price with the lookup key ${key}` } };
}

function withoutPrices(context: FactContext<StripeOptions>): Error {
  return apiOf(context).isStripe
    ? new NotObserved("there are no prices to read (404)")
    : new NotObserved("the stand-in for Stripe has no prices");
}

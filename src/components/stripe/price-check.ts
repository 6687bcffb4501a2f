import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import type { DeclaredPrice } from "./options.ts";
import { declaredPrices, type FoundPrice, intervalOf, type SeenPrice } from "./price-facts.ts";

export const priceMatches = defineCheck({
  id: "payment.price.matches",
  title: "The declared products and prices exist at Stripe, are active and cost what the code says",
  consequence: "Checkouts fail, or people are charged another amount than they were shown.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    Stripe products created | Stripe prices created | Stripe products and prices set up
    products and prices created in live mode | live price IDs configured | price IDs updated for production
    Stripe price IDs correct | prices match Stripe | pricing matches Stripe | subscription plans created in Stripe
    Stripe price ids in environment variables | live mode products exist | displayed price equals the charged price
    Preise in Stripe angelegt | Produkte in Stripe angelegt | productos y precios creados en Stripe
    produits et prix créés dans Stripe | produtos e preços criados no Stripe
    live price IDs verified | all live price IDs configured | create products in Stripe
    create products and prices in Stripe | Stripe plan prices | Stripe product and price IDs
    create prices in live mode | Stripe products mapped to prices | products set up in Stripe
    Stripe products set up for production | checkout charges the displayed price
  `),
  source: "https://docs.stripe.com/api/prices/object",
  needs: { seen: declaredPrices },
  run({ seen }) {
    const wrong = seen.flatMap((each) => {
      const troubles = troublesOf(each);
      return troubles.length === 0 ? [] : [{ ...each, troubles }];
    });
    const measured = { prices: seen.length, wrong: wrong.length };
    if (wrong.length === 0) {
      const names = seen.map(({ name, declared }) => `${name}: ${told(declared)}`);
      return pass(`${names.slice(0, 5).join("; ")}${names.length > 5 ? "; ..." : ""}`, measured);
    }
    const isAbsent = wrong.every(({ found }) => "missing" in found);
    return fail(
      `${wrong.length} of ${quantity(seen.length, "price")} ${isAbsent ? "not at Stripe" : "not as declared"}`,
      {
        expected: wrong.map(({ name, declared }) => `${name}: ${told(declared)}, active`).join("; "),
        found: wrong.map(({ name, troubles }) => `${name}: ${troubles.join(", ")}`).join("; "),
        fix: "create or activate the price in this mode of Stripe's account (a price's amount cannot be changed: make a new one), or correct the declaration and what the pages show",
        findings: wrong.map(({ name }) => name),
        measured,
      },
    );
  },
});

function troublesOf({ declared, found }: SeenPrice): string[] {
  if ("missing" in found) return [found.missing];
  const { product, currency, amount, interval } = found;
  const wanted = wantedInterval(declared);
  const isOther =
    currency !== declared.currency || amount !== String(declared.unitAmount) || interval !== wanted;
  return [
    ...(isOther ? [`${shown(found)} instead of ${told(declared)}`] : []),
    ...(found.isActive ? [] : ["not active"]),
    ...(product.isActive ? [] : [`its product ${product.name || product.id} is not active`]),
    ...(declared.product === undefined || declared.product === product.name || declared.product === product.id
      ? []
      : [`a price of ${product.name} instead of ${declared.product}`]),
  ];
}

function wantedInterval({ interval, intervalCount }: DeclaredPrice): string | undefined {
  return interval && intervalOf(interval, intervalCount);
}

/** "1900 eur every month", in the smallest unit, as Stripe counts. */
function told(declared: DeclaredPrice): string {
  const interval = wantedInterval(declared);
  return amountOf(String(declared.unitAmount), declared.currency, interval);
}

function shown({ amount, currency, interval }: FoundPrice): string {
  return amountOf(amount ?? "no fixed amount", currency, interval);
}

function amountOf(amount: string, currency: string, interval: string | undefined): string {
  return `${amount} ${currency} ${interval === undefined ? "once" : `every ${interval}`}`;
}

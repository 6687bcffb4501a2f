import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, type Outcome, pass, unknown } from "../../model/outcome.ts";
import type { Subject } from "../../model/subject.ts";
import { ways } from "../../model/ways.ts";
import { type KeyMode, keyModes, webhookSecretElsewhere } from "./credential-facts.ts";
import type { StripeOptions } from "./options.ts";

export const modeLive = defineCheck({
  id: "payment.mode.live",
  title: "Stripe's keys belong to this environment's mode",
  consequence: "In production no real payment is taken; elsewhere tests charge real cards.",
  severity: "blocker",
  phase: "staging",
  freshFor: "7d",
  every: "1h",
  asks: ways(`
    stripe production keys | stripe live mode keys in production | stripe test keys in staging
    switch stripe to live mode | live mode enabled | payment live mode | Stripe live keys obtained
    payment gateway in live mode | switch payment provider to live mode | Stripe live mode
    Stripe live keys configured | live Stripe keys | payment gateway live | Stripe in live mode
    Stripe production mode enabled | Stripe configured | switch Stripe to live
    replace test keys with live keys | STRIPE_SECRET_KEY is sk_live | Stripe keys in live mode | live mode
    payments in live mode | Stripe live | sk_live_ key | live keys in production | Stripe keys live
    payment provider in live mode | test keys in staging and live keys in production
    Stripe account in live mode | live publishable key added | live Stripe keys in production
    no sk_test keys in production | no sk_test_ keys
    pk_live key | sk_live | sk_live key | pk_live | no sk_test
    live payment mode enabled | pk_live instead of pk_test | change pk_test to pk_live
    replace sk_test with sk_live | sk_live instead of sk_test | Stripe test mode disabled
    live Stripe API key | account activated in live mode
    live Stripe API keys configured
  `),
  source: "https://docs.stripe.com/keys#obtain-api-keys",
  needs: { modes: keyModes },
  run({ modes }, subject) {
    const { secretKeyVariable, publishableKeyVariable } = subject.options;
    if (modes.secretKey === undefined) return unknown(`${secretKeyVariable} is not set`);
    const keys = [{ variable: secretKeyVariable, mode: modes.secretKey, prefix: "sk" }];
    if (publishableKeyVariable !== undefined && modes.publishableKey !== undefined) {
      keys.push({ variable: publishableKeyVariable, mode: modes.publishableKey, prefix: "pk" });
    }
    return judgeModes(keys, subject);
  },
});

function judgeModes(
  keys: readonly { variable: string; mode: KeyMode; prefix: string }[],
  { environment, options }: Subject<StripeOptions>,
): Outcome {
  const byStage = environment.stage === "production" ? "live" : "test";
  const wanted = options.mode === "by stage" ? byStage : options.mode;
  const wrong = keys.filter(({ mode }) => mode !== wanted);
  if (wrong.length === 0)
    return pass(`${keys.map(({ variable }) => variable).join(" and ")}: ${wanted} mode`);
  const found = wrong.map(
    ({ variable, mode }) =>
      `${variable}: ${mode === "unrecognised" ? "no key of Stripe's" : `a ${mode} key`}`,
  );
  return fail(`${environment.name} does not hold ${wanted} keys`, {
    expected: keys.map(({ variable, prefix }) => `${variable} begins with ${prefix}_${wanted}_`).join(", "),
    found: found.join(", "),
    fix: `put the ${wanted} key of Stripe's dashboard (Developers, API keys) into ${wrong.map(({ variable }) => variable).join(" and ")} of ${environment.name}`,
    findings: wrong.map(({ variable }) => variable),
  });
}

export const secretPerEnvironment = defineCheck({
  id: "webhook.secret.per-env",
  title: "Each environment has a webhook secret of its own",
  consequence: "Events made in one environment are believed in the other.",
  severity: "blocker",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    webhook signing secret per environment | separate stripe webhook secret for production
    webhook secrets differ between environments | Separate webhook secret per environment
    webhook signing secret differs between environments | STRIPE_WEBHOOK_SECRET per environment
    STRIPE_WEBHOOK_SECRET for each environment | each environment has its own whsec
    whsec for production | separate webhook endpoint secrets for test and live
    webhook secret not shared with staging | production does not reuse the signing secret
    own webhook secret for each environment | different webhook secrets
    staging has its own webhook secret | separate whsec
    separate whsec for staging | own whsec | different whsec | live signing secret separate from test
    production has its own webhook secret
  `),
  source: "https://docs.stripe.com/webhooks#roll-endpoint-secrets",
  needs: { elsewhere: webhookSecretElsewhere },
  run({ elsewhere: { compared, same } }, { options, environment }) {
    if (compared.length === 0) return notApplicable("there is no other environment to compare with");
    if (same.length === 0) return pass(`differs from ${compared.join(", ")}`, { compared: compared.length });
    return fail("another environment has the same webhook secret", {
      expected: "a secret of its own, as each endpoint in Stripe's dashboard has",
      found: `the same value in ${same.join(", ")}`,
      fix: `create an endpoint for ${environment.name} in Stripe's dashboard and put its signing secret into ${options.webhookSecretVariable}`,
      findings: same,
    });
  },
});

import { beginWalk, type WalkedStep } from "../../facts/walk.ts";
import { defineCheck } from "../../model/check.ts";
import { defineFact } from "../../model/fact.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import type { ScenarioOptions } from "./options.ts";

export interface Walked {
  readonly steps: readonly WalkedStep[];
  /** Those that clean up and did not go as expected. */
  readonly left: readonly WalkedStep[];
}

const scenarioWalk = defineFact<Walked, ScenarioOptions>({
  id: "scenario.walk",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends: "the requests of its steps, with accounts and data of its own",
  async collect(context) {
    const { steps, afterwards = [] } = context.subject.options;
    const walk = beginWalk(context);
    const taken = await walk.take(steps);
    const left: WalkedStep[] = [];
    for (const step of afterwards) {
      // What was never made cannot be taken away.
      const [one] = await walk.take([step]).catch(() => []);
      if (one?.difference) left.push(one);
    }
    return { steps: taken, left };
  },
});

export const walked = defineCheck({
  id: "scenario.passes",
  title: "The walk through the application succeeds, step by step",
  consequence: "Users stand before a step that does not work, although every part of it does.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "15m",
  asks: ways(`
    test critical user flows | smoke tests pass | run smoke tests
    user journey tested | End-to-end purchase | User journeys | smoke test script | smoke scenarios passed
    all smoke tests pass | post-deployment smoke test | core user flows work end-to-end
    flow works end-to-end | checkout flow tested | payment flow tested | registration flow tested
    booking flow tested | end-to-end booking test | critical paths tested | critical user paths tested
    happy path tested | critical features tested | critical functionality tested | test core functionality
    user workflows tested | test purchase flow | user flow tests | smoke tests on production | smoke check
    run the smoke script | critical flows verified | user flows verified | order flow tested
    end-to-end checkout tested | payments tested in test mode | signup flow tested | sign-up flow tested
    checkout works end-to-end | payment works | checkout process works | core features tested
    core functionality works | acceptance flows pass | walk through the user flow | test purchase end-to-end
    critical functionality verified | complete order flow | booking flow | walk through the application
    sign-up to first order works end to end | walk through the checkout as a new user
    register, log in, log out | purchase flow works | sign-up to payment tested end to end
    registration to payment works | log in, create, log out works | happy path works | golden path tested
    key user scenarios tested | user scenarios pass | critical business flows verified
    order placed end to end | smoke test checklist | main workflows tested | business workflows tested
    critical paths verified | core features working | complete workflow verified end to end
    main use cases verified | user scenarios verified | walkthrough of the main flow
    regression of critical flows | end-to-end booking works | new user can sign up and complete a purchase
    end-to-end test on production | login, search, add to cart, checkout | new visitor can sign up and pay
    complete order process tested | sign up, pay, see dashboard | add to cart and checkout works
    log in and see the dashboard | log in as admin and the dashboard loads
    authentication flow tested end-to-end | login flow works end-to-end
    payment flow tested with test cards | subscription flow tested
    onboarding tested end to end by a new user | purchase with a test card
    new user can register, subscribe and see the invoice | password reset flow works end to end
    password reset works end to end | user can register and buy a plan
    checkout tested from cart to confirmation | users can register and log in
    sign up, verify email, log in | smoke test the deployed application | user can sign up and log in
    login, registration and logout work | place a test order and see it in the admin
    user can reset their password | test order shows up in the admin | payment functionality works
    payment function normal | subscription purchase completes | one-time purchase completes
    smoke purchase in production | test purchase completes
    test order with a card | order a test product with a card | test order placed and paid
    booking to payment to completion tested | booking creation to payment tested
    smoke test output without failures | production smoke has no failures | smoke checks pass
    public smoke checks pass | create an account and place an order
    order placed and confirmation shown | order confirmation after payment
    account created, order placed | signup and login tested | test payment succeeds
    test payment completed | test transaction goes through | CRUD operations work
    create, edit and delete records works
  `),
  source: "https://martinfowler.com/bliki/SyntheticMonitoring.html",
  needs: { walk: scenarioWalk },
  run({ walk: { steps, left } }, { options: { steps: declared }, component }) {
    const failed = steps.find(({ difference }) => difference);
    const totalMs = steps.reduce((sum, { tookMs }) => sum + tookMs, 0);
    const measured = Object.fromEntries([
      ...steps.map(({ name, status, tookMs }, at) => [
        `${at + 1} ${name}`,
        `${status === undefined ? "" : `${status}, `}${tookMs} ms`,
      ]),
      ["totalMs", totalMs],
      ...(left.length > 0 ? [["notCleanedUp", left.map(({ name }) => name).join(", ")]] : []),
    ]) as Record<string, string | number>;
    if (failed?.difference) {
      return fail(`step ${steps.length} of ${declared.length} does not succeed: ${failed.name}`, {
        ...failed.difference,
        fix: `let "${failed.name}" answer as expected, or correct components.${component}.steps[${steps.length - 1}]`,
        measured,
      });
    }
    return pass(`${quantity(steps.length, "step")} in ${totalMs} ms`, measured);
  },
});

import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Stage } from "../../model/phase.ts";
import { Secret } from "../../model/secret.ts";
import type { Subject } from "../../model/subject.ts";
import { openDoors } from "../../system/doors.ts";
import { modeLive, secretPerEnvironment } from "./credential-checks.ts";
import { type StripeOptions, stripeOptions } from "./options.ts";
import { provisionPayments } from "./provision.ts";
import { stripe } from "./stripe.ts";

const PLAIN = { webhook: "/hook", events: ["charge.refunded"] };

async function outcomeOf(check: AnyCheck, subject: Subject<StripeOptions>): Promise<Outcome> {
  await using doors = openDoors();
  return (await ask(createObserver(doors), subject, check)).outcome;
}

function subjectOf(variables: Record<string, string>, stage: Stage, options: Record<string, unknown> = {}) {
  return subjectFor({
    options: stripeOptions.parse({ ...PLAIN, ...options }),
    variables,
    environment: { name: stage, stage, allows: ["read"] },
  });
}

describe("payment.mode.live", () => {
  it.each<[Stage, string, Record<string, unknown>, string, RegExp]>([
    ["staging", "sk_test_canary", {}, "pass", /test mode/],
    ["staging", "rk_test_canary", {}, "pass", /test mode/],
    ["production", "sk_live_canary", {}, "pass", /live mode/],
    ["production", "sk_test_canary", {}, "fail", /begins with sk_live_.*a test key/s],
    ["staging", "sk_live_canary", {}, "fail", /a live key/],
    ["staging", "pk_test_canary", {}, "fail", /no key of Stripe's/],
    ["production", "sk_test_canary", { mode: "test" }, "pass", /test mode/],
  ])("in %s with %s… %o: %s %s", async (stage, key, options, status, told) => {
    const outcome = await outcomeOf(modeLive, subjectOf({ STRIPE_SECRET_KEY: key }, stage, options));
    expect(outcome.status).toBe(status);
    expect(JSON.stringify(outcome)).toMatch(told);
    expect(JSON.stringify(outcome)).not.toContain("canary");
  });

  it("is unknown without a key, and tells which of two is wrong", async () => {
    expect(await outcomeOf(modeLive, subjectOf({}, "production"))).toMatchObject({
      reason: "STRIPE_SECRET_KEY is not set",
    });
    const both = { STRIPE_SECRET_KEY: "sk_live_canary", PUBLISHABLE: "pk_test_canary" };
    const outcome = await outcomeOf(
      modeLive,
      subjectOf(both, "production", { publishableKeyVariable: "PUBLISHABLE" }),
    );
    expect(outcome).toMatchObject({ status: "fail", findings: ["PUBLISHABLE"] });
  });
});

describe("webhook.secret.per-env", () => {
  it("compares with the other environments' files, and never shows a value", async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "gonogo-stripe-"));
    const file = (name: string, value: string) =>
      writeFile(path.join(directory, name), `# keys\nexport STRIPE_WEBHOOK_SECRET='${value}'\n`);
    const subject = (value: string) => {
      const plain = subjectOf({}, "staging");
      const given = { value: new Secret(value), source: ".env.staging:2" };
      return {
        ...plain,
        directory,
        variables: { declared: [], values: new Map([["STRIPE_WEBHOOK_SECRET", given]]) },
      };
    };
    try {
      await file(".env.staging", "whsec_canary1");
      await file(".env.example", "whsec_canary1");
      expect((await outcomeOf(secretPerEnvironment, subject("whsec_canary1"))).status).toBe("not applicable");
      await file(".env.production", "whsec_canary2");
      expect((await outcomeOf(secretPerEnvironment, subject("whsec_canary1"))).status).toBe("pass");
      const shared = await outcomeOf(secretPerEnvironment, subject("whsec_canary2"));
      expect(shared).toMatchObject({ status: "fail", findings: [".env.production"] });
      expect(JSON.stringify(shared)).not.toContain("canary");
      expect((await outcomeOf(secretPerEnvironment, subjectOf({}, "staging"))).status).toBe("unknown");
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe("the stand-in of this machine", () => {
  it("is never supplied in production, has test keys, and keeps them", async () => {
    await using doors = openDoors();
    const directory = await mkdtemp(path.join(tmpdir(), "gonogo-stripe-"));
    const request = (stage: "staging" | "production", standIn?: string) => ({
      name: "payments",
      options: stripeOptions.parse({ ...PLAIN, standIn }),
      launch: "soulseer",
      project: "/project",
      stage,
      directory,
      doors,
      port: async () => 4_802,
      signal: new AbortController().signal,
    });
    try {
      expect(await provisionPayments(request("production", "node payments.ts"))).toBeUndefined();
      expect(await provisionPayments(request("staging"))).toBeUndefined();
      const first = await provisionPayments(request("staging", "node payments.ts"));
      const second = await provisionPayments(request("staging", "node payments.ts"));
      expect(first?.service).toMatchObject({ cwd: "/project", port: 4_802, env: { PORT: "4802" } });
      const variables = Object.fromEntries(
        Object.entries(first?.variables ?? {}).map(([name, value]) => [name, value.reveal()]),
      );
      expect(variables).toEqual({
        STRIPE_API_URL: "http://127.0.0.1:4802",
        STRIPE_SECRET_KEY: expect.stringMatching(/^sk_test_[0-9a-f]{48}$/),
        STRIPE_WEBHOOK_SECRET: expect.stringMatching(/^whsec_[0-9a-f]{48}$/),
      });
      expect(second?.service.env).toEqual(first?.service.env);
      expect((await stat(path.join(directory, "stand-in-keys"))).mode & 0o777).toBe(0o600);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe("the declaration", () => {
  it("knows Stripe's events and tells which one was meant", () => {
    const parsed = stripeOptions.safeParse({
      ...PLAIN,
      events: ["checkout.session.complete", "new.thing.of_tomorrow"],
    });
    expect(parsed.error?.issues.map(({ message, path: at }) => [at, message])).toEqual([
      [
        ["events", 0],
        'Stripe has no "checkout.session.complete"; did you mean "checkout.session.completed"?',
      ],
    ]);
  });

  it("refuses what it does not know", () => {
    expect(stripeOptions.safeParse({ ...PLAIN, webhooks: "/x" }).success).toBe(false);
  });

  it("asks for its variables, prefixes included", () => {
    const variables = stripe.definition.variables(
      stripeOptions.parse({ ...PLAIN, publishableKeyVariable: "PUBLISHABLE" }),
      "payments",
    );
    expect(variables.map(({ name, secret }) => [name, secret])).toEqual([
      ["STRIPE_SECRET_KEY", true],
      ["STRIPE_WEBHOOK_SECRET", true],
      ["PUBLISHABLE", false],
    ]);
    expect(variables[0]?.livePrefixes).toContain("sk_live_");
  });
});

import { afterAll, describe, expect, it } from "vitest";
import { subjectFor } from "../../../../test/fixtures/subject.ts";
import { ask } from "../../../assess/ask.ts";
import { createObserver } from "../../../facts/observer.ts";
import type { AnyCheck } from "../../../model/check.ts";
import type { Outcome } from "../../../model/outcome.ts";
import type { Stage } from "../../../model/phase.ts";
import { Secret } from "../../../model/secret.ts";
import type { OtherEnvironment, Subject } from "../../../model/subject.ts";
import type { Variable } from "../../../model/variable.ts";
import { openDoors } from "../../../system/doors.ts";
import { variablesOptions } from "../options.ts";
import { productionCredentialElsewhere, testCredentialInProduction } from "./credential-checks.ts";
import { clientExposure, parity } from "./exposure-checks.ts";
import { sharedSecretReuse } from "./reuse-checks.ts";

const doors = openDoors();
afterAll(() => doors[Symbol.asyncDispose]());

function secret(name: string, change: Partial<Variable> = {}): Variable {
  return {
    name,
    declaredBy: "launch",
    is: { type: "string" },
    required: true,
    secret: true,
    description: "",
    ...change,
  };
}

interface Asked {
  readonly stage?: Stage;
  readonly variables: Record<string, string>;
  readonly declared?: readonly Variable[];
  readonly others?: readonly OtherEnvironment[];
  readonly options?: Record<string, unknown>;
  readonly provisioned?: boolean;
}

async function answer(check: AnyCheck, asked: Asked): Promise<Outcome> {
  const stage = asked.stage ?? "staging";
  const subject = subjectFor({
    options: variablesOptions.parse(asked.options ?? {}),
    variables: asked.variables,
    declared: asked.declared ?? Object.keys(asked.variables).map((name) => secret(name)),
    environment: { name: stage, stage, allows: ["read"] },
    ...(asked.others && { otherEnvironments: asked.others }),
  });
  const values = [...subject.variables.values].map(
    ([name, { value }]) => [name, { value, source: "provisioned by db" }] as const,
  );
  const given = asked.provisioned
    ? { ...subject, variables: { ...subject.variables, values: new Map(values) } }
    : subject;
  const { outcome } = await ask(createObserver(doors), given as Subject, check);
  for (const value of Object.values(asked.variables)) expect(JSON.stringify(outcome)).not.toContain(value);
  return outcome;
}

function other(name: string, stage: Stage, values: Record<string, string>): OtherEnvironment {
  const prints = Object.entries(values).map(([key, text]) => [key, new Secret(text).fingerprint("salt")]);
  return { name, stage, names: Object.keys(values), fingerprints: Object.fromEntries(prints), salt: "salt" };
}

describe("config.env.test-credential-in-production", () => {
  const asked = (variables: Record<string, string>, more: Partial<Asked> = {}) =>
    answer(testCredentialInProduction, { stage: "production", variables, ...more });

  it.each([
    ["sk_test_canary", "begins with sk_test_"],
    ["https://api.sandbox.canary.com/v1", "sandbox or staging host"],
    ["postgres://u:p@db.staging.canary.com/x", "sandbox or staging host"],
    ["redis://localhost:6379/canary", "the machine itself"],
    ["https://canary.com,http://127.0.0.1:3000", "the machine itself"],
    ["localhost:9200", "the machine itself"],
    ["http://[::1]:8025/canary", "the machine itself"],
    ["https://canary.local/hook", "no public network"],
  ])("finds %s", async (value, told) => {
    const outcome = await asked({ SETTING: value });
    expect(outcome).toMatchObject({ status: "fail", findings: ["SETTING"] });
    expect(JSON.stringify(outcome)).toContain(told);
  });

  it("knows the prefixes a component declares", async () => {
    const declared = [secret("MAIL_KEY", { testPrefixes: ["trial-"] })];
    expect((await asked({ MAIL_KEY: "trial-canary" }, { declared })).status).toBe("fail");
    expect((await asked({ MAIL_KEY: "real-canary" }, { declared })).status).toBe("pass");
  });

  it("accepts public hosts, where to listen, what is declared local and what the target made", async () => {
    const fine = {
      API: "https://api.canary.com",
      HOST: "127.0.0.1",
      CACHE_URL: "redis://127.0.0.1:6379/canary",
    };
    expect((await asked(fine, { options: { onThisMachine: ["CACHE_URL"] } })).status).toBe("pass");
    expect((await asked({ DATABASE_URL: "postgres://127.0.0.1/canary" }, { provisioned: true })).status).toBe(
      "pass",
    );
  });

  it("asks production only", async () => {
    expect((await asked({ KEY: "sk_test_canary" }, { stage: "staging" })).status).toBe("not applicable");
  });
});

describe("config.env.production-credential-elsewhere", () => {
  const asked = (variables: Record<string, string>, more: Partial<Asked> = {}) =>
    answer(productionCredentialElsewhere, { variables, ...more });

  it("finds live prefixes outside production", async () => {
    expect(await asked({ PAY: "sk_live_canary" })).toMatchObject({ status: "fail", findings: ["PAY"] });
    expect((await asked({ PAY: "sk_live_canary" }, { stage: "production" })).status).toBe("not applicable");
  });

  it("finds production's secret in staging, also under another name, from either side", async () => {
    const production = other("live", "production", { OLD_KEY: "canary-1", FINE: "canary-2" });
    const outcome = await asked({ KEY: "canary-1", FINE: "canary-3" }, { others: [production] });
    expect(outcome).toMatchObject({ status: "fail", findings: ["KEY in live"] });
    expect(JSON.stringify(outcome)).toContain("same value in live as OLD_KEY");
    const staging = other("staging", "staging", { KEY: "canary-1" });
    const seenFromProduction = await asked({ KEY: "canary-1" }, { stage: "production", others: [staging] });
    expect(seenFromProduction).toMatchObject({ status: "fail", findings: ["KEY in staging"] });
  });

  it("accepts settings, declared exceptions, and staging sharing with a preview", async () => {
    const production = other("live", "production", { DSN: "canary-1", REGION: "canary-2" });
    const outcome = await asked(
      { DSN: "canary-1", REGION: "canary-2" },
      {
        others: [production, other("preview", "preview", { DSN: "canary-1" })],
        declared: [secret("DSN"), secret("REGION", { secret: false })],
        options: { sameEverywhere: ["DSN"] },
      },
    );
    expect(outcome).toMatchObject({ status: "pass", measured: { comparedEnvironments: 1 } });
  });

  it("cannot tell when production's values are out of reach", async () => {
    const hidden = { ...other("live", "production", {}), unreadable: "op: not signed in" };
    expect(await asked({ KEY: "canary-1" }, { others: [hidden] })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("op: not signed in"),
    });
  });
});

describe("config.env.shared-secret-reuse", () => {
  const asked = (variables: Record<string, string>, declared?: readonly Variable[]) =>
    answer(sharedSecretReuse, { variables, ...(declared && { declared }) });

  it("finds two names of one secret", async () => {
    expect(await asked({ A: "canary-1", B: "canary-1", C: "canary-2" })).toMatchObject({
      status: "fail",
      findings: ["A = B"],
    });
  });

  it("passes with different ones, passes over addresses, needs two", async () => {
    expect((await asked({ A: "canary-1", B: "canary-2" })).status).toBe("pass");
    const url = { is: { type: "url" } } as const;
    const addresses = [secret("A", url), secret("B", url), secret("C"), secret("D")];
    const values = { A: "redis://canary", B: "redis://canary", C: "canary-1", D: "canary-2" };
    expect((await asked(values, addresses)).status).toBe("pass");
    expect((await asked({ A: "canary-1" })).status).toBe("not applicable");
  });
});

describe("config.env.client-exposure", () => {
  const asked = (variables: Record<string, string>, declared: readonly Variable[] = []) =>
    answer(clientExposure, { variables, declared });

  it.each([
    ["declared secret", { VITE_KEY: "canary-1" }, [secret("VITE_KEY")], "VITE_KEY is a secret"],
    ["secret by its name", { NEXT_PUBLIC_JWT_SECRET: "canary-1" }, [], "is a secret"],
    [
      "secret's copy",
      { PUBLIC_MAP: "canary-1", PAY_KEY: "canary-1" },
      [secret("PAY_KEY")],
      "the same value as PAY_KEY",
    ],
  ])("finds a %s", async (_what, values, declared, told) => {
    const outcome = await asked(values, declared);
    expect(outcome.status).toBe("fail");
    expect(JSON.stringify(outcome)).toContain(told);
  });

  it("passes with plain public settings and does not apply without any", async () => {
    expect((await asked({ VITE_API: "canary-1", KEY: "canary-2" }, [secret("KEY")])).status).toBe("pass");
    expect((await asked({ KEY: "canary-2" }, [secret("KEY")])).status).toBe("not applicable");
  });
});

describe("config.env.parity", () => {
  const production = other("live", "production", { A: "canary-1", B: "canary-2" });
  const asked = (variables: Record<string, string>, more: Partial<Asked> = {}) =>
    answer(parity, { variables, others: [production], ...more });

  it("names what is set on one side only, in both directions", async () => {
    const outcome = await asked({ A: "canary-3", C: "canary-4" });
    expect(outcome).toMatchObject({ status: "warn", findings: ["C", "B"] });
    expect(JSON.stringify(outcome)).toContain("B in live, not in staging");
  });

  it("passes with the same names and with declared differences", async () => {
    expect((await asked({ A: "canary-3", B: "canary-4" })).status).toBe("pass");
    expect((await asked({ A: "canary-3" }, { options: { differences: ["B"] } })).status).toBe("pass");
  });

  it("asks nobody to set what is supplied, on either side", async () => {
    const all = { A: "canary-3", B: "canary-4", DATABASE_URL: "canary-5" };
    expect((await asked(all, { provisioned: true })).status).toBe("pass");
    const supplied = { ...production, supplied: ["DATABASE_URL"] };
    expect((await asked(all, { others: [supplied] })).status).toBe("pass");
    expect(await asked(all)).toMatchObject({ status: "warn", findings: ["DATABASE_URL"] });
  });

  it("does not apply alone or in a preview", async () => {
    expect((await asked({ A: "canary-3" }, { others: [] })).status).toBe("not applicable");
    expect((await asked({ A: "canary-3" }, { stage: "preview" })).status).toBe("not applicable");
  });
});

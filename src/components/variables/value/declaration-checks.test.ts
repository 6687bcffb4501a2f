import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { subjectFor } from "../../../../test/fixtures/subject.ts";
import { ask } from "../../../assess/ask.ts";
import { createObserver, type Observer } from "../../../facts/observer.ts";
import type { AnyCheck } from "../../../model/check.ts";
import type { Outcome } from "../../../model/outcome.ts";
import { Secret } from "../../../model/secret.ts";
import { settingPrint } from "../../../model/setting-print.ts";
import type { Subject } from "../../../model/subject.ts";
import type { Variable, VariableType } from "../../../model/variable.ts";
import { openDoors } from "../../../system/doors.ts";
import { variablesOptions } from "../options.ts";
import { declaredPresent, placeholderValue, typed } from "./declaration-checks.ts";
import { placeholderRule } from "./placeholder.ts";

const folder = createGitFolder({ ".env.example": "API_TOKEN=abc-from-the-template\nLOG_LEVEL=info\n" });
const doors = openDoors();
afterAll(async () => {
  folder[Symbol.dispose]();
  await doors[Symbol.asyncDispose]();
});

function variable(name: string, change: Partial<Variable> = {}): Variable {
  return {
    name,
    declaredBy: "launch",
    is: { type: "string" },
    required: true,
    secret: false,
    description: "",
    ...change,
  };
}

async function answer(
  check: AnyCheck,
  declared: readonly Variable[],
  variables: Record<string, string>,
  toBeSupplied: readonly string[] = [],
): Promise<Outcome> {
  const subject = subjectFor({
    options: variablesOptions.parse({}),
    declared,
    toBeSupplied,
    variables,
    directory: folder.directory,
  });
  const { outcome } = await ask(createObserver(doors), subject as Subject, check);
  for (const value of Object.values(variables)) {
    if (value.length > 3) expect(JSON.stringify(outcome)).not.toContain(value);
  }
  return outcome;
}

const unreachable: Observer = {
  observe: async (_subject, fact) => ({
    seen: false,
    applies: true,
    reason: "vault: sealed",
    cause: fact.id,
    trace: { fact: fact.id, tookMs: 0, attempts: [] },
  }),
};

describe("config.env.declared-present", () => {
  const declared = [
    variable("DATABASE_URL", { declaredBy: "db (postgres)", description: "address of the database" }),
    variable("OPTIONAL", { required: false }),
  ];

  it("passes when each required variable has a value", async () => {
    expect(await answer(declaredPresent, declared, { DATABASE_URL: "postgres://canary" })).toMatchObject({
      status: "pass",
      measured: { declared: 2, required: 1 },
    });
  });

  it("hands on what values are recognised by, and what the first deploy supplies", async () => {
    const subject = subjectFor({
      options: variablesOptions.parse({}),
      declared: [variable("LATER")],
      toBeSupplied: ["LATER"],
      variables: { MODE: "canary", BLANK: "" },
    });
    const told = (salt?: string) =>
      ask(createObserver(doors), { ...subject, ...(salt && { salt }) } as Subject, declaredPresent);
    const { outcome } = await told("salt");
    expect(outcome).toMatchObject({ status: "pass" });
    expect(outcome).toMatchObject({
      settings: { LATER: null, MODE: { print: settingPrint("MODE", "canary", "salt") } },
    });
    expect(outcome).not.toHaveProperty("settings.BLANK");
    expect(JSON.stringify(outcome)).not.toContain("canary");
    expect((await told()).outcome).not.toHaveProperty("settings");
  });

  it("hands them on though nobody declares a variable", async () => {
    const options = variablesOptions.parse({});
    const subject = { ...subjectFor({ options, declared: [], variables: { MODE: "canary" } }), salt: "salt" };
    const { outcome } = await ask(createObserver(doors), subject as Subject, declaredPresent);
    expect(outcome).toMatchObject({
      status: "not applicable",
      settings: { MODE: { print: settingPrint("MODE", "canary", "salt") } },
    });
  });

  it("asks for nothing that the first deploy supplies", async () => {
    const foretold = await answer(declaredPresent, declared, {}, ["DATABASE_URL"]);
    expect(foretold.status).toBe("pass");
  });

  it("tells a variable that is not set from one that is blank", async () => {
    const absent = await answer(declaredPresent, declared, { OPTIONAL: "canary" });
    expect(absent).toMatchObject({ status: "fail", findings: ["DATABASE_URL"] });
    expect(JSON.stringify(absent)).toMatch(/not set \(asked for by db \(postgres\)\)/);
    expect(JSON.stringify(absent)).toContain("DATABASE_URL=<address of the database>");
    expect(await answer(declaredPresent, declared, { DATABASE_URL: "  " })).toMatchObject({
      summary: "DATABASE_URL is blank",
      found: expect.stringContaining("is blank (test;"),
    });
  });

  it("names the dotenv file where the others stand", async () => {
    const subject = subjectFor({ options: variablesOptions.parse({}), declared });
    const other = { value: new Secret("canary"), source: ".env.staging:3" };
    const { outcome } = await ask(
      createObserver(doors),
      { ...subject, variables: { declared, values: new Map([["OPTIONAL", other]]) } } as Subject,
      declaredPresent,
    );
    expect(outcome).toMatchObject({ fix: expect.stringContaining("in .env.staging:\n  DATABASE_URL=") });
  });

  it("is not applicable to a launch without variables, unknown when they cannot be read", async () => {
    expect((await answer(declaredPresent, [], {})).status).toBe("not applicable");
    const subject = subjectFor({ options: variablesOptions.parse({}) });
    expect((await ask(unreachable, subject, declaredPresent)).outcome).toEqual({
      status: "unknown",
      reason: "vault: sealed",
      cause: "variables.values",
    });
  });
});

describe("config.env.typed", () => {
  it.each<[VariableType, string, string]>([
    [{ type: "url" }, "https://canary.example/x", "canary-without-scheme"],
    [{ type: "url", protocols: ["postgres:", "postgresql"] }, "postgresql://h/canary", "mysql://h/canary"],
    [{ type: "integer", min: 1, max: 9999 }, "4711", "47110"],
    [{ type: "integer" }, "-4711", "4711.5"],
    [{ type: "port" }, "8080", "65536"],
    [{ type: "boolean" }, "TRUE", "canary"],
    [{ type: "enum", values: ["debug", "info"] }, "info", "Info "],
    [{ type: "duration" }, "15m", "15 canaries"],
    [{ type: "hex", lengthBytes: 4 }, "c0ffee00", "c0ffee"],
    [{ type: "hex" }, "c0ffee", "canary"],
    [{ type: "string", minLength: 8 }, "canary-canary", "canary"],
    [{ type: "string", pattern: "^G-\\p{L}+$" }, "G-canary", "X-canary"],
  ])("%o takes %s and refuses %s", async (is, good, bad) => {
    const declared = [variable("SETTING", { is })];
    expect((await answer(typed, declared, { SETTING: good })).status).toBe("pass");
    expect(await answer(typed, declared, { SETTING: bad })).toMatchObject({
      status: "fail",
      findings: ["SETTING"],
      found: expect.stringMatching(/^SETTING: .+ \(test\)$/),
    });
  });

  it("leaves what is not set to the check of presence", async () => {
    const outcome = await answer(typed, [variable("PORT", { is: { type: "port" } })], { PORT: "" });
    expect(outcome.status).toBe("pass");
    expect((await answer(typed, [], {})).status).toBe("not applicable");
  });
});

describe("config.env.placeholder-value", () => {
  const secret = variable("API_TOKEN", { secret: true });

  it.each([
    "changeme",
    "CHANGE_ME!",
    "sk_live_xxx",
    "your-api-key-goes-here",
    "https://your-project.supabase.co",
    "<insert token>",
    "{{OTHER_TOKEN}}",
    "TODO",
    "****",
    "owner@example.com",
    "https://example.org/hook",
    "password",
    "abc-from-the-template",
  ])("finds %s", async (value) => {
    const outcome = await answer(placeholderValue, [secret], { API_TOKEN: value });
    expect(outcome).toMatchObject({ status: "fail", findings: ["API_TOKEN"] });
  });

  it("accepts real values, settings that read like words, and what an example may share", async () => {
    const declared = [secret, variable("MODE"), variable("LOG_LEVEL"), variable("HOSTS"), variable("SITE")];
    const outcome = await answer(placeholderValue, declared, {
      API_TOKEN: "Zk3pX9-canary-77",
      MODE: "test",
      LOG_LEVEL: "info",
      HOSTS: '["a.soulseer.example","b.soulseer.example"]',
      SITE: "https://myexample.com/yours",
    });
    expect(outcome).toMatchObject({ status: "pass", measured: { values: 5 } });
    expect((await answer(placeholderValue, declared, {})).status).toBe("not applicable");
  });

  it("never takes a generated secret for a placeholder", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 48 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        expect(placeholderRule(buffer.toString("hex"), { secret: true })).toBeUndefined();
      }),
    );
  });
});

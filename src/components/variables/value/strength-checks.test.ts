import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { subjectFor } from "../../../../test/fixtures/subject.ts";
import { ask } from "../../../assess/ask.ts";
import { createObserver } from "../../../facts/observer.ts";
import type { Outcome } from "../../../model/outcome.ts";
import type { Subject } from "../../../model/subject.ts";
import type { Variable } from "../../../model/variable.ts";
import { openDoors } from "../../../system/doors.ts";
import { variablesOptions } from "../options.ts";
import { weaknessOf } from "./strength.ts";
import { secretStrength } from "./strength-checks.ts";

const doors = openDoors();
const node = createGitFolder({ "package.json": "{}" });
const django = createGitFolder({ "backend/manage.py": "" });
afterAll(async () => {
  node[Symbol.dispose]();
  django[Symbol.dispose]();
  await doors[Symbol.asyncDispose]();
});

async function answer(
  variables: Record<string, string>,
  given: { change?: Partial<Variable>; options?: object; directory?: string } = {},
): Promise<Outcome> {
  const subject = subjectFor({
    options: variablesOptions.parse(given.options ?? {}),
    variables,
    declared: Object.keys(variables).map((name) => ({
      name,
      declaredBy: "launch",
      is: { type: "string" },
      required: true,
      secret: true,
      description: "",
      ...given.change,
    })),
    directory: given.directory ?? node.directory,
  });
  const { outcome } = await ask(createObserver(doors), subject as Subject, secretStrength);
  for (const value of Object.values(variables)) expect(JSON.stringify(outcome)).not.toContain(value);
  return outcome;
}

const STRONG = "q3Jk0vX1cT8mZr5LwYhE7uPaDs2NfGbV9oKiHx4tQyA";

describe("config.env.secret-strength", () => {
  it.each([
    ["JWT_SECRET", "k7Fq2", "at most"],
    ["SESSION_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "repeats itself"],
    ["SESSION_SECRET", "k7Fq2Lk7Fq2Lk7Fq2Lk7Fq2Lk7Fq2Lk7Fq2Lk7Fq2Lk7Fq2Lk7Fq2L", "repeats itself"],
    ["SESSION_SECRET", "our_team_loves_coffee_and_cake_1234", "made of words: 6 words, at most 90 bits"],
    ["SESSION_SECRET", "correcthorsebatterystaple", "made of words: 4 words, at most 51 bits"],
    ["SESSION_SECRET", "correct-horse-battery-staple", "made of words: 4 words, at most 51 bits"],
    ["ENCRYPTION_KEY", "000102030405060708090a0b0c0d0e0f", "counts up or down"],
    ["ENCRYPTION_KEY", "00112233445566778899aabbccddeeff", "counts up or down"],
    ["SESSION_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz", "counts up or down"],
    ["SESSION_SECRET", "0191e0c4-5d5a-7b3e-8f2a-1c9d4e6b7a80", "at most 74 bits"],
    ["SESSION_SECRET", "c232ab00-9414-11ec-b3c8-9f6bdeced846", "at most 0 bits"],
    ["SESSION_SECRET", "abcdef123456654321000000111111abcdef", "guessing starts with"],
    ["AUTH_SECRET", "this-is-the-super-secret-key-of-our-production-server-2026", "guessing starts with"],
    ["SECRET_KEY", `django-insecure-${STRONG}`, "startproject"],
    ["DATABASE_URL", "postgres://app:hunter2@db.canary.com/app", "the password in DATABASE_URL"],
  ])("finds %s=%s", async (name, value, told) => {
    const outcome = await answer({ [name]: value });
    expect(outcome.status).toBe("fail");
    expect(JSON.stringify(outcome)).toContain(told);
    expect(JSON.stringify(outcome)).not.toContain("hunter2");
  });

  it("asks Django's key for 50 characters, others' for their bits", async () => {
    expect((await answer({ SECRET_KEY: STRONG })).status).toBe("pass");
    const outcome = await answer({ SECRET_KEY: STRONG }, { directory: django.directory });
    expect(outcome).toMatchObject({ status: "fail", fix: expect.stringContaining("get_random_secret_key") });
  });

  it("asks what the team says it chose, and no more than a declared length", async () => {
    expect((await answer({ PIN_CODE: "4711" })).status).toBe("not applicable");
    expect((await answer({ PIN_CODE: "4711" }, { options: { chosen: ["PIN_CODE"] } })).status).toBe("fail");
    const short = randomBytes(12).toString("hex");
    expect((await answer({ ENCRYPTION_KEY: short })).status).toBe("fail");
    const is = { type: "hex", lengthBytes: 12 } as const;
    expect((await answer({ ENCRYPTION_KEY: short }, { change: { is } })).status).toBe("pass");
  });

  it.each([
    ["openssl rand -hex 16", randomBytes(16).toString("hex")],
    ["openssl rand -hex 24", randomBytes(24).toString("hex")],
    ["openssl rand -hex 32", randomBytes(32).toString("hex")],
    ["openssl rand -base64 24", randomBytes(24).toString("base64")],
    ["openssl rand -base64 32, as npx auth secret does", randomBytes(32).toString("base64")],
    ["artisan key:generate", `base64:${randomBytes(32).toString("base64")}`],
    ["uuidgen", randomUUID()],
  ])("accepts what %s writes, for every key and for tokens", async (_, value) => {
    expect((await answer({ JWT_SECRET: value })).status).toBe("pass");
    expect((await answer({ ENCRYPTION_KEY: value })).status).toBe("pass");
  });

  it.each([
    ["openssl rand -base64 16", "+q3Jk0vX1cT8mZr5LwYhE7=="],
    ["nanoid", "V1StGXR8_Z5jdHi6B-myT"],
  ])("warns of what %s writes where tokens are signed with it, and only there", async (_, value) => {
    expect(await answer({ JWT_SECRET: value })).toMatchObject({
      status: "warn",
      found: `JWT_SECRET has ${value.length} (test)`,
      findings: ["JWT_SECRET"],
    });
    expect((await answer({ SESSION_SECRET: value })).status).toBe("pass");
  });

  it("asks of what is guessed at a server only half as much", async () => {
    expect((await answer({ CRON_SECRET: "kV9xQ2rT7mZpLw3d" })).status).toBe("pass");
    expect((await answer({ SESSION_SECRET: "kV9xQ2rT7mZpLw3d" })).status).toBe("fail");
    expect((await answer({ CRON_SECRET: "kV9xQ2r" })).status).toBe("fail");
  });

  it("leaves providers' credentials and local addresses alone", async () => {
    const issued = { testPrefixes: ["t_"], livePrefixes: ["l_"] };
    expect((await answer({ SIGNING_KEY: "t_short" }, { change: issued })).status).toBe("not applicable");
    expect((await answer({ REDIS_URL: "redis://:pw@127.0.0.1/0" })).status).toBe("not applicable");
  });

  it("is unknown when the project cannot be read", async () => {
    const outcome = await answer({ SECRET_KEY: STRONG }, { directory: "/nowhere/at/all" });
    expect(outcome).toMatchObject({ status: "unknown", cause: "project.files" });
  });
});

describe("the estimate", () => {
  it("accepts what `openssl rand` writes from 16 bytes on, however it is written", () => {
    const encodings = ["hex", "base64", "base64url"] as const;
    // Generated here, not by fast-check: its bytes are biased towards runs, and those are weak.
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 512 }), fc.constantFrom(...encodings), (bytes, encoding) => {
        expect(weaknessOf(randomBytes(bytes).toString(encoding))).toBeUndefined();
      }),
    );
  });

  it("takes no random key for a guessable one because of six digits in a row", () => {
    expect(weaknessOf("7b1f9d000000c3a58e42d617")).toMatchObject({ kind: "word" });
    expect(weaknessOf("7b1f9d000000c3a58e42d6170b9e54f2a86c3d1e9f7b2a4c")).toBeUndefined();
  });
});

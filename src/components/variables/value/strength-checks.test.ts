import { randomBytes } from "node:crypto";
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
    const half = randomBytes(16).toString("hex");
    expect((await answer({ ENCRYPTION_KEY: half })).status).toBe("fail");
    const is = { type: "hex", lengthBytes: 16 } as const;
    expect((await answer({ ENCRYPTION_KEY: half }, { change: { is } })).status).toBe("pass");
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
  it("accepts what `openssl rand` writes from 32 bytes on, however it is written", () => {
    const encodings = ["hex", "base64", "base64url"] as const;
    // Generated here, not by fast-check: its bytes are biased towards runs, and those are weak.
    fc.assert(
      fc.property(fc.integer({ min: 32, max: 512 }), fc.constantFrom(...encodings), (bytes, encoding) => {
        expect(weaknessOf(randomBytes(bytes).toString(encoding))).toBeUndefined();
      }),
    );
  });
});

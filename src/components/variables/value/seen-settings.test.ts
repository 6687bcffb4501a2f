import { afterAll, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { subjectFor } from "../../../../test/fixtures/subject.ts";
import { ask } from "../../../assess/ask.ts";
import { createObserver } from "../../../facts/observer.ts";
import type { SeenSetting } from "../../../model/seen-setting.ts";
import type { Subject } from "../../../model/subject.ts";
import { openDoors } from "../../../system/doors.ts";
import { variablesOptions } from "../options.ts";
import { variables } from "../variables.ts";

const folder = createGitFolder({ ".env.example": "" });
const doors = openDoors();
afterAll(async () => {
  folder[Symbol.dispose]();
  await doors[Symbol.asyncDispose]();
});

const HOLDING = variables.definition.checks.filter(({ figures }) => figures !== undefined);
const RANDOM = "q7Zr0vX2mLs9Tb4KdW8yHn5JcE1gUa3P";

/** What each check that holds lines to values hands on of this one. */
async function seen(name: string, value: string): Promise<SeenSetting> {
  const subject = subjectFor({
    options: variablesOptions.parse({ onThisMachine: ["CACHE_URL"] }),
    declared: [],
    variables: { [name]: value },
    directory: folder.directory,
  });
  const handedOn = await Promise.all(
    HOLDING.map(async (check) => {
      const { outcome } = await ask(createObserver(doors), { ...subject, salt: "salt" } as Subject, check);
      expect(JSON.stringify(outcome)).not.toContain(value);
      return "settings" in outcome ? outcome.settings?.[name] : undefined;
    }),
  );
  const [first] = handedOn;
  expect(handedOn).toEqual(handedOn.map(() => first));
  if (!first) throw new Error("nothing was handed on");
  return first;
}

it("is handed on by every check that a line naming a variable is bound to", () => {
  expect(HOLDING.map(({ id }) => id.replace("config.env.", ""))).toEqual([
    "declared-present",
    "typed",
    "placeholder-value",
    "test-credential-in-production",
    "secret-strength",
  ]);
});

it.each([
  ["JWT_SECRET", RANDOM, []],
  ["JWT_SECRET", "correct-horse", ["guessable"]],
  ["DB_PASSWORD", "kV9xQ2rT7mZp", []],
  ["JWT_SECRET", "kV9xQ2rT7mZp", ["guessable"]],
  ["JWT_SECRET", "change-me", ["placeholder", "guessable"]],
  ["STRIPE_KEY", `sk_test_${RANDOM}`, ["of a test"]],
  ["STRIPE_KEY", `sk_live_${RANDOM}`, []],
  ["API_URL", "http://localhost:3000/canary-of-an-address", ["guessable", "of a test"]],
  ["CACHE_URL", "http://localhost:3000/canary-of-an-address", ["guessable"]],
  ["CORS_ORIGINS", "https://a.io, *", ["guessable", "wildcard"]],
  ["DB_URL", "postgres://app:hunter2@db.a.io/canary", ["guessable"]],
  ["DB_URL", `postgres://app:${RANDOM}@db.a.io/canary`, []],
])("%s, %s: %j", async (name, value, faults) => {
  expect((await seen(name, value)).faults).toEqual(faults);
});

it.each([
  ["JWT_SECRET", RANDOM, { characters: 32, bits: 190 }],
  ["JWT_SECRET", "0f".repeat(32), { characters: 64, bits: 256 }],
  ["DB_URL", `postgresql://app:${RANDOM}@db.a.io/canary`, { characters: 32, begins: "postgres://" }],
  ["HOOK_SECRET", `whsec_${RANDOM}`, { begins: "whsec_" }],
  ["AI_KEY", `sk-proj-${RANDOM}`, { begins: "sk-proj-" }],
])("%s, %s: %j", async (name, value, told) => {
  expect(await seen(name, value)).toMatchObject(told);
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { attackOptions } from "./options.ts";
import { passwordPolicy } from "./password-policy-check.ts";
import { wellKnownPasswords } from "./well-known-passwords.ts";

/** Says what is wrong with a password, as the sign-up of an application does; 0 where nothing is. */
type Policy = (password: string) => number;
const HEALTHY: Policy = (password) =>
  password.length < 10 || wellKnownPasswords(10).includes(password) ? 422 : 0;

let policy: Policy;
let doors: Doors & AsyncDisposable;
let server: TestServer;
const people = new Set<string>();

beforeAll(async () => {
  doors = openDoors();
  server = await serve(async (request, response) => {
    let text = "";
    for await (const part of request) text += String(part);
    const form = new URLSearchParams(text);
    if (request.url === "/leave") {
      people.delete(/session=([^;]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "");
      return response.writeHead(204).end();
    }
    if (request.method === "GET") return response.end('<input name="csrf" value="token7">');
    const wrong = form.get("csrf") === "token7" ? policy(form.get("password") ?? "") : 403;
    if (wrong !== 0) return response.writeHead(wrong).end();
    people.add(form.get("email") ?? "");
    return response.writeHead(303, { location: "/", "set-cookie": `session=${form.get("email")}` }).end();
  });
});
beforeEach(() => {
  policy = HEALTHY;
  people.clear();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

const SIGN_UP = {
  before: [{ name: "open the form", path: "/sign-up", keep: { csrf: 'text:name="csrf" value="(\\w+)"' } }],
  step: {
    name: "sign up",
    path: "/sign-up",
    form: { email: "{{login}}", password: "{{password}}", csrf: "{{csrf}}" },
    expect: { status: 303 },
  },
  leave: [{ name: "leave", method: "POST", path: "/leave" }],
  shortest: 10,
};

async function outcomeOf(given: { signUp?: object | undefined; url?: string } = {}) {
  const subject = subjectFor({
    kind: "attack",
    options: attackOptions.parse({
      account: [{ name: "none", path: "/" }],
      signUp: "signUp" in given ? given.signUp : SIGN_UP,
    }),
    address: { url: given.url ?? server.url },
  });
  return (await ask(createObserver(doors), subject, passwordPolicy)).outcome;
}

describe("auth.password.policy", () => {
  it("passes where both are refused and a good one is taken, and leaves nobody behind", async () => {
    expect(await outcomeOf()).toMatchObject({
      status: "pass",
      summary: "9 characters and 6 well-known passwords refused, a good one taken",
    });
    expect(people.size).toBe(0);
  });

  it.each<[string, Policy, string]>([
    [
      "a short one is taken",
      (password) => (password.length < 9 ? 422 : 0),
      "a password of 9 characters is taken",
    ],
    [
      "only length counts",
      (password) => (password.length < 10 ? 422 : 0),
      "6 well-known passwords are taken",
    ],
    [
      "rules about characters let some through",
      (password) => (/(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*\W).{10}/.test(password) ? 0 : 422),
      "2 well-known passwords are taken",
    ],
    [
      "a weak one breaks the sign-up",
      (password) => (HEALTHY(password) === 0 ? 0 : 500),
      "a weak password is not refused but breaks the sign-up",
    ],
  ])("fails where %s", async (_, given, summary) => {
    policy = given;
    expect(await outcomeOf()).toMatchObject({ status: "fail" });
    expect((await outcomeOf()) as { summary: string }).toHaveProperty("summary", summary);
  });

  it("is left alone where no sign-up is declared", async () => {
    expect(await outcomeOf({ signUp: undefined })).toMatchObject({ status: "not applicable" });
  });

  it("cannot be told where everybody is refused, a limit stands before it, or nobody answers", async () => {
    policy = () => 403;
    expect(await outcomeOf()).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("the sign-up answered 403 to a good password"),
    });
    policy = () => 429;
    expect(await outcomeOf()).toMatchObject({ status: "unknown" });
    expect(await outcomeOf({ url: "http://127.0.0.1:9" })).toMatchObject({ status: "unknown" });
  });
});

describe("the well-known passwords", () => {
  it("are one of each kind, long enough", () => {
    for (const shortest of [6, 8, 10, 12, 15]) {
      const found = wellKnownPasswords(shortest);
      expect(found).toHaveLength(6);
      expect(Math.min(...found.map(({ length }) => length))).toBeGreaterThanOrEqual(shortest);
    }
  });
});

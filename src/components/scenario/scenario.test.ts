import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { scenarioOptions } from "./options.ts";
import { scenario } from "./scenario.ts";

let doors: Doors & AsyncDisposable;
beforeAll(() => {
  doors = openDoors();
});
afterAll(() => doors[Symbol.asyncDispose]());

const LOG_IN = { name: "log in", path: "/login", form: { name: "ada-{{random}}" } };
const WRITE = {
  name: "write",
  path: "/notes",
  json: { text: "sea" },
  expect: { status: 201 },
  keep: { note: "json:id" },
};
const READ = {
  name: "read",
  path: "/notes/{{note}}",
  expect: { json: { "note.text": "sea" }, headers: { "x-own": "^y" } },
};
const CLEAN = { name: "clean", method: "DELETE", path: "/notes/{{note}}" };

/** A notebook: log in, write, read back. `broken` names the part that does not work. */
async function outcomeOf(given: {
  steps?: object[];
  afterwards?: object[];
  broken?: string;
  gone?: boolean;
  word?: string;
}) {
  const asked: string[] = [];
  const server = await serve((request, response) => {
    const { url = "", method = "" } = request;
    asked.push(`${method} ${url}`);
    const isIn = request.headers.cookie === "session=canary-session";
    const isOwn = method === "GET" || request.headers.origin === server.url;
    const answer = (status: number, value: object, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(value));
    if (!isOwn) answer(403, {});
    else if (url === "/login")
      answer(200, {}, { location: "https://evil.example/", "set-cookie": "session=canary-session" });
    else if (!isIn) answer(401, {});
    else if (url === "/notes") answer(given.broken === "write" ? 500 : 201, { id: "n1" });
    else if (method === "DELETE") answer(204, {});
    else
      answer(
        200,
        { note: { text: given.broken === "read" ? "canary-of-somebody-else-entirely" : "sea" } },
        { "x-own": "yes" },
      );
  });
  if (given.gone) await server[Symbol.asyncDispose]();
  const subject = subjectFor({
    kind: "scenario",
    options: scenarioOptions.parse({
      steps: given.steps ?? [LOG_IN, WRITE, READ],
      afterwards: given.afterwards,
    }),
    variables: { WORD: given.word ?? "canary-word" },
    address: { url: server.url },
  });
  const { outcome } = await ask(createObserver(doors), subject, scenario.definition.checks[0] as AnyCheck);
  if (!given.gone) await server[Symbol.asyncDispose]();
  expect(JSON.stringify(outcome)).not.toContain("canary");
  return { outcome: outcome as Outcome, asked };
}

describe("a walk", () => {
  it("goes on as one browser, keeps what it is told, and cleans up behind itself", async () => {
    const { outcome, asked } = await outcomeOf({ afterwards: [CLEAN] });
    expect(outcome).toMatchObject({
      status: "pass",
      summary: expect.stringContaining("3 steps"),
      measured: { "2 write": expect.stringMatching(/^201, \d+ ms$/) },
    });
    expect(asked).toEqual(["POST /login", "POST /notes", "GET /notes/n1", "DELETE /notes/n1"]);
  });

  it.each([
    ["write", { summary: "step 2 of 3 does not succeed: write", expected: "201", found: "500" }],
    [
      "read",
      {
        summary: "step 3 of 3 does not succeed: read",
        expected: 'note.text: "sea"',
        found: "note.text: another text",
      },
    ],
  ])("fails at the step that is broken: %s", async (broken, told) => {
    const { outcome, asked } = await outcomeOf({ broken, afterwards: [CLEAN] });
    expect(outcome).toMatchObject({
      status: "fail",
      ...told,
      fix: expect.stringContaining("components.subject.steps["),
    });
    expect(asked).toHaveLength(broken === "write" ? 2 : 4);
  });

  it.each([
    ["a step without the browser that logged in", [LOG_IN, { ...WRITE, as: "eve" }], "401"],
    [
      "what is to be kept and is not there",
      [LOG_IN, { ...WRITE, keep: { note: "json:nothing" } }],
      'no json "nothing" to keep as {{note}}',
    ],
    [
      "a header that is otherwise",
      [LOG_IN, WRITE, { ...READ, expect: { headers: { "x-own": "^no" } } }],
      "another x-own",
    ],
    [
      "a text that is not there",
      [LOG_IN, WRITE, { ...READ, expect: { text: "mountain" } }],
      "200 without it",
    ],
    ["a text that must not be there", [LOG_IN, WRITE, { ...READ, expect: { noText: "sea" } }], "200 with it"],
    [
      "a command that ends badly",
      [{ name: "run", run: 'echo "no $WORD at $GONOGO_URL" >&2; exit 3' }],
      /^no \[WORD\] at http/,
    ],
  ])("%s", async (_, steps, found) => {
    const { outcome } = await outcomeOf({ steps });
    expect(outcome).toMatchObject({
      status: "fail",
      found: typeof found === "string" ? found : expect.stringMatching(found),
    });
  });

  it("hands what it kept to a command", async () => {
    const steps = [
      LOG_IN,
      WRITE,
      { name: "run", run: 'test "$(echo $GONOGO_KEPT | grep -o \'"note":"n1"\')"' },
    ];
    expect((await outcomeOf({ steps })).outcome.status).toBe("pass");
  });

  it("is not sent anywhere else, and cannot be told when nobody answers", async () => {
    const steps = [
      { ...LOG_IN, keep: { away: "header:location" } },
      { name: "away", path: "{{away}}" },
    ];
    const { outcome } = await outcomeOf({ steps });
    expect(outcome).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("not the application"),
    });
    expect((await outcomeOf({ gone: true })).outcome.status).toBe("unknown");
  });
});

describe("a declaration", () => {
  it("says how a checklist asks for it", () => {
    const options = scenarioOptions.parse({ answers: ["Test user login"], steps: [LOG_IN] });
    expect(scenario.definition.answers?.(options)).toEqual([
      { check: "scenario.passes", asks: ["Test user login"] },
    ]);
  });
});

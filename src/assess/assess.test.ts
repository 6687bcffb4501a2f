import { afterAll, describe, expect, it } from "vitest";
import { checkCalled, launchOf, personItem } from "../../test/fixtures/check-record.ts";
import { subjectFor } from "../../test/fixtures/subject.ts";
import { createObserver } from "../facts/observer.ts";
import { defineFact, type Fact } from "../model/fact.ts";
import type { Launch } from "../model/launch.ts";
import { fail, pass } from "../model/outcome.ts";
import type { Access, EnvironmentSummary, Subject } from "../model/subject.ts";
import { openDoors } from "../system/doors.ts";
import type { Answer } from "./ask.ts";
import { assess } from "./assess.ts";

const doors = openDoors();
afterAll(() => doors[Symbol.asyncDispose]());

const staging: EnvironmentSummary = { name: "staging", stage: "staging", allows: ["read", "active"] };

function factCalled(id: string, given: Partial<Fact<unknown>> = {}): Fact<unknown> {
  return defineFact({ id, access: "read", reach: "source", collect: async () => id, ...given });
}

function subjectsFor(launch: Launch, variables: Readonly<Record<string, string>> = {}): Map<string, Subject> {
  const declared = Object.keys(variables).map((name) => ({
    name,
    declaredBy: "launch",
    is: { type: "string" } as const,
    required: true,
    secret: true,
    description: "",
  }));
  return new Map(
    launch.components.map(({ name }) => [
      name,
      subjectFor({ component: name, options: {}, variables, declared }),
    ]),
  );
}

const never = new AbortController().signal;

function run(launch: Launch, given: Partial<Parameters<typeof assess>[0]> = {}): Promise<Answer[]> {
  return assess({
    launch,
    environment: staging,
    subjects: subjectsFor(launch),
    observer: createObserver(doors),
    signal: never,
    ...given,
  });
}

function told(answers: readonly Answer[]): string[] {
  return answers.map(({ subject, check, outcome }) => `${subject.component}/${check.id}: ${outcome.status}`);
}

describe("an assessment", () => {
  it("asks every check of every component, each fact once, and answers in the order of the declaration", async () => {
    let collected = 0;
    const slow = factCalled("web.slow", {
      collect: async () => {
        collected += 1;
        await doors.clock.delay(5);
      },
    });
    const launch = launchOf({
      api: [checkCalled("web.one", { needs: { slow } }), checkCalled("web.two", { needs: { slow } })],
      admin: [checkCalled("web.one", { run: () => fail("no", { expected: "a", found: "b", fix: "c" }) })],
    });
    const seen: string[] = [];
    const answers = await run(launch, {
      onAnswer: (answer, { answered, of }) => seen.push(`${answered}/${of} ${answer.check.id}`),
    });
    expect(told(answers)).toEqual(["api/web.one: pass", "api/web.two: pass", "admin/web.one: fail"]);
    expect(collected).toBe(1);
    expect(seen[0]).toBe("1/3 web.one");
    expect(seen.map((each) => each.split(" ")[0])).toEqual(["1/3", "2/3", "3/3"]);
  });

  it("goes on when a check throws, and says whose mistake it is", async () => {
    const launch = launchOf({
      api: [
        checkCalled("web.broken", {
          run: () => {
            throw new TypeError("x is undefined");
          },
        }),
        checkCalled("web.fine"),
      ],
    });
    const [broken, fine] = await run(launch);
    expect(broken?.outcome).toEqual({
      status: "unknown",
      reason: "the check itself failed, a bug in Gonogo: x is undefined",
      cause: "web.broken",
    });
    expect(fine?.outcome.status).toBe("pass");
  });

  it.each<[Access, readonly Access[], boolean]>([
    ["read", ["read"], true],
    ["active", ["read"], false],
    ["active", ["read", "active"], true],
    ["drill", ["read", "active"], false],
    ["drill", ["read", "active", "drill"], true],
  ])("with %s facts where %j is allowed observes: %s", async (access, allows, expected) => {
    let observed = false;
    const fact = factCalled("web.probe", {
      access,
      collect: async () => {
        observed = true;
      },
    });
    const launch = launchOf({
      api: [checkCalled("web.probed", { needs: { fact, other: factCalled("web.other") } })],
    });
    const [answer] = await run(launch, { environment: { ...staging, allows } });
    expect(observed).toBe(expected);
    expect(answer?.outcome).toEqual(
      expected
        ? { status: "pass", summary: "fine" }
        : { status: "not applicable", reason: `staging does not allow ${access} probes` },
    );
  });

  it("asks only what can be seen yet", async () => {
    const launch = launchOf({
      api: [
        checkCalled("web.source", { needs: { a: factCalled("web.a") } }),
        checkCalled("web.environment", { needs: { b: factCalled("web.b", { reach: "environment" }) } }),
        checkCalled("web.running", {
          needs: { a: factCalled("web.a"), c: factCalled("web.c", { reach: "application" }) },
        }),
      ],
    });
    expect(told(await run(launch, { reach: ["source", "environment"] }))).toEqual([
      "api/web.source: pass",
      "api/web.environment: pass",
    ]);
    expect(told(await run(launch, { reach: ["application"] }))).toEqual(["api/web.running: pass"]);
  });

  it("asks only what a line of the checklist rests on", async () => {
    const launch = launchOf({ api: [checkCalled("web.one"), checkCalled("web.two")] });
    const items = [personItem("fine", { answeredBy: { by: "checks", checks: [{ check: "web.two" }] } })];
    expect(told(await run(launch, { items, only: ["fine"] }))).toEqual(["api/web.two: pass"]);
  });

  it("ends with the reason when it is stopped, and says nothing more", async () => {
    const stop = new AbortController();
    const hanging = factCalled("web.hanging", { collect: () => new Promise(() => undefined) });
    const launch = launchOf({
      api: [checkCalled("web.fine"), checkCalled("web.hung", { needs: { hanging } })],
    });
    const seen: string[] = [];
    const stopped = run(launch, {
      observer: createObserver(doors, { signal: stop.signal }),
      signal: stop.signal,
      onAnswer: ({ check }) => {
        seen.push(check.id);
        stop.abort(new Error("stopped by SIGINT"));
      },
    });
    await expect(stopped).rejects.toThrow("stopped by SIGINT");
    expect(seen).toEqual(["web.fine"]);
  });

  it("takes the values of secrets out of everything that is said", async () => {
    const canary = "canary-4f9d&1";
    const address = `postgres://app:${encodeURIComponent(canary)}@db.test:5432/app`;
    const leaking = factCalled("web.leaking", {
      attempts: 2,
      collect: async () => {
        throw new Error(`cannot reach ${address}; password ${canary} or ${encodeURIComponent(canary)}`);
      },
    });
    const said = {
      expected: `not ${canary}`,
      found: `x${canary}x ${canary}`,
      fix: `rotate ${canary}`,
      findings: [`in ${canary}`],
      measured: { [`of ${canary}`]: `is ${canary}`, count: 3 },
    };
    const launch = launchOf({
      api: [
        checkCalled("web.leaks", { needs: { leaking } }),
        checkCalled("web.fails", { run: () => fail(`has ${canary}`, said) }),
        checkCalled("web.passes", { run: () => pass(`had ${canary}`, { value: canary }) }),
        checkCalled("web.nested", { run: () => pass("said correct-horse-battery, all of it is fine") }),
        checkCalled("web.throws", {
          run: () => {
            throw new Error(canary);
          },
        }),
      ],
    });
    const answers = await run(launch, {
      subjects: subjectsFor(launch, {
        WORD: "correct-horse",
        DATABASE_URL: address,
        PHRASE: "correct-horse-battery",
        SHORT: "fine",
      }),
    });
    const nested = answers.find(({ check }) => check.id === "web.nested");
    expect(nested?.outcome).toMatchObject({ summary: "said [secret PHRASE], all of it is fine" });
    const spoken = JSON.stringify(answers.map(({ outcome, facts }) => ({ outcome, facts })));
    expect(spoken).not.toContain(canary);
    expect(spoken).not.toContain(encodeURIComponent(canary));
    expect(answers[0]?.outcome).toMatchObject({
      reason: "cannot reach [secret DATABASE_URL]; password [secret DATABASE_URL] or [secret DATABASE_URL]",
      cause: "web.leaking",
    });
    expect(answers[0]?.facts[0]?.attempts).toHaveLength(2);
    expect(answers[1]?.outcome).toMatchObject({
      status: "fail",
      found: "x[secret DATABASE_URL]x [secret DATABASE_URL]",
      measured: { "of [secret DATABASE_URL]": "is [secret DATABASE_URL]", count: 3 },
    });
    expect(answers[2]?.outcome).toMatchObject({ summary: "had [secret DATABASE_URL]" });
  });
});

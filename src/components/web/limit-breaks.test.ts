import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createAuthority,
  type TestAuthority,
  type TestCertificate,
} from "../../../test/fixtures/certificates.ts";
import { HOSTNAME, openWebApp, setHeader } from "../../../test/fixtures/web-app.ts";
import type { Break } from "../../../test/fixtures/web-breaks.ts";
import { answersOf, checkWithId, webSubject } from "../../../test/fixtures/web-subject.ts";
import { openDoors } from "../../system/doors.ts";
import { web } from "./web.ts";

const LIMITS: readonly Break[] = [
  {
    id: "limit.rate.api",
    by: "no limit",
    changes: { apiLimit: Number.POSITIVE_INFINITY },
    options: { limits: { requestsPerMinute: { path: "/api/limited", max: 20, perMs: 60_000 } } },
    says: "30 requests in a burst, none held back",
  },
  {
    id: "limit.rate.api",
    by: "no Retry-After",
    changes: { retryAfter: undefined },
    status: "warn",
    says: "clients are held back but not told until when",
  },
  {
    id: "limit.rate.api",
    by: "a limit below the declared one",
    changes: { apiLimit: 4 },
    says: "clients are held back before the declared limit",
  },
  {
    id: "limit.rate.api",
    by: "a Retry-After that is too short",
    changes: { limitedForMs: 60_000 },
    says: "a client that waits as long as it was told is still refused",
  },
  {
    id: "limit.rate.api",
    by: "a burst that breaks the app",
    changes: {
      edit: (answer) => {
        if (answer.status === 429) answer.status = 500;
      },
    },
    says: "a burst ends in errors of the app",
  },
  {
    id: "limit.rate.login",
    by: "no limit",
    changes: { loginLimit: Number.POSITIVE_INFINITY },
    says: "7 requests in a burst, none held back",
  },
  {
    id: "limit.rate.login",
    by: "wrong logins that are answered 200",
    changes: { loginLimit: Number.POSITIVE_INFINITY, answers: { "/login": { status: 200 } } },
    says: "wrong logins are answered 200 and never held back",
  },
  {
    id: "limit.rate.login",
    by: "a path that is not the login",
    options: { login: { path: "/sign-in", body: "name=nobody", attempts: 5 } },
    status: "unknown",
  },
  {
    id: "limit.rate.login",
    by: "a login that refuses everybody",
    changes: { loginLimit: 0, retryAfter: "900" },
    status: "unknown",
  },
  {
    id: "limit.rate.login",
    by: "a form that asks for a token first",
    changes: { loginLimit: Number.POSITIVE_INFINITY, answers: { "/login": { status: 403 } } },
    status: "unknown",
  },
  {
    id: "limit.rate.login",
    by: "a locked account, which is a limit too",
    changes: { loginLimit: Number.POSITIVE_INFINITY, answers: { "/login": { status: 423 } } },
    status: "pass",
    says: "the account is locked (423)",
  },
  {
    id: "limit.slowloris",
    by: "a connection held open",
    changes: { headersTimeoutMs: 60_000 },
    says: "a request that never ends is held open",
  },
  {
    id: "limit.body.size",
    by: "a path that takes no body",
    options: { limits: { bodyPath: "/nowhere" } },
    changes: { bodyLimitBytes: Number.POSITIVE_INFINITY },
    status: "unknown",
  },
  {
    id: "limit.body.size",
    by: "an app that reads all of it before it says no",
    changes: {
      bodyLimitBytes: Number.POSITIVE_INFINITY,
      readsBodies: true,
      edit: (answer, { method }) => {
        if (method === "POST") answer.status = 400;
      },
    },
    says: "an oversize body is read to its end",
  },
  {
    id: "limit.body.size",
    by: "an app that crashes on it",
    changes: {
      bodyLimitBytes: Number.POSITIVE_INFINITY,
      edit: (answer, { method }) => {
        if (method === "POST") answer.status = 500;
      },
    },
    says: "an oversize body ends in an error of the app",
  },
  {
    id: "limit.body.size",
    by: "a login by form, which reads nothing but forms",
    options: {
      login: { path: "/login", body: "name=nobody", attempts: 5 },
      limits: { bodyPath: undefined },
    },
    changes: {
      edit: (answer, { headers }) => {
        const isForm = headers["content-type"] === "application/x-www-form-urlencoded";
        if (answer.status === 413 && !isForm) answer.status = 401;
      },
    },
    status: "pass",
  },
];

describe("limits", () => {
  const doors = openDoors();
  let authority: TestAuthority;
  let certificate: TestCertificate;
  beforeAll(async () => {
    authority = await createAuthority();
    certificate = await authority.issue({ names: [HOSTNAME], untilDays: 90 });
  });
  afterAll(() => doors[Symbol.asyncDispose]());

  it.concurrent.each(LIMITS.map((each) => [`${each.id}: ${each.by}`, each] as const))(
    "%s",
    async (_, each) => {
      await using app = await openWebApp(certificate, each.changes);
      const subject = webSubject({
        app,
        ca: authority.ca,
        options: { websocket: undefined, ...each.options },
      });
      const outcomes = await answersOf(doors, subject, [checkWithId(each.id)]);
      expect(outcomes[each.id]).toMatchObject({
        status: each.status ?? "fail",
        ...(each.says !== undefined && { summary: each.says }),
      });
    },
  );

  it.each([
    ["seconds", "900"],
    ["a date", new Date(Date.now() + 900_000).toUTCString()],
  ])("are at work while they hold back an earlier burst from here, by %s", async (_, retryAfter) => {
    const directory = mkdtempSync(path.join(tmpdir(), "gonogo-bursts-"));
    await using app = await openWebApp(certificate, {
      retryAfter,
      limitedForMs: 60_000,
      apiLimit: Number.POSITIVE_INFINITY,
    });
    const subject = webSubject({ app, ca: authority.ca, given: { directory } });
    const ask = async () =>
      (await answersOf(doors, subject, [checkWithId("limit.rate.login")]))["limit.rate.login"];
    expect(await ask()).toMatchObject({ status: "pass", measured: { before429: 5, attempts: 5 } });
    expect(await ask()).toMatchObject({
      status: "pass",
      summary: expect.stringMatching(
        /^\/login still holds back an earlier burst, of which 5 came through, for \d+ s$/,
      ),
      measured: { before429: 0, attempts: 5 },
    });
    rmSync(directory, { recursive: true });
    expect(await ask()).toMatchObject({ status: "unknown" });
    rmSync(directory, { recursive: true, force: true });
  });

  /** One limit for both bursts, and none on the login. It is used up, and a pause refills it. */
  async function behindOneLimit(given: { retryAfter: string; refill: number }) {
    let left = 20;
    await using app = await openWebApp(certificate, {
      apiLimit: Number.POSITIVE_INFINITY,
      loginLimit: Number.POSITIVE_INFINITY,
      edit: (answer, { url }) => {
        if ((url === "/api/limited" || url === "/login") && --left < 0)
          Object.assign(answer, { status: 429, headers: [["Retry-After", given.retryAfter]] });
      },
    });
    const delay = async () => {
      left = given.refill;
    };
    const subject = webSubject({ app, ca: authority.ca });
    const outcomes = await answersOf({ ...doors, clock: { ...doors.clock, delay } }, subject, [
      checkWithId("limit.rate.login"),
    ]);
    return outcomes["limit.rate.login"];
  }

  it("of the whole app are not the login's: once they are open again, passwords are tried", async () => {
    expect(await behindOneLimit({ retryAfter: "4", refill: 20 })).toMatchObject({
      status: "fail",
      summary: "7 requests in a burst, none held back",
    });
  });

  it.each([
    ["that let in one now and then", { retryAfter: "1", refill: 2 }, 2],
    ["that hold longer than a check waits", { retryAfter: "60", refill: 0 }, 0],
  ])("of the whole app %s are not taken for the login's", async (_, given, through) => {
    expect(await behindOneLimit(given)).toMatchObject({
      status: "unknown",
      reason: `/login answered 429 after ${through} wrong logins, and /api/limited is held back as long: one limit may count both; ask again in ${given.retryAfter} s, and if it stays so give the login a limit of its own`,
    });
  });

  it("of the login's own are known again while both are held back as long", async () => {
    const directory = mkdtempSync(path.join(tmpdir(), "gonogo-bursts-"));
    await using app = await openWebApp(certificate, {
      retryAfter: "900",
      limitedForMs: 60_000,
      edit: (answer, { url }) => {
        if (answer.status === 429 && url === "/api/limited") setHeader(answer, "Retry-After", "900");
      },
    });
    const subject = webSubject({ app, ca: authority.ca, given: { directory } });
    const hasty = { ...doors, clock: { ...doors.clock, delay: async () => undefined } };
    for (const before429 of [5, 0])
      expect(await answersOf(hasty, subject, [checkWithId("limit.rate.login")])).toMatchObject({
        "limit.rate.login": { status: "pass", measured: { before429, attempts: 5 } },
      });
    rmSync(directory, { recursive: true });
  });

  it("does not know of a limit whose window was over before the burst was", async () => {
    await using app = await openWebApp(certificate, { apiLimit: Number.POSITIVE_INFINITY });
    let late = 0;
    // Each look at the clock is two seconds after the one before.
    const clock = { ...doors.clock, now: () => doors.clock.now() + 2_000 * late++ };
    const subject = webSubject({ app, ca: authority.ca });
    const outcomes = await answersOf({ ...doors, clock }, subject, [checkWithId("limit.rate.api")]);
    expect(outcomes["limit.rate.api"]).toMatchObject({
      status: "unknown",
      reason: expect.stringMatching(
        /^30 requests took \d+ ms, longer than the 1000 ms in which they are counted$/,
      ),
    });
  });

  it("waits until an earlier burst is no longer held back, and sends its own", async () => {
    let [asked, waited] = [0, 0];
    await using app = await openWebApp(certificate, {
      // The app counts the eight that are refused, too.
      apiLimit: 28,
      edit: (answer, { url }) => {
        if (url === "/api/limited" && ++asked <= 8)
          Object.assign(answer, { status: 429, headers: [["Retry-After", "2"]] });
      },
    });
    const delay = async (ms: number, signal?: AbortSignal) => {
      if (waited > 0) return await doors.clock.delay(ms, signal);
      waited = ms;
    };
    const subject = webSubject({ app, ca: authority.ca });
    const clock = { ...doors.clock, delay };
    const outcomes = await answersOf({ ...doors, clock }, subject, [checkWithId("limit.rate.api")]);
    expect(waited).toBe(2_250);
    expect(outcomes["limit.rate.api"]).toMatchObject({ status: "pass", measured: { sent: 24 } });
  });

  it("sends a burst once more when others had used up some of its limit", async () => {
    let left = 10;
    await using app = await openWebApp(certificate, {
      apiLimit: Number.POSITIVE_INFINITY,
      edit: (answer, { url }) => {
        if (url === "/api/limited" && --left < 0)
          Object.assign(answer, { status: 429, headers: [["Retry-After", "4"]] });
      },
    });
    const delay = async () => {
      left = 20;
    };
    const subject = webSubject({ app, ca: authority.ca });
    const clock = { ...doors.clock, delay };
    const outcomes = await answersOf({ ...doors, clock }, subject, [checkWithId("limit.rate.api")]);
    expect(outcomes["limit.rate.api"]).toMatchObject({ status: "pass", measured: { before429: 20 } });
  });

  it("sends a burst once more when it took longer than the window", async () => {
    await using app = await openWebApp(certificate, {
      apiLimit: Number.POSITIVE_INFINITY,
      edit: (answer, { url }) => {
        // Counted anew after the first burst of thirty.
        if (url === "/api/limited" && ++asked > 50) Object.assign(answer, { status: 429 });
      },
    });
    let asked = 0;
    // The first burst lasts two seconds.
    const clock = { ...doors.clock, now: () => doors.clock.now() + (asked < 30 ? 0 : 2_000) };
    const subject = webSubject({ app, ca: authority.ca });
    const outcomes = await answersOf({ ...doors, clock }, subject, [checkWithId("limit.rate.api")]);
    expect(outcomes["limit.rate.api"]).toMatchObject({
      summary: "clients are held back but not told until when",
    });
  });

  it("says what to do where each process counts for itself", async () => {
    await using app = await openWebApp(certificate, { loginLimit: Number.POSITIVE_INFINITY });
    const subject = webSubject({ app, ca: authority.ca, options: { instances: 3 } });
    const outcomes = await answersOf(doors, subject, [checkWithId("limit.rate.login")]);
    expect(outcomes["limit.rate.login"]).toMatchObject({
      fix: expect.stringMatching(/; count for all 3 instances together, in Redis or the database$/),
    });
  });

  it("asks no protected route to write where only reading is allowed", async () => {
    await using app = await openWebApp(certificate);
    const protectedRoutes = [{ path: "/admin" }, { path: "/api/drop", method: "DELETE" }];
    const environment = { name: "production", stage: "production", allows: ["read"] } as const;
    const subject = webSubject({
      app,
      ca: authority.ca,
      options: { protectedRoutes },
      given: { environment },
    });
    const outcomes = await answersOf(doors, subject, [checkWithId("auth.route.anonymous-denied")]);
    expect(outcomes["auth.route.anonymous-denied"]).toMatchObject({
      status: "pass",
      summary:
        "1 protected route refuses strangers; DELETE /api/drop not asked, production allows reading only",
    });
    expect(app.requests.filter((each) => each.startsWith("DELETE"))).toEqual([]);
  });

  it("sends a burst only after everything else was seen, and stays within its number", async () => {
    await using app = await openWebApp(certificate);
    // What is tried past the limits comes after both bursts, and is another test's.
    const checks = web.definition.checks.filter(({ id }) => id !== "limit.rate.proxy-aware");
    await answersOf(doors, webSubject({ app, ca: authority.ca }), checks);
    const first = app.requests.indexOf("GET /api/limited");
    const before = app.requests.slice(0, first);
    const after = new Set(app.requests.slice(first));
    expect(before).toContain("GET /.env");
    expect(before).toContain("OPTIONS /api/items");
    expect([...after].toSorted()).toEqual(["GET /api/limited", "POST /login"]);
    expect(app.requests.filter((each) => each === "GET /api/limited").length).toBeLessThanOrEqual(31);
    expect(app.requests.filter((each) => each === "POST /login").length).toBeLessThanOrEqual(8);
  });
});

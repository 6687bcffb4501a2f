import { afterAll, beforeAll, expect, it } from "vitest";
import { createAuthority } from "../../../test/fixtures/certificates.ts";
import { stateOfLine } from "../../../test/fixtures/held-line.ts";
import { HOSTNAME, openWebApp, setHeader } from "../../../test/fixtures/web-app.ts";
import { answersOf, checkWithId, webSubject } from "../../../test/fixtures/web-subject.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";

const IDS = ["http.header.hsts", "limit.rate.api", "limit.rate.login"] as const;
let outcomes: Record<string, Outcome>;
let wider: Record<string, Outcome>;

beforeAll(async () => {
  await using doors = openDoors();
  const authority = await createAuthority();
  const certificate = await authority.issue({ names: [HOSTNAME], untilDays: 90 });
  await using app = await openWebApp(certificate);
  const limits = { requestsPerMinute: { path: "/api/limited", max: 20 } };
  outcomes = await answersOf(
    doors,
    webSubject({ app, ca: authority.ca, options: { limits } }),
    IDS.map((id) => checkWithId(id)),
  );
  await using preloaded = await openWebApp(certificate, {
    edit: (answer) =>
      setHeader(answer, "Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload"),
  });
  wider = await answersOf(doors, webSubject({ app: preloaded, ca: authority.ca }), [checkWithId(IDS[0])]);
});
afterAll(() => {
  expect(outcomes["limit.rate.api"]).toMatchObject({ status: "pass", measured: { requestsPerMinute: 20 } });
});

it.each<[check: (typeof IDS)[number], line: string, state: string]>([
  ["http.header.hsts", "HSTS with max-age=31536000; includeSubDomains", "go"],
  ["http.header.hsts", "HSTS header for 1 year", "go"],
  ["http.header.hsts", "HSTS header for 2 years", "failing"],
  ["http.header.hsts", "HSTS: max-age=63072000", "failing"],
  ["http.header.hsts", "HSTS with includeSubDomains and preload", "failing"],
  ["http.header.hsts", "HSTS considered before preload", "go"],
  ["http.header.hsts", "HSTS <!-- gonogo: http.header.hsts (hsts=preload) -->", "failing"],
  ["limit.rate.api", "Rate limit: 100 requests/minute", "go"],
  ["limit.rate.api", "Rate limit: 10 requests per minute", "failing"],
  ["limit.rate.api", "Rate limit: 1,000 requests/hour", "failing"],
  ["limit.rate.login", "Login limited to 5 attempts per 15 minutes", "go"],
  ["limit.rate.login", "Login limited to 3 failed attempts", "failing"],
  ["limit.rate.login", "Login and password reset limited (3 attempts)", "go"],
])("%s, %s: %s", (id, line, state) => {
  expect(stateOfLine(line, checkWithId(id), outcomes[id])).toBe(state);
});

it("a wider HSTS is what a line asks for, too", () => {
  const state = (line: string) => stateOfLine(line, checkWithId(IDS[0]), wider[IDS[0]]);
  expect(state("HSTS with includeSubDomains")).toBe("go");
  expect(state("HSTS with includeSubDomains; preload")).toBe("go");
});

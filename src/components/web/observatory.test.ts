import { describe, expect, it } from "vitest";
import { z } from "zod";
import { CASES, type Case, STRANGER } from "../../../test/fixtures/observatory/cases.ts";
import recorded from "../../../test/fixtures/observatory/verdicts.json" with { type: "json" };
import { checkWithId, webSubject } from "../../../test/fixtures/web-subject.ts";
import type { HttpAddress } from "../../facts/http/address.ts";
import type { Page } from "../../facts/http/page.ts";
import type { Pages } from "../../facts/http/pages.ts";
import type { Redirects } from "../../facts/http/redirects.ts";
import type { Cors, CorsAnswer } from "./cors.ts";

/** The checks that together answer what the Observatory asks in one test. */
const OURS: Readonly<Record<Case["test"], readonly string[]>> = {
  "content-security-policy": ["http.header.csp-present", "http.header.csp-no-unsafe"],
  cookies: ["http.cookie.secure", "http.cookie.httponly-session", "http.cookie.samesite"],
  "cross-origin-resource-policy": ["http.header.coop-coep-corp"],
  "cross-origin-resource-sharing": ["http.cors.no-reflect-credentials"],
  redirection: ["http.redirect.to-https"],
  "referrer-policy": ["http.header.referrer-policy"],
  "strict-transport-security": ["http.header.hsts"],
  "subresource-integrity": ["http.sri.third-party", "http.mixed-content"],
  "x-content-type-options": ["http.header.nosniff"],
  "x-frame-options": ["http.header.csp-frame-ancestors"],
};

/** Where we judge otherwise, and why. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  "content-security-policy: an unknown directive": "a browser drops it silently, so it protects nothing",
  "content-security-policy: a missing semicolon": "the second directive is read as a source of the first",
  "x-frame-options: ALLOW-FROM https://a.example": "no browser reads ALLOW-FROM any more",
  "x-frame-options: frame-ancestors *": "it is there, but allows every site",
  "referrer-policy: absent": "what is sent then depends on the browser and its age",
  "cookies: sessionid=a; Secure; HttpOnly": "a session without SameSite is left to each browser's default",
  "cookies: sessionid=a; Secure; HttpOnly; SameSite=None": "a session for other sites has to be declared",
};

const address: HttpAddress = {
  origin: "https://app.example",
  plainOrigin: "http://app.example",
  ca: undefined,
  https: true,
  hostname: "app.example",
  port: 443,
  host: undefined,
  base: "",
};
const subject = webSubject({ given: { address: { url: address.origin, plainUrl: "http://app.example" } } });

function factsOf({ headers = [], body = "", route = [] }: Case) {
  const text = `<!doctype html><html><head><title>x</title>${body}</head></html>`;
  const page: Page = {
    kind: "page",
    label: "/",
    path: "/",
    url: "https://app.example/",
    status: 200,
    headers: [["Content-Type", "text/html"], ...headers],
    text,
    sizeBytes: text.length,
    truncated: false,
    tookMs: 1,
  };
  const pages: Pages = { address, observedAt: 0, list: [page] };
  return { pages, cors: corsOf(headers), redirects: redirectsOf(route) };
}

function corsOf(headers: NonNullable<Case["headers"]>): Cors {
  const value = (name: string) => headers.find(([each]) => each === `Access-Control-${name}`)?.[1];
  const answer: CorsAnswer = {
    origin: STRANGER,
    preflight: false,
    status: 200,
    allowOrigin: value("Allow-Origin"),
    allowCredentials: value("Allow-Credentials") === "true",
    allowMethods: undefined,
    maxAge: undefined,
    vary: undefined,
  };
  return {
    path: "/",
    stranger: answer,
    strangerPreflight: answer,
    nullOrigin: answer,
    lookalikes: [],
    declared: [],
  };
}

function redirectsOf(route: readonly string[]): Redirects {
  const hops = route.map((url, index) => {
    const to = route[index + 1];
    return { url, status: to === undefined ? 200 : 301, to };
  });
  return { plain: { from: route[0] ?? "", hops, end: "answer" }, pages: [] };
}

describe(`beside the MDN HTTP Observatory ${recorded.observatory}`, () => {
  const verdicts = z
    .array(z.object({ test: z.string(), name: z.string(), result: z.string(), pass: z.boolean() }))
    .parse(recorded.verdicts);

  it.each(CASES.map((each) => [`${each.test}: ${each.name}`, each] as const))("%s", (title, each) => {
    const theirs = verdicts.find(({ test, name }) => test === each.test && name === each.name);
    const facts = factsOf(each);
    const outcomes = OURS[each.test].map((id) => checkWithId(id).run(facts, subject));
    const ours = outcomes.every(({ status }) => status !== "fail" && status !== "unknown");
    expect({ pass: ours }).toEqual({ pass: title in DIFFERENCES ? !theirs?.pass : theirs?.pass });
  });

  it("names only differences there are", () => {
    const titles = CASES.map(({ test, name }) => `${test}: ${name}`);
    expect(Object.keys(DIFFERENCES).filter((title) => !titles.includes(title))).toEqual([]);
    expect(verdicts.map(({ test, name }) => `${test}: ${name}`)).toEqual(titles);
  });
});

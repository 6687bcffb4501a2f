import { describe } from "vitest";
import { type Answer, setHeader } from "../../../test/fixtures/web-app.ts";
import { type Break, testBreaks } from "../../../test/fixtures/web-breaks.ts";
import { FULL } from "../../../test/fixtures/web-subject.ts";

/** The front page sets these cookies instead. */
const setting =
  (...cookies: string[]) =>
  (answer: Answer): void => {
    if (!answer.headers.some(([name]) => name === "Set-Cookie")) return;
    setHeader(answer, "Set-Cookie", cookies[0] ?? "");
    for (const each of cookies.slice(1)) answer.headers.push(["Set-Cookie", each]);
  };

const COOKIES: readonly Break[] = [
  {
    id: "http.cookie.secure",
    by: "a cookie without Secure",
    changes: { edit: setting("sid=a; Path=/; HttpOnly; SameSite=Lax") },
    says: "1 cookie is not Secure",
    findings: ["sid"],
  },
  {
    id: "http.cookie.httponly-session",
    by: "a session that scripts can read",
    changes: { edit: setting("sid=a; Path=/; Secure; SameSite=Lax") },
    says: "1 session cookie can be read by scripts",
    findings: ["sid"],
  },
  {
    id: "http.cookie.httponly-session",
    by: "a session that only the page of the login sets",
    options: { login: FULL.login },
    changes: {
      edit: (answer, { url, method }) => {
        if (url === "/login" && method === "GET")
          setHeader(answer, "Set-Cookie", "login_session=a; Path=/; Secure; SameSite=Lax");
      },
    },
    says: "1 session cookie can be read by scripts",
    findings: ["login_session"],
  },
  {
    id: "http.cookie.httponly-session",
    by: "a declared cookie nobody sets",
    options: { cookies: { session: ["other"] } },
    status: "unknown",
    also: ["http.cookie.samesite", "http.cache.private-pages"],
  },
  {
    id: "http.cookie.samesite",
    by: "no SameSite",
    changes: { edit: setting("sid=a; Path=/; Secure; HttpOnly") },
    says: "session cookies without SameSite: every browser decides for itself",
    findings: ["sid"],
  },
  {
    id: "http.cookie.samesite",
    by: "SameSite=None, not declared",
    changes: { edit: setting("sid=a; Path=/; Secure; HttpOnly; SameSite=None") },
    says: "session cookies are sent from every site (SameSite=None)",
  },
  {
    id: "http.cookie.prefix-and-scope",
    by: "__Host- with a domain",
    changes: { edit: setting("__Host-sid=a; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=app.localhost") },
    says: "browsers refuse cookies that break the promise of their prefix",
  },
  {
    id: "http.cookie.prefix-and-scope",
    by: "a wider domain",
    changes: { edit: setting("sid=a; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=.localhost") },
    says: "cookies go to every host of a wider domain",
  },
  {
    id: "http.cookie.size",
    by: "a cookie of 5 KB",
    changes: { edit: setting(`sid=${"a".repeat(5_000)}; Path=/; Secure; HttpOnly; SameSite=Lax`) },
    says: "1 cookie is too big for browsers",
    findings: ["sid"],
  },
  {
    id: "http.cookie.size",
    by: "9 KB in three cookies",
    changes: {
      edit: setting(...["a", "b", "c"].map((name) => `${name}=${"a".repeat(3_000)}; Secure; HttpOnly`)),
    },
    says: "all cookies together are too big for servers",
    also: ["http.cookie.httponly-session", "http.cookie.samesite", "http.cache.private-pages"],
  },
];

const CACHES: readonly Break[] = [
  {
    id: "http.compression.enabled",
    by: "no compression",
    changes: { compress: false },
    says: "4 of 4 texts go out uncompressed",
  },
  {
    id: "http.cache.static-immutable",
    by: "assets kept for an hour",
    changes: {
      edit: (answer, { url }) => {
        if (url?.endsWith(".css")) setHeader(answer, "Cache-Control", "public, max-age=3600");
      },
    },
    says: "1 of 2 hashed assets are not kept",
    findings: ["/assets/app.9b8c7d6e.css"],
  },
  {
    id: "http.cache.html-revalidates",
    by: "pages kept for a day",
    changes: {
      edit: (answer, { url }) => {
        if (url === "/about") setHeader(answer, "Cache-Control", "max-age=86400");
      },
    },
    says: "pages are kept for 24 h without asking",
    findings: ["/about"],
  },
  {
    id: "http.cache.private-pages",
    by: "a page with a session that caches may keep",
    changes: {
      edit: (answer, { url }) => {
        if (url === "/") setHeader(answer, "Cache-Control", "public, max-age=60");
      },
    },
    says: "answers that set a session may be kept by shared caches",
    findings: ["/"],
  },
];

describe("cookies", () => testBreaks(COOKIES));
describe("caches and compression", () => testBreaks(CACHES));

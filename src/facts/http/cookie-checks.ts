import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, type Outcome, pass, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { listed } from "./advice.ts";
import { type Cookie, cookiesOf, isAntiForgeryCookie, isSessionCookie } from "./cookies.ts";
import type { HttpOptions } from "./options.ts";
import { httpPages, type Pages } from "./pages.ts";

interface SetBy extends Cookie {
  readonly label: string;
}

/** Every cookie that some answer set, once per name. */
function cookiesIn({ list }: Pages): SetBy[] {
  const found = new Map<string, SetBy>();
  for (const page of list) {
    for (const cookie of cookiesOf(page.headers)) {
      if (!cookie.removes && !found.has(cookie.name))
        found.set(cookie.name, { ...cookie, label: page.label });
    }
  }
  return [...found.values()];
}

/** The session cookies seen, or the outcome when there is none to judge. */
function sessionsIn(pages: Pages, { cookies }: HttpOptions): SetBy[] | Outcome {
  const all = cookiesIn(pages);
  const unseen = cookies.session.filter((name) => !all.some((cookie) => cookie.name === name));
  if (unseen.length > 0)
    return unknown(
      `no page looked at set the declared cookie ${listed(unseen)}: add one that does to pages.html`,
    );
  const sessions = all.filter((cookie) => isSessionCookie(cookie, cookies.session));
  return sessions.length > 0 ? sessions : notApplicable("no answer set a session cookie");
}

const names = (cookies: readonly Cookie[]): string[] => cookies.map(({ name }) => name);
const whence = (cookies: readonly SetBy[]): string =>
  listed(cookies.map(({ name, label }) => `${name} (set by ${label})`));

const COMMON = { phase: "staging", freshFor: "1d", every: "6h" } as const;

export const cookieSecure = defineCheck({
  ...COMMON,
  id: "http.cookie.secure",
  title: "Every cookie is sent over HTTPS only",
  consequence:
    "One plain-HTTP request, which any attacker on the network can provoke, gives the cookie away.",
  severity: "blocker",
  asks: [
    "secure cookies",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "cookies have the Secure flag",
    "secure session cookies",
    "secure cookie flag",
    "cookies over HTTPS only",
    "session management secured",
    "session security configured",
    "cookies marked Secure",
    "SESSION_COOKIE_SECURE=True",
    "CSRF_COOKIE_SECURE=True",
    "secure flag on cookies",
    "session cookie secure",
    "cookies secure",
    "secure cookies set",
    "cookies are secure",
    "Secure flag on session cookie",
    "session cookie settings correct",
    "COOKIE_SECURE=true",
    "COOKIE_SECURE",
  ],
  source: "RFC 6265bis section 4.1.2.5; MDN HTTP Observatory",
  needs: { pages: httpPages },
  run: ({ pages }, { component }) => {
    if (!pages.address.https) return notApplicable(`${pages.address.origin} is not HTTPS`);
    const all = cookiesIn(pages);
    if (all.length === 0) return notApplicable("no answer set a cookie");
    const bare = all.filter((cookie) => !cookie.secure);
    if (bare.length === 0) return pass(quantity(all.length, "cookie is Secure", "cookies are Secure"));
    return fail(quantity(bare.length, "cookie is not Secure", "cookies are not Secure"), {
      expected: "the attribute Secure on every cookie",
      found: `no Secure on ${whence(bare)}`,
      fix: `in ${component} set ${listed(names(bare))} with: Secure`,
      findings: names(bare),
    });
  },
});

export const cookieHttpOnly = defineCheck({
  ...COMMON,
  id: "http.cookie.httponly-session",
  title: "Scripts cannot read session cookies",
  consequence: "One injected script takes over the session of everyone who sees it.",
  severity: "blocker",
  asks: [
    "HttpOnly cookies",
    "session cookie httpOnly",
    "cookies not readable by JavaScript",
    "secure session cookies",
    "session management secured",
    "session security configured",
    "cookies HttpOnly",
    "HttpOnly and Secure cookies",
    "session cookies secure",
    "secure cookies with HttpOnly",
    "session management secure",
    "cookie security",
    "session cookies HttpOnly",
    "cookie flags set",
    "session cookie secure, http_only",
    "cookies with HttpOnly",
    "http_only cookies",
    "session cookie settings",
    "HttpOnly",
  ],
  source: "RFC 6265bis section 4.1.2.6; MDN HTTP Observatory",
  needs: { pages: httpPages },
  run: ({ pages }, { component, options }) => {
    const sessions = sessionsIn(pages, options);
    if (!Array.isArray(sessions)) return sessions as Outcome;
    const bare = sessions.filter((cookie) => !cookie.httpOnly);
    if (bare.length === 0) return pass(`${listed(names(sessions))} HttpOnly`);
    return fail(`${quantity(bare.length, "session cookie")} can be read by scripts`, {
      expected: "the attribute HttpOnly on session cookies",
      found: `no HttpOnly on ${whence(bare)}`,
      fix: `in ${component} set ${listed(names(bare))} with: HttpOnly (a cookie that is no session: name the real ones in cookies.session)`,
      findings: names(bare),
    });
  },
});

export const cookieSameSite = defineCheck({
  ...COMMON,
  id: "http.cookie.samesite",
  title: "Session and anti-forgery cookies are not sent along with requests from other sites",
  consequence: "A foreign page can act in the name of whoever visits it.",
  severity: "blocker",
  asks: [
    "SameSite cookies",
    "CSRF protection by SameSite",
    "cookie SameSite=Lax",
    "CSRF protection",
    "CSRF tokens implemented",
    "CSRF middleware enabled",
    "test CSRF protection",
    "CSRF protection enabled",
    "CSRF tokens",
    "CSRF enabled",
    "CSRF protection in place",
    "SameSite cookie attribute",
    "anti-CSRF tokens",
    "CSRF",
    "same_site=lax",
    "protection against CSRF",
    "CSRF protection active",
    "same_site cookies",
    "protect from CSRF",
    "SameSite",
  ],
  source: "RFC 6265bis section 4.1.2.7; MDN HTTP Observatory",
  needs: { pages: httpPages },
  run: ({ pages }, { component, options }) => {
    const found = sessionsIn(pages, options);
    const tokens = cookiesIn(pages).filter(isAntiForgeryCookie);
    if (!Array.isArray(found) && (tokens.length === 0 || (found as Outcome).status === "unknown"))
      return found as Outcome;
    const sessions = Array.isArray(found) ? [...found, ...tokens] : tokens;
    const faults = sessions.flatMap((cookie) => {
      const what = sameSiteFault(cookie, options.cookies.crossSite.includes(cookie.name));
      return what === undefined ? [] : [{ cookie, what }];
    });
    const first = faults[0];
    if (!first) return pass(`${listed(names(sessions))} SameSite`);
    const same = faults.filter(({ what }) => what === first.what).map(({ cookie }) => cookie);
    return fail(first.what, {
      expected: "SameSite=Lax or Strict on session cookies",
      found: `SameSite ${first.cookie.sameSite || "absent"} on ${whence(same)}`,
      fix: `in ${component} set ${listed(names(same))} with: SameSite=Lax (one that other sites must send: name it in cookies.crossSite, with Secure)`,
      findings: faults.map(({ cookie }) => cookie.name),
    });
  },
});

function sameSiteFault(cookie: Cookie, isCrossSite: boolean): string | undefined {
  switch (cookie.sameSite) {
    case "lax":
    case "strict":
      return undefined;
    case undefined:
      return "session cookies without SameSite: every browser decides for itself";
    case "none":
      if (!cookie.secure) return "SameSite=None without Secure: browsers drop the cookie";
      return isCrossSite ? undefined : "session cookies are sent from every site (SameSite=None)";
    default:
      return "SameSite has a value no browser knows";
  }
}

export const cookieScope = defineCheck({
  ...COMMON,
  id: "http.cookie.prefix-and-scope",
  title: "Cookies keep the promises of their names and stay on their host",
  consequence: "Browsers refuse the cookie, or every other host of the domain can read and replace it.",
  severity: "warning",
  asks: [
    "cookie prefixes __Host- __Secure-",
    "cookie domain scope",
    "cookies limited to their host",
    "__Host- prefix",
    "Cookie domain",
  ],
  source: "RFC 6265bis section 4.1.3",
  needs: { pages: httpPages },
  run: ({ pages }, { component }) => {
    const all = cookiesIn(pages);
    if (all.length === 0) return notApplicable("no answer set a cookie");
    const faults = all.flatMap((cookie) => {
      const fault = scopeFault(cookie, pages.address.hostname);
      return fault ? [{ name: cookie.name, ...fault }] : [];
    });
    const first = faults[0];
    if (!first) return pass(quantity(all.length, "cookie stays in its scope", "cookies stay in their scope"));
    return fail(first.summary, {
      expected: "__Host-: Secure, Path=/, no Domain; __Secure-: Secure; no Domain wider than the host",
      found: faults.map(({ name, found }) => `${name}: ${found}`).join("; "),
      fix: `in ${component} ${first.fix}`,
      findings: faults.map(({ name }) => name),
    });
  },
});

function scopeFault(
  cookie: Cookie,
  hostname: string,
): { summary: string; found: string; fix: string } | undefined {
  const { name, domain, path, secure } = cookie;
  const isHost = /^__host-/i.test(name);
  const broken = [
    ...((isHost || /^__secure-/i.test(name)) && !secure ? ["no Secure"] : []),
    ...(isHost && path !== "/" ? [`Path ${path ?? "absent"}`] : []),
    ...(isHost && domain !== undefined ? [`Domain=${domain}`] : []),
  ];
  if (broken.length > 0)
    return {
      summary: "browsers refuse cookies that break the promise of their prefix",
      found: broken.join(", "),
      fix: `set ${name} with: Secure${isHost ? "; Path=/ and without Domain" : ""}`,
    };
  const wide = domain?.replace(/^\./, "").toLowerCase();
  if (wide === undefined || wide === hostname || !hostname.endsWith(`.${wide}`)) return undefined;
  return {
    summary: "cookies go to every host of a wider domain",
    found: `Domain=${domain}`,
    fix: `set ${name} without Domain`,
  };
}

const MAX_COOKIE_BYTES = 4_096;
const MAX_TOTAL_BYTES = 8_192;

export const cookieSize = defineCheck({
  ...COMMON,
  id: "http.cookie.size",
  title: "Cookies are small enough for browsers and servers",
  consequence: "Browsers drop the cookie, or servers refuse every further request with 431.",
  severity: "warning",
  asks: [
    "cookie size under 4 KB",
    "cookies are small",
    "session data not stored in cookies",
    "Cookies under 4 KB",
  ],
  source: "RFC 6265 section 6.1",
  needs: { pages: httpPages },
  run: ({ pages }, { component }) => {
    const all = cookiesIn(pages);
    if (all.length === 0) return notApplicable("no answer set a cookie");
    const totalBytes = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const measured = { cookies: all.length, totalBytes };
    const big = all.filter(({ sizeBytes }) => sizeBytes >= MAX_COOKIE_BYTES);
    const fix = `keep the data of ${listed(names(big.length > 0 ? big : all))} on the server of ${component} and send its key`;
    if (big.length > 0)
      return fail(`${quantity(big.length, "cookie is", "cookies are")} too big for browsers`, {
        expected: `less than ${MAX_COOKIE_BYTES} bytes each`,
        found: big.map(({ name, sizeBytes }) => `${name}: ${sizeBytes} bytes`).join(", "),
        fix,
        findings: names(big),
        measured,
      });
    if (totalBytes < MAX_TOTAL_BYTES)
      return pass(`${quantity(all.length, "cookie")}, ${totalBytes} bytes`, measured);
    return fail("all cookies together are too big for servers", {
      expected: `less than ${MAX_TOTAL_BYTES} bytes in all`,
      found: `${totalBytes} bytes in ${quantity(all.length, "cookie")}`,
      fix,
      measured,
    });
  },
});

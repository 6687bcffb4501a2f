import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, type Outcome, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { type Cookie, isAntiForgeryCookie } from "./cookies.ts";
import { COMMON, cookiePages, cookiesIn, names, sessionsIn, whence } from "./cookies-seen.ts";

export const cookieSecure = defineCheck({
  ...COMMON,
  id: "http.cookie.secure",
  title: "Every cookie is sent over HTTPS only",
  consequence:
    "One plain-HTTP request, which any attacker on the network can provoke, gives the cookie away.",
  severity: "blocker",
  asks: ways(`
    secure cookies | SESSION_COOKIE_SECURE | CSRF_COOKIE_SECURE | cookies have the Secure flag
    secure session cookies | secure cookie flag | cookies over HTTPS only | session management secured
    session security configured | cookies marked Secure | SESSION_COOKIE_SECURE=True
    CSRF_COOKIE_SECURE=True | secure flag on cookies | session cookie secure | cookies secure
    secure cookies set | cookies are secure | Secure flag on session cookie
    COOKIE_SECURE=true | COOKIE_SECURE | cookies only over HTTPS
    Secure attribute on cookies | cookies have the Secure attribute | SESSION_SECURE_COOKIE
    session.cookie.secure | all cookies with Secure flag | cookies never sent over plain HTTP
    cookies have Secure | cookie security settings (Secure, HttpOnly) | cookies HttpOnly, Secure, SameSite
    auth cookies HttpOnly, Secure, SameSite
    cookies never travel over http | cookies not sent over http | no cookie over http | session cookie flags
    session cookie settings | cookie flags set
    session cookies HttpOnly, Secure and SameSite | session cookie HttpOnly, Secure, SameSite=Lax
  `),
  source: "RFC 6265bis section 4.1.2.5; MDN HTTP Observatory",
  needs: { pages: cookiePages },
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
  asks: ways(`
    HttpOnly cookies | session cookie httpOnly | cookies not readable by JavaScript | secure session cookies
    session management secured | session security configured | cookies HttpOnly
    HttpOnly and Secure cookies | session cookies secure | secure cookies with HttpOnly
    session management secure | session cookies HttpOnly | cookie flags set
    session cookie secure, http_only | cookies with HttpOnly | http_only cookies | session cookie settings
    HttpOnly | token stored in HttpOnly cookie | tokens in HttpOnly cookies | JWT in HttpOnly cookie
    session cookie flags | SESSION_COOKIE_HTTPONLY | SESSION_COOKIE_HTTPONLY=True
    cookies not accessible from JavaScript | http_only true in session | session.cookie.http-only
    session.cookie.http-only=true | JavaScript cannot read the session cookie
    session cookie not readable by scripts | cookies inaccessible to JavaScript | auth cookie HttpOnly
    scripts cannot read cookies | document.cookie does not show the session | HttpOnly flag
    cookie security settings (Secure, HttpOnly) | cookies HttpOnly, Secure, SameSite
    auth cookies HttpOnly, Secure, SameSite
    document.cookie is empty | document.cookie shows no token | tokens not readable from JavaScript
    document.cookie prints nothing
    session cookies HttpOnly, Secure and SameSite | session cookie HttpOnly, Secure, SameSite=Lax
  `),
  source: "RFC 6265bis section 4.1.2.6; MDN HTTP Observatory",
  needs: { pages: cookiePages },
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
  asks: ways(`
    SameSite cookies | CSRF protection by SameSite | cookie SameSite=Lax | CSRF protection
    CSRF protection enabled | CSRF enabled | CSRF protection in place | SameSite cookie attribute
    same_site=lax | protection against CSRF | CSRF protection active | same_site cookies | protect from CSRF
    SameSite | SESSION_SAME_SITE=lax | SESSION_COOKIE_SAMESITE | CSRF_COOKIE_SAMESITE
    cookies not sent with cross-site requests | SameSite Lax
    session.cookie.same-site | SameSiteMode.Lax | cross-site cookies blocked
    cookies not sent from other sites | SESSION_SAME_SITE | SameSite flag | cookies with SameSite attribute
    cookies HttpOnly, Secure, SameSite | auth cookies HttpOnly, Secure, SameSite | session cookie flags
    session cookie settings | cookie flags set
    session cookies HttpOnly, Secure and SameSite | session cookie HttpOnly, Secure, SameSite=Lax
  `),
  source: "RFC 6265bis section 4.1.2.7; MDN HTTP Observatory",
  needs: { pages: cookiePages },
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

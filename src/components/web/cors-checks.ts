import { listed } from "../../facts/http/advice.ts";
import { defineCheck } from "../../model/check.ts";
import { fail, pass, undeclared, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { type CorsAnswer, webCors } from "./cors.ts";

const COMMON = { severity: "blocker", phase: "staging", freshFor: "1d", every: "6h" } as const;

function told({ origin, allowOrigin, allowCredentials }: CorsAnswer): string {
  const answer = allowOrigin === undefined ? "no header" : `Access-Control-Allow-Origin: ${allowOrigin}`;
  return `Origin: ${origin} gets ${answer}${allowCredentials ? " with credentials" : ""}`;
}

const reflects = ({ origin, allowOrigin }: CorsAnswer): boolean => allowOrigin === origin;

export const noReflectedOrigin = defineCheck({
  ...COMMON,
  id: "http.cors.no-reflect-credentials",
  title: "Pages of unknown origins cannot read answers in a user's name",
  consequence: "Any page a user visits reads and changes the user's data.",
  asks: ways(`
    CORS restricted | CORS does not allow all origins | CORS only production origins allowed
    CORS allows only production origins | CORS only for production origins
    CORS_ALLOWED_ORIGINS without localhost | CORS | CORS policy | CORS origins restricted
    CORS wildcard removed | no wildcard origins | allowed origins limited to production domains
    CORS configured | CORS settings | CORS restricted to production domain | CORS whitelist configured
    CORS origins set | CORS properly restricted | CORS limited to trusted domains | CORS policy configured
    CORS not set to wildcard | CORS allows only the frontend domain | update CORS settings
    CORS configuration | CORS origins updated | CORS only for our own domain
    CORS_ALLOW_ALL_ORIGINS is not True | CORS only allowed for the domain | only allowed origins
    only the app domain allowed | CORS wildcard not used | CORS allowed only for our domain
    CORS limited to our domain | CORS open only to own domain | only https://app.example.com allowed
    CORS open only for own domain | CORS for the API | CORS added | CORS configured for specific domains
    strict CORS policy | CORS strictly configured | review CORS settings | CORS locked down | CORS allowlist
    CORS whitelist contains only trusted origins | cross-origin requests restricted to known origins
    Access-Control-Allow-Origin restricted | Access-Control-Allow-Origin is not * | exact allowed origins
    allowed origins specified | CORS headers configured with allowed origins | CORS settings validated
    CORS restricted to the frontend URL | CORS restricted to authorized domains
    CORS restricted to trusted origins | allow_origins restricted
    allowed_origins is not * | API does not echo the origin | API does not reflect any origin
    origin not reflected | CORS_ALLOW_ALL_ORIGINS | CORS_ALLOW_ALL_ORIGINS=False | CORS_ORIGIN_ALLOW_ALL
    Access-Control-Allow-Origin not * | Access-Control-Allow-Origin not wildcard with credentials
    credentials not allowed for every origin | arbitrary origins refused | foreign origins rejected
    AllowAnyOrigin not used | allowedOrigins not * | unknown origin gets no CORS headers
    CORS does not reflect the origin with credentials | never combine wildcard with credentials
    Access-Control-Allow-Credentials only for known origins | Allow-Credentials not with wildcard
  `),
  source: "WHATWG Fetch, CORS protocol; MDN HTTP Observatory",
  needs: { cors: webCors },
  run: ({ cors }, { component, options }) => {
    const asked = [cors.stranger, cors.strangerPreflight, ...cors.lookalikes];
    const allowed = asked.filter((each) => reflects(each) || each.allowOrigin === "*");
    const open = allowed.filter((each) => each.allowCredentials && reflects(each));
    const star = allowed.find(({ allowOrigin, allowCredentials }) => allowOrigin === "*" && allowCredentials);
    const origins = listed(options.cors.origins) || "none";
    const fix = `in ${component} compare Origin with a list of whole origins (${origins}) and send no Access-Control-Allow-Origin to others`;
    const expected = "no Access-Control-Allow-Origin for an origin that is not declared";
    const first = open[0] ?? allowed.find(reflects) ?? star;
    if (!first) {
      const [anybody] = allowed;
      if (!anybody) return pass(`${cors.path} allows no unknown origin`);
      if (options.cors.origins.length === 0)
        return pass(`${cors.path} is public: any origin may read it, without credentials`);
      // Who declares origins means these and no others.
      return warn(`any origin may read ${cors.path}, though without credentials`, {
        expected,
        found: told(anybody),
        fix,
      });
    }
    if (open.length === 0)
      return warn(
        first === star
          ? "credentials are offered to every origin: browsers refuse that, so no page gets them"
          : "unknown origins are repeated, though without credentials",
        { expected, found: told(first), fix },
      );
    return fail(
      cors.lookalikes.includes(first)
        ? "an origin that only looks like a declared one may read with credentials"
        : "any origin may read with credentials",
      { expected, found: listed(open.map(told), 2), fix, findings: [cors.path] },
    );
  },
});

export const nullOriginRefused = defineCheck({
  ...COMMON,
  id: "http.cors.null-origin",
  title: "The origin null is not trusted",
  consequence: "A sandboxed frame on any page sends Origin: null and reads the user's data.",
  asks: ways(`
    CORS null origin | Origin null rejected | null origin | CORS does not accept null
    null removed from the allowed origins | CORS rejects the null origin | origin null refused
    null not an allowed origin | Origin: null | null origin not trusted | null origin denied in CORS
    Access-Control-Allow-Origin never null
    requests with origin null refused | null origin requests rejected
  `),
  source: "WHATWG Fetch; PortSwigger research on CORS",
  needs: { cors: webCors },
  run: ({ cors: { nullOrigin, path } }, { component }) => {
    if (!reflects(nullOrigin)) return pass(`${path} does not trust null`);
    return fail("the origin null is trusted", {
      expected: "no Access-Control-Allow-Origin for Origin: null",
      found: told(nullOrigin),
      fix: `in ${component} take null out of the allowed origins`,
      findings: [path],
    });
  },
});

export const declaredOrigins = defineCheck({
  ...COMMON,
  id: "http.cors.declared-origins",
  title: "Every declared origin can call the app, preflight included",
  consequence: "The front end on the other origin shows network errors instead of data.",
  asks: ways(`
    CORS works from frontend | CORS allows the front end domain | no CORS errors | preflight requests work
    CORS between frontend and backend | test CORS from the frontend | CORS errors resolved
    no CORS errors in the browser console | CORS allows the frontend URL | frontend origin allowed
    CORS_ORIGIN set to the frontend URL | CORS headers correct | CORS works | CORS tested | no CORS issues
    frontend can call the API | preflight succeeds from the web app | API accepts requests from the frontend
    ALLOWED_ORIGINS set | ALLOWED_ORIGINS set to the frontend URL | CORS_ORIGIN set to the production domain
    CORS_ORIGIN set to the frontend domain | CORS origins set to the production URL
    CORS allowed origins set | CORS configured for production domain | CORS allows the production domain
    CORS updated for production domain | CORS settings allow the frontend domain | CORS | CORS configured
    CORS settings | CORS configuration | CORS policy | CORS policy configured | CORS added
    CORS for the API | update CORS settings | CORS origins set | CORS origins updated
    CORS settings validated | CORS headers configured with allowed origins | allowed origins specified
    CORS_ALLOWED_ORIGINS | CORS_ALLOWED_ORIGINS lists the frontend
    CORS origins include the frontend | preflight OPTIONS returns 204 | OPTIONS preflight answered
    browser calls to the API are not blocked by CORS | CORS allows our web app
    all frontends are allowed origins | backend CORS allows the frontend domain
    CORS allows the Vercel domain | OPTIONS preflight works | preflight works from the SPA
    SPA can call the API | CORS enabled | API Gateway CORS enabled
    frontend connects to the backend API | web app talks to the API without CORS errors
  `),
  source: "WHATWG Fetch, CORS protocol",
  needs: { cors: webCors },
  run: ({ cors }, { component }) => {
    if (cors.declared.length === 0) return undeclared("cors.origins declares none");
    const names = cors.declared.map(({ simple }) => simple.origin);
    const refused = cors.declared.filter(({ simple }) => !allows(simple));
    const first = refused[0]?.simple;
    if (first)
      return fail(`${refused.length} of ${names.length} declared origins are refused`, {
        expected: `Access-Control-Allow-Origin: ${first.origin}`,
        found: told(first),
        fix: `add ${listed(refused.map(({ simple }) => simple.origin))} to the allowed origins of ${component}`,
        findings: refused.map(({ simple }) => simple.origin),
      });
    const blocked = cors.declared.filter(({ preflight }) => !allows(preflight) || preflight.status >= 300);
    const stopped = blocked[0]?.preflight;
    if (stopped)
      return fail("preflight requests of declared origins fail", {
        expected: "OPTIONS answers 204 with the Access-Control headers, before any login",
        found: `${stopped.status}, ${told(stopped)}`,
        fix: `let ${component} answer OPTIONS ${cors.path} with 204, Access-Control-Allow-Methods and Access-Control-Allow-Headers`,
        findings: blocked.map(({ preflight }) => preflight.origin),
      });
    const unvaried = cors.declared.find(
      ({ simple }) => simple.allowOrigin !== "*" && !/origin|\*/i.test(simple.vary ?? ""),
    )?.simple;
    if (unvaried)
      return warn("answers differ by origin but caches are not told", {
        expected: "Vary: Origin",
        found: `Vary: ${unvaried.vary ?? "absent"}`,
        fix: `let ${component} send Vary: Origin with ${cors.path}`,
      });
    const uncached = cors.declared.find(({ preflight }) => !preflight.maxAge)?.preflight;
    if (uncached)
      return warn("preflight answers are not kept: every call takes two round trips", {
        expected: "Access-Control-Max-Age: 600",
        found: "no such header",
        fix: `let ${component} send Access-Control-Max-Age: 600 with preflight answers`,
      });
    return pass(`${listed(names)} may call ${cors.path}`, {
      maxAgeSeconds: cors.declared[0]?.preflight.maxAge ?? null,
    });
  },
});

function allows({ origin, allowOrigin }: CorsAnswer): boolean {
  return allowOrigin === origin || allowOrigin === "*";
}

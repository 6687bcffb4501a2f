import { defineCheck } from "../../model/check.ts";
import { fail, type Outcome, pass, unknown, warn } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import type { WebOptions } from "./options.ts";
import { type Burst, isHeldEarly, webApiBurst, webLoginBurst } from "./rate.ts";

const COMMON = { phase: "staging", freshFor: "7d" } as const;

export const rateApi = defineCheck({
  ...COMMON,
  id: "limit.rate.api",
  title: "A burst of requests is held back, politely and for a while",
  consequence: "One client with a loop takes the app down for everybody.",
  severity: "warning",
  asks: ways(`
    rate limiting | API rate limit | rate limiter configured | throttling | 429 Retry-After
    rate limiting on API endpoints | rate limits tested | rate limit middleware
    rate limiting configured | rate limiting enabled | rate limits configured | API rate limiting
    rate limiting in place | rate limiting active | rate limits set | rate limiting tested
    rate limiting implemented on API | request throttling | throttling enabled
    100 req/min per IP | requests per minute per IP | requests per minute limited | 100 requests per minute
    API throttled | throttle API requests | request limit active | limit API requests
    rate limit for the API | limit_req | rate limiting per IP | rate limit answers 429
    rate limiting policies active | rate limits enforced | rate limit exceeded returns 429
    rate limit thresholds | API abuse protection | API Gateway throttling | DRF throttling
    429 returned when the limit is exceeded | rate limiting middleware | DRF throttle classes
    throttle classes | limit_req zone | limit_req_zone | rate limiter | AddRateLimiter | too many requests
    429 when too many requests | clients that send too much get 429 | API abuse limited
    requests per second limited | WAF rate rule | Bucket4j | burst limit | ThrottlerModule
    bots throttled | 429 after too many calls | too many calls | API calls limited | 429
    rate limits acceptable and tuned | Upstash ratelimit | API returns 429 when hammered | API returns 429
    429 response | 429 responses work | rate limiting on checkout | rate limiting on forms
    rate limiting on public endpoints
    rate limiting on sensitive endpoints | rate limits on contact form
    rate limiting on auth and checkout
  `),
  source: "RFC 6585 section 4; OWASP API4:2023",
  figures: { "requests-per-minute": { measured: "requestsPerMinute", keeps: "no more", in: "count" } },
  needs: { burst: webApiBurst },
  run: ({ burst }, { component, options }) => {
    const { path, allowed, before429 } = burst;
    const fix = `limit ${path} of ${component} to ${quantity(allowed, "request")} and answer 429 with Retry-After past it${together(options)}`;
    const server = serverErrors(burst, fix);
    if (server) return server;
    if (before429 === undefined) return notHeld(burst, fix);
    if (before429 === 0) return stillHeld(burst);
    if (isHeldEarly(before429, allowed))
      return fail("clients are held back before the declared limit", {
        expected: `${quantity(allowed, "request")}, then 429`,
        found: `429 after ${before429}`,
        fix: `raise the limit of ${path} in ${component} to ${allowed}, or declare what it is`,
        measured: measuredOf(burst),
      });
    return afterwards(burst, fix);
  },
});

export const rateLogin = defineCheck({
  ...COMMON,
  id: "limit.rate.login",
  title: "Guessing passwords is slowed down",
  consequence: "A machine tries passwords by the million until one fits.",
  severity: "blocker",
  asks: ways(`
    login rate limiting | brute force protection | rate limit on login
    rate limiting on authentication endpoints | login attempts limited | brute-force protection on login
    login rate limited | brute force protection enabled
    rate limiting for auth endpoints | login attempts | attempts per minute on login
    login throttling | limit login attempts | limited number of login attempts
    failed login attempts limited | number of login attempts limited
    login attempt limit | Too many login attempts | 5 login attempts per 15 minutes
    django-axes enabled | password guessing blocked | django-axes
    password guessing slowed | password guessing | login form throttled
    repeated failed logins blocked | sign-in attempts limited | too many failed logins
    login protected by rate limiter | rate limiting against brute force | too many wrong passwords
    wrong password attempts limited | rate limit on /login | account lockout or throttling after failures
    throttling after repeated failures | login endpoint throttled by IP
    login endpoint throttled | login rate limited per IP
    rate limiting on login and sign-up | rate limiting on auth and checkout
    rate limits on login and password reset
  `),
  source: "OWASP ASVS 2.2.1",
  figures: { attempts: { measured: "attempts", keeps: "no more", in: "count" } },
  needs: { burst: webLoginBurst },
  run: ({ burst }, { component, options }) => {
    const attempts = options.login?.attempts ?? 0;
    const fix = `after ${attempts} wrong logins answer ${burst.path} of ${component} with 429 and Retry-After, by account and by address${together(options)}`;
    const server = serverErrors(burst, fix);
    if (server) return server;
    const isLocked = burst.before429 === undefined && burst.statuses.includes(423);
    if (isLocked) return pass("the account is locked (423)", measuredOf(burst));
    const passed = burst.statuses.filter((status) => status < 300 || [302, 303].includes(status));
    if (passed.includes(200) && burst.before429 === undefined)
      return fail("wrong logins are answered 200 and never held back", {
        expected: `429 after ${attempts} wrong logins`,
        found: `${burst.sent} answers of ${burst.statuses.join(", ")}`,
        fix,
        measured: measuredOf(burst),
      });
    const [only, ...others] = burst.statuses;
    if (others.length === 0 && (only === 404 || only === 405))
      return unknown(`${burst.path} answers ${only}: it is not the login that was declared`);
    if (others.length === 0 && only === 403 && burst.before429 === undefined)
      return unknown(
        `${burst.path} answers 403 before it looks at a login: does it ask for a token of its form?`,
      );
    if (burst.before429 === undefined) return notHeld(burst, fix);
    if (burst.heldWith !== undefined) return heldAlike(burst, burst.heldWith);
    if (burst.before429 === 0) return stillHeld(burst);
    return afterwards(burst, fix);
  },
});

function measuredOf({ sent, before429, retryAfter, attempts, allowed, windowMs }: Burst) {
  return {
    sent,
    before429: before429 ?? null,
    retryAfter: retryAfter ?? null,
    ...(attempts !== undefined && { attempts }),
    ...(windowMs !== undefined && { requestsPerMinute: Math.round((allowed * 6_000_000) / windowMs) / 100 }),
  };
}

function serverErrors(burst: Burst, fix: string): Outcome | undefined {
  const broken = burst.statuses.filter((status) => status >= 500);
  if (broken.length === 0) return undefined;
  return fail("a burst ends in errors of the app", {
    expected: "429",
    found: broken.join(", "),
    fix,
    measured: measuredOf(burst),
  });
}

/** The usual way to pass on one's own machine and fail here: each process counts what it sees itself. */
function together({ instances }: WebOptions): string {
  return instances > 1 ? `; count for all ${instances} instances together, in Redis or the database` : "";
}

function notHeld(burst: Burst, fix: string): Outcome {
  const { tookMs, windowMs = Number.POSITIVE_INFINITY } = burst;
  // A limiter that counts anew in between had nothing to hold back.
  if (tookMs >= windowMs)
    return unknown(
      `${quantity(burst.sent, "request")} took ${tookMs} ms, longer than the ${windowMs} ms in which they are counted`,
    );
  return fail(`${quantity(burst.sent, "request")} in a burst, none held back`, {
    expected: "429 with Retry-After",
    found: `only ${burst.statuses.join(", ")}`,
    fix,
    measured: measuredOf(burst),
  });
}

/**
 * The very first request met the limit of an earlier run: the limiter is there, when that run is known here and it says
 * until when. Whatever refuses everybody answers the same.
 */
function stillHeld(burst: Burst): Outcome {
  const { path, retryAfter, heldFor } = burst;
  if (retryAfter === undefined || retryAfter === 0)
    return unknown(`${path} answered 429 to the very first request and not until when: ask again later`);
  if (!heldFor)
    return unknown(
      `${path} answered 429 to the very first request, and no earlier burst from here explains it: ask again in ${retryAfter} s`,
    );
  return pass(
    `${path} still holds back an earlier burst, of which ${heldFor.before429} came through, for ${retryAfter} s`,
    measuredOf(burst),
  );
}

/** Who tries passwords and nothing else may meet no limit at all. */
function heldAlike({ path, before429 = 0, retryAfter }: Burst, other: string): Outcome {
  const again = retryAfter === undefined ? "later" : `in ${retryAfter} s`;
  return unknown(
    `${path} answered 429 after ${quantity(before429, "wrong login")}, and ${other} is held back as long: one limit may count both; ask again ${again}, and if it stays so give the login a limit of its own`,
  );
}

function afterwards(burst: Burst, fix: string): Outcome {
  const { before429, retryAfter, recovered } = burst;
  const measured = { ...measuredOf(burst), recovered: recovered ?? null };
  if (retryAfter === undefined)
    return warn("clients are held back but not told until when", {
      expected: "Retry-After: seconds",
      found: "429 without one that can be read",
      fix,
      measured,
    });
  if (recovered === false)
    return fail("a client that waits as long as it was told is still refused", {
      expected: `an answer after ${retryAfter} s`,
      found: "429 again",
      fix: `send the real time to wait in Retry-After: ${fix}`,
      measured,
    });
  const rest = recovered ? "open again after it" : "longer than a check waits";
  return pass(
    `429 after ${quantity(before429 ?? 0, "request")}, Retry-After: ${retryAfter} (${rest})`,
    measured,
  );
}

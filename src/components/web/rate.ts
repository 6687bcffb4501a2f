import { httpCompression } from "../../facts/http/compression.ts";
import { httpAnswer } from "../../facts/http/connection.ts";
import { httpExposed } from "../../facts/http/exposed.ts";
import { headerValue } from "../../facts/http/headers.ts";
import { httpMethods } from "../../facts/http/methods.ts";
import { httpLinks, httpPublicFiles } from "../../facts/http/public.ts";
import { httpRedirects } from "../../facts/http/redirects.ts";
import { type Ask, type Requests, requestsTo } from "../../facts/http/requests.ts";
import { defineFact, type FactContext, Undeclared } from "../../model/fact.ts";
import { webApiDocs } from "./api-docs.ts";
import { type HeldBurst, heldBurst, rememberHeld } from "./burst-memory.ts";
import { webCors } from "./cors.ts";
import { webHealth } from "./health.ts";
import { webBodyLimit, webHeaderLimit } from "./limits.ts";
import type { WebOptions } from "./options.ts";
import { webProtectedRoutes } from "./protected-routes.ts";
import { webReleaseAnswers } from "./release.ts";
import { mayBeLimitOf } from "./shared-limit.ts";
import { webTraversal } from "./traversal.ts";

export interface Burst {
  readonly path: string;
  /** Requests that must be let through before the limit. */
  readonly allowed: number;
  readonly sent: number;
  /** How long it took, and how long the limit's window is; undefined where none is declared. */
  readonly tookMs: number;
  readonly windowMs: number | undefined;
  /** Requests that were answered before the first 429; undefined when none came. */
  readonly before429: number | undefined;
  /** Seconds, as the first 429 says them; a date is counted from then on. */
  readonly retryAfter: number | undefined;
  /** Other answers than 429, each status once. */
  readonly statuses: readonly number[];
  /** Whether the path answered again after Retry-After; undefined when that was too long to wait. */
  readonly recovered: boolean | undefined;
  /** Wrong logins that were let through, at most as many as declared. */
  readonly attempts?: number;
  /** Where the first request was refused: the burst of ours for which it still was. */
  readonly heldFor?: HeldBurst;
  /** The path of the burst before it, whose limit may be what held this one back. */
  readonly heldWith?: string;
}

const AT_ONCE = 8;
/** Sent past the limit, so that a limiter that counts per instance or a little late still shows. */
const SLACK = 10;
const LONGEST_WAIT_MS = 3_000;
/** For a limit that was used up before the first request: a run of this very check shortly before does that. */
const LONGEST_WAIT_FOR_ANEW_MS = 15_000;

export const webApiBurst = defineFact<Burst, WebOptions>({
  id: "web.api-burst",
  access: "active",
  reach: "application",
  timeoutMs: 300_000,
  sends:
    "limits.requestsPerMinute.max GET requests and a few more, 8 at once; once again, a window later, where that took too long to tell or earlier requests had used the limit up",
  isAsked: ({ limits }) => limits.requestsPerMinute !== undefined,
  async collect(context) {
    const limit = context.subject.options.limits.requestsPerMinute;
    if (!limit) throw new Undeclared("limits.requestsPerMinute is not declared");
    const most = limit.max + Math.max(SLACK, Math.ceil(limit.max / 4));
    return burst(context, { path: limit.path }, { allowed: limit.max, most, windowMs: limit.perMs });
  },
});

export const webLoginBurst = defineFact<Burst, WebOptions>({
  id: "web.login-burst",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends:
    "login.attempts wrong logins and a few more, one after the other; once again where an earlier burst is still held back",
  isAsked: ({ login }) => login !== undefined,
  async collect(context) {
    const { login } = context.subject.options;
    if (!login) throw new Undeclared("no login is declared");
    // The other burst first: one limiter may count both.
    const before = await context.get(webApiBurst).catch(() => undefined);
    const found = await burst(context, wrongLogin(login), {
      allowed: 0,
      most: login.attempts + 2,
      atOnce: 1,
      after: { before, own: login.attempts },
    });
    const through = found.before429 === 0 ? found.heldFor?.before429 : (found.before429 ?? login.attempts);
    return { ...found, ...(through !== undefined && { attempts: Math.min(login.attempts, through) }) };
  },
});

/** The declared wrong login, as it is sent. */
export function wrongLogin({ path, method, body }: NonNullable<WebOptions["login"]>): Ask {
  const isForm = typeof body === "string";
  return {
    path,
    method,
    headers: { "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json" },
    body: isForm ? body : JSON.stringify(body),
  };
}

interface BurstSize {
  readonly allowed: number;
  readonly most: number;
  readonly windowMs?: number;
  readonly atOnce?: number;
  /** The burst before it, and what a limit of its own lets through. */
  readonly after?: { readonly before: Burst | undefined; readonly own: number };
}

async function burst(context: FactContext<WebOptions>, ask: Ask, size: BurstSize): Promise<Burst> {
  const { allowed, windowMs } = size;
  const address = await context.get(httpAnswer);
  await everythingElse(context);
  const requests = requestsTo(context, address);
  const first = await sendBurst(context, { requests, ask, size });
  const waitMs = untilCountedAnew(first, size);
  if (waitMs !== undefined) await context.doors.clock.delay(waitMs, context.signal);
  const last = waitMs === undefined ? first : await sendBurst(context, { requests, ask, size });
  const { limited, ...seen } = last;
  const { retryAfter } = limited ?? {};
  const heldFor = limited && seen.before429 === 0 ? await heldBurst(context, ask.path) : undefined;
  // A burst from here that it was seen to count by itself is explained by that one.
  const heldWith = !heldFor && isPerhapsShared(last, size) ? size.after?.before?.path : undefined;
  // What another burst may have used up proves nothing later on either.
  if (retryAfter !== undefined && heldWith === undefined) {
    const before429 = seen.before429 === 0 ? undefined : seen.before429;
    await rememberHeld(context, ask.path, { before429, forMs: retryAfter * 1_000 });
  }
  const recovered =
    limited && heldWith === undefined ? await recovers(context, requests, ask, retryAfter) : undefined;
  return {
    ...seen,
    path: ask.path,
    allowed,
    windowMs,
    before429: limited ? seen.before429 : undefined,
    retryAfter,
    recovered,
    ...(heldFor && { heldFor }),
    ...(heldWith !== undefined && { heldWith }),
  };
}

/**
 * How long to wait before the burst is worth sending once more: it took longer than the limiter counts, on a machine
 * that may be less busy by then, or earlier requests left too little to use up. Undefined where it told enough.
 */
function untilCountedAnew(sent: Sent, size: BurstSize): number | undefined {
  const { limited, before429, tookMs } = sent;
  const { allowed, windowMs } = size;
  if (!limited) return windowMs !== undefined && tookMs >= windowMs ? windowMs : undefined;
  const isEnough = before429 > 0 && !isHeldEarly(before429, allowed);
  if (isEnough && !isPerhapsShared(sent, size)) return undefined;
  const waitMs = limited.retryAfter === undefined ? windowMs : limited.retryAfter * 1_000 + 250;
  return waitMs !== undefined && waitMs <= LONGEST_WAIT_FOR_ANEW_MS ? waitMs : undefined;
}

/** A limiter may count some requests of others, and some twice. */
export function isHeldEarly(before429: number, allowed: number): boolean {
  return before429 < allowed * 0.8;
}

function isPerhapsShared({ limited, before429 }: Sent, { after }: BurstSize): boolean {
  if (!limited || !after) return false;
  return mayBeLimitOf(after.before, { before429, retryAfter: limited.retryAfter }, after.own);
}

interface Sent extends Pick<Burst, "sent" | "tookMs" | "statuses"> {
  readonly before429: number;
  /** The first answer that held back. */
  readonly limited: { readonly retryAfter: number | undefined } | undefined;
}

async function sendBurst(
  context: FactContext<WebOptions>,
  {
    requests,
    ask,
    size: { most, atOnce = AT_ONCE },
  }: { readonly requests: Requests; readonly ask: Ask; readonly size: BurstSize },
): Promise<Sent> {
  const statuses = new Set<number>();
  const from = context.doors.clock.now();
  let [sent, before429] = [0, 0];
  let limited: Sent["limited"];
  while (sent < most && !limited) {
    const answers = await requests.sendAll(
      Array.from({ length: Math.min(atOnce, most - sent) }, () => ({ ...ask, maxBodyBytes: 4_096 })),
      atOnce,
    );
    sent += answers.length;
    for (const { status, headerLines } of answers) {
      if (status === 429)
        limited ??= { retryAfter: secondsIn(headerValue(headerLines, "retry-after"), context) };
      else {
        before429 += 1;
        statuses.add(status);
      }
    }
  }
  return { sent, before429, limited, statuses: [...statuses], tookMs: context.doors.clock.now() - from };
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function secondsIn(value: string | undefined, { doors }: FactContext<WebOptions>): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - doors.clock.now()) / 1_000));
}

async function recovers(
  { doors, signal }: FactContext<WebOptions>,
  { send }: Requests,
  ask: Ask,
  retryAfter: number | undefined,
): Promise<boolean | undefined> {
  if (retryAfter === undefined) return undefined;
  const waitMs = retryAfter * 1_000 + 250;
  if (waitMs > LONGEST_WAIT_MS) return undefined;
  await doors.clock.delay(waitMs, signal);
  return (await send({ ...ask, maxBodyBytes: 4_096 })).status !== 429;
}

/** A burst uses up what the limiter grants this machine, so every other probe of the component goes first. */
async function everythingElse({ get }: FactContext<WebOptions>): Promise<void> {
  const facts = [
    httpCompression,
    httpExposed,
    httpLinks,
    httpMethods,
    httpPublicFiles,
    httpRedirects,
    webApiDocs,
    webBodyLimit,
    webCors,
    webHeaderLimit,
    webHealth,
    webProtectedRoutes,
    webReleaseAnswers,
    webTraversal,
  ];
  await Promise.allSettled(facts.map((fact) => get<unknown>(fact)));
}

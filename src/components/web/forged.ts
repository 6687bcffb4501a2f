import { httpAnswer } from "../../facts/http/connection.ts";
import { type Ask, type Requests, requestsTo } from "../../facts/http/requests.ts";
import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import type { WebOptions } from "./options.ts";
import { webApiBurst, webLoginBurst, wrongLogin } from "./rate.ts";

export interface Forged {
  readonly path: string;
  /** "X-Forwarded-For" */
  readonly header: string;
  /** Of `asked` requests each: let through with the forged header, and without, in the same moments. */
  readonly forged: number;
  readonly plain: number;
  readonly asked: number;
}

/** How proxies, load balancers and CDNs tell where a request came from. */
const HEADERS: readonly ((ip: string) => readonly [name: string, value: string])[] = [
  (ip) => ["X-Forwarded-For", ip],
  (ip) => ["X-Real-IP", ip],
  (ip) => ["Forwarded", `for=${ip};proto=https`],
  (ip) => ["True-Client-IP", ip],
  (ip) => ["CF-Connecting-IP", ip],
  (ip) => ["X-Client-IP", ip],
  (ip) => ["X-Cluster-Client-IP", ip],
  (ip) => ["Fly-Client-IP", ip],
  (ip) => ["X-Forwarded-For", `${ip}, 127.0.0.1`],
];
const TRIES = 3;

interface Limited {
  readonly ask: Ask;
  /** Requests after which the limit must hold. */
  readonly most: number;
  readonly atOnce: number;
  readonly pairs: number;
  readonly headers: typeof HEADERS;
}

/** What a client that is held back gets when it says that it is somebody else each time. */
export const webForged = defineFact<readonly Forged[], WebOptions>({
  id: "web.forged",
  access: "active",
  reach: "application",
  timeoutMs: 120_000,
  sends:
    "the bursts once more, then some 200 GET requests and 20 wrong logins, half of them with forged addresses of clients",
  isAsked: ({ limits, login }) => limits.requestsPerMinute !== undefined || login !== undefined,
  async collect(context) {
    const { limits, login } = context.subject.options;
    const api = limits.requestsPerMinute;
    if (!api && !login) throw new Undeclared("neither limits.requestsPerMinute nor a login is declared");
    const address = await context.get(httpAnswer);
    // The bursts first: they count what is let through, and this uses it up.
    await Promise.allSettled([api && context.get(webApiBurst), login && context.get(webLoginBurst)]);
    const limited: Limited[] = [];
    if (api)
      limited.push({
        ask: { path: api.path },
        most: Math.ceil(api.max * 1.25) + 10,
        atOnce: 8,
        pairs: 6,
        headers: HEADERS,
      });
    if (login)
      limited.push({
        ask: wrongLogin(login),
        most: login.attempts + 2,
        atOnce: 1,
        pairs: 2,
        headers: HEADERS.slice(0, 4),
      });
    const requests = requestsTo(context, address);
    const seen: Forged[] = [];
    for (const each of limited)
      for (const header of each.headers)
        seen.push(await tryHeader(each, header, requests, addressesOf(context.doors.random)));
    return seen;
  },
});

/**
 * Forged and plain requests in turns. A limit that lets somebody in again now and then lets both in alike: only the
 * difference tells. Throws NotObserved when the limit never holds long enough for one.
 */
async function tryHeader(
  { ask, most, atOnce, pairs }: Limited,
  header: (typeof HEADERS)[number],
  requests: Requests,
  nextAddress: () => string,
): Promise<Forged> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (!(await isHeldBack(ask, most, atOnce, requests)))
      throw new NotObserved(
        `${ask.path} holds nobody back within ${most} requests: there is no limit to get past`,
      );
    const [name] = header("");
    const asks = Array.from({ length: pairs * 2 }, (_, index): Ask => {
      const [, value] = header(nextAddress());
      const own = { ...ask.headers, ...(index % 2 === 0 && { [name]: value }) };
      return { ...ask, headers: own, maxBodyBytes: 4_096 };
    });
    const answers = await requests.sendAll(asks, Math.min(atOnce, 4));
    const passed = answers.map(({ status }) => status !== 429 && status !== 423 && status !== 403);
    const forged = passed.filter((each, index) => each && index % 2 === 0).length;
    const plain = passed.filter((each, index) => each && index % 2 === 1).length;
    if (plain * 3 <= pairs) return { path: ask.path, header: name, forged, plain, asked: pairs };
  }
  throw new NotObserved(`the limit of ${ask.path} opens again too soon to try anything past it`);
}

async function isHeldBack(ask: Ask, most: number, atOnce: number, { sendAll }: Requests): Promise<boolean> {
  for (let sent = 0; sent < most; sent += atOnce) {
    const answers = await sendAll(
      Array.from({ length: atOnce }, () => ({ ...ask, maxBodyBytes: 4_096 })),
      atOnce,
    );
    if (answers.some(({ status }) => status === 429 || status === 423)) return true;
  }
  return false;
}

/** Another one each time, of a network that only benchmarks use (RFC 2544). */
function addressesOf(random: { bytes(count: number): Uint8Array }): () => string {
  return () => `198.18.${[...random.bytes(2)].join(".")}`;
}

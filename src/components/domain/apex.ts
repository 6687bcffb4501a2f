import { messageOf, OutsideError } from "../../model/errors.ts";
import { DoesNotApply, defineFact, type FactContext, NotObserved, Undeclared } from "../../model/fact.ts";
import type { Address } from "../../model/subject.ts";
import { hostsOf, serversOf } from "./facts.ts";
import type { DomainOptions } from "./options.ts";

/** What a browser meets from one of the two names on. */
export interface Way {
  readonly host: string;
  readonly scheme: "https" | "http";
  /** Status and target of each redirect; the target keeps path and query. */
  readonly redirects: readonly { readonly status: number; readonly to: string }[];
  readonly end:
    | { readonly host: string; readonly scheme: string; readonly status: number }
    | "loop"
    | "nowhere";
  /** Undefined when nothing redirects. */
  readonly keepsPath: boolean | undefined;
}

export interface Apex {
  readonly apex: string;
  readonly www: string;
  /** Where the environment answers: a third name that the two may lead to. */
  readonly home: string;
  readonly unresolved: readonly string[];
  /** Names that resolve and do not answer, each with the reason. */
  readonly silent: readonly { readonly host: string; readonly reason: string }[];
  readonly ways: readonly Way[];
}

const MAX_REDIRECTS = 5;
const DEEP_PATH = "/gonogo-check/deep?kept=1";

/** The name without and with "www.", in the DNS and over HTTP. Throws DoesNotApply where neither is declared. */
export const apexAndWww = defineFact<Apex, DomainOptions>({
  id: "domain.apex-and-www",
  access: "read",
  reach: "application",
  timeoutMs: 45_000,
  async collect(context) {
    const { address, environment } = context.subject;
    const apex = await apexOf(context);
    if (!address) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
    const pair = [apex, `www.${apex}`];
    const known = await Promise.all(pair.map((host) => resolves(host, context)));
    const asked = pair.filter((_, index) => known[index]);
    const walks = await Promise.all(asked.map((host) => waysFrom(host, pair, address, context)));
    const silent = walks.flatMap((walk) => ("reason" in walk ? [walk] : []));
    if (silent.length === pair.length) throw new Error(`${silent[0]?.host}: ${silent[0]?.reason}`);
    return {
      apex,
      www: `www.${apex}`,
      home: new URL(address.url).hostname,
      unresolved: pair.filter((host) => !asked.includes(host)),
      silent,
      ways: walks.flatMap((walk) => ("ways" in walk ? walk.ways : [])),
    };
  },
});

/** From "www.shop.example" its apex is plain; of any other name only when it has a zone of its own. */
async function apexOf({ subject, doors, signal }: FactContext<DomainOptions>): Promise<string> {
  const hosts = hostsOf(subject);
  const www = hosts.find((host) => host.startsWith("www."));
  if (www !== undefined) return www.slice("www.".length);
  const [server] = serversOf(subject);
  for (const host of hosts.filter((each) => !each.startsWith("*."))) {
    const at = { ...(server !== undefined && { server }), signal };
    if ((await doors.dns.resolve(host, "NS", at)).length > 0) return host;
  }
  throw new (subject.environment.stage === "production" ? Undeclared : DoesNotApply)(
    `${hosts.join(", ")} is below a domain: declare hosts: ["shop.example", "www.shop.example"] where people type either`,
  );
}

async function resolves(
  host: string,
  { subject, doors, signal }: FactContext<DomainOptions>,
): Promise<boolean> {
  const [server] = serversOf(subject);
  const at = { ...(server !== undefined && { server }), signal };
  const found = await Promise.all([doors.dns.resolve(host, "A", at), doors.dns.resolve(host, "AAAA", at)]);
  return found.flat().length > 0;
}

async function waysFrom(
  host: string,
  pair: readonly string[],
  address: Address,
  context: FactContext<DomainOptions>,
): Promise<{ ways: Way[] } | { host: string; reason: string }> {
  const doors = [address.url, ...(address.plainUrl === undefined ? [] : [address.plainUrl])];
  try {
    return { ways: await Promise.all(doors.map((door) => walk(at(door, host), pair, address, context))) };
  } catch (thrown) {
    if (!(thrown instanceof OutsideError)) throw thrown;
    return { host, reason: messageOf(thrown) };
  }
}

function at(door: string, host: string): URL {
  const url = new URL("/", door);
  url.hostname = host;
  return url;
}

async function walk(
  start: URL,
  pair: readonly string[],
  address: Address,
  { doors, signal }: FactContext<DomainOptions>,
): Promise<Way> {
  const ask = async (url: URL) => {
    const ca = address.ca === undefined ? {} : { ca: address.ca };
    const headers = { "user-agent": "gonogo-check" };
    const answer = await doors.http.send({
      url: url.href,
      headers,
      maxBodyBytes: 4_096,
      timeoutMs: 8_000,
      signal,
      ...ca,
    });
    const location = answer.headerLines.find(([name]) => name.toLowerCase() === "location")?.[1];
    const isRedirect = [301, 302, 303, 307, 308].includes(answer.status);
    return {
      status: answer.status,
      isRedirect,
      to: (isRedirect && location && URL.parse(location, url.href)) || undefined,
    };
  };
  const redirects: { status: number; to: string }[] = [];
  const way = { host: start.hostname, scheme: start.protocol === "https:" ? "https" : "http" } as const;
  const from = (end: Way["end"], keepsPath: boolean | undefined): Way => ({
    ...way,
    redirects,
    end,
    keepsPath,
  });
  const seen = new Set<string>();
  let keepsPath: boolean | undefined;
  for (let url = start; ; ) {
    if (seen.has(url.href) || redirects.length > MAX_REDIRECTS) return from("loop", keepsPath);
    seen.add(url.href);
    const { status, isRedirect, to } = await ask(url);
    const end = { host: url.hostname, scheme: url.protocol.slice(0, -1), status };
    if (!isRedirect) return from(end, keepsPath);
    if (!to) return from("nowhere", keepsPath);
    // A redirect within the canonical name is the application's own ("/" to "/en").
    if (to.origin === url.origin) return from(end, keepsPath);
    if (keepsPath === undefined)
      keepsPath = (await ask(new URL(DEEP_PATH, url))).to?.href.endsWith(DEEP_PATH) ?? false;
    redirects.push({ status, to: to.href });
    if (![...pair, new URL(address.url).hostname].includes(to.hostname))
      return from({ host: to.hostname, scheme: to.protocol.slice(0, -1), status: 0 }, keepsPath);
    url = to;
  }
}

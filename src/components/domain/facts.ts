import type { Dns, DnsRecord } from "../../model/doors.ts";
import { DoesNotApply, defineFact, type FactContext } from "../../model/fact.ts";
import type { Subject } from "../../model/subject.ts";
import type { DomainOptions } from "./options.ts";

export interface HostAnswer {
  readonly host: string;
  /** "9.9.9.9", or "this machine's resolver". */
  readonly resolver: string;
  readonly addresses: readonly DnsRecord[];
  readonly alias: string | undefined;
}

/** Addresses of every declared name, from every resolver. Throws DoesNotApply where there is no public name. */
export const hostAnswers = defineFact<readonly HostAnswer[], DomainOptions>({
  id: "domain.addresses",
  access: "read",
  reach: "environment",
  attempts: 2,
  collect: async (context) =>
    await Promise.all(
      hostsOf(context.subject).flatMap((host) =>
        serversOf(context.subject).map((server) => answerOf(host, server, context)),
      ),
    ),
});

async function answerOf(
  host: string,
  server: string | undefined,
  { doors, signal }: Pick<FactContext<DomainOptions>, "doors" | "signal">,
): Promise<HostAnswer> {
  const at = { ...(server !== undefined && { server }), signal };
  const [four, six, alias] = await Promise.all([
    doors.dns.resolve(host, "A", at),
    doors.dns.resolve(host, "AAAA", at),
    doors.dns.resolve(host, "CNAME", at),
  ]);
  return {
    host,
    resolver: server ?? "this machine's resolver",
    addresses: [...four, ...six],
    alias: alias[0]?.value,
  };
}

export interface ZoneAnswer {
  readonly zone: string;
  readonly nameServers: readonly string[];
  readonly authorities: readonly string[];
  /** What a name that nobody declared resolves to. */
  readonly wildcard: readonly string[];
}

/** The zone of the first declared name: its servers, who may issue certificates, whether any name resolves. */
export const zoneAnswer = defineFact<ZoneAnswer, DomainOptions>({
  id: "domain.zone",
  access: "read",
  reach: "environment",
  attempts: 2,
  async collect({ subject, doors, signal }) {
    const [first = ""] = hostsOf(subject);
    const [server] = serversOf(subject);
    const at = { ...(server !== undefined && { server }), signal };
    const { zone, nameServers } = await zoneOf(first, (name) => doors.dns.resolve(name, "NS", at));
    return {
      zone,
      nameServers: nameServers.map(({ value }) => value),
      authorities: await authoritiesOf(first, doors.dns, at),
      wildcard: (await doors.dns.resolve(`${doors.random.hex(8)}.${zone}`, "A", at)).map(
        ({ value }) => value,
      ),
    };
  },
});

/** The nearest name above that has name servers of its own; the last two labels when nobody says. */
async function zoneOf(
  host: string,
  serversAt: (name: string) => Promise<readonly DnsRecord[]>,
): Promise<{ zone: string; nameServers: readonly DnsRecord[] }> {
  const labels = host.replace(/^\*\./, "").split(".");
  for (let first = 0; first <= labels.length - 2; first++) {
    const zone = labels.slice(first).join(".");
    const nameServers = await serversAt(zone);
    if (nameServers.length > 0) return { zone, nameServers };
  }
  return { zone: labels.slice(-2).join("."), nameServers: [] };
}

/** RFC 8659 section 3: the nearest set above counts, and it alone. */
async function authoritiesOf(
  host: string,
  dns: Dns,
  at: { server?: string; signal: AbortSignal },
): Promise<string[]> {
  const labels = host.replace(/^\*\./, "").split(".");
  for (let first = 0; first <= labels.length - 2; first++) {
    const records = await dns.resolve(labels.slice(first).join("."), "CAA", at);
    const issuers = records.flatMap(({ value }) => /^issue "([^";]*)/.exec(value)?.[1]?.trim() ?? []);
    if (records.length > 0) return issuers;
  }
  return [];
}

export function hostsOf({ options, environment, address }: Subject<DomainOptions>): string[] {
  if (options.hosts) return options.hosts;
  const host = address === undefined ? undefined : URL.parse(address.url)?.hostname;
  if (host !== undefined && !/(^|\.)localhost$/.test(host)) return [host];
  throw new DoesNotApply(`${environment.name} has no name of its own in the DNS`);
}

export function serversOf({ options: { resolvers } }: Subject<DomainOptions>): (string | undefined)[] {
  return resolvers.length > 0 ? resolvers : [undefined];
}

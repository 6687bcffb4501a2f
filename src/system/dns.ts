import { Resolver } from "node:dns/promises";
import type { Dns, DnsRecord, DnsType } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import { codeOf, withinTime } from "./outside-failure.ts";

const DEFAULT_TIMEOUT_MS = 5_000;
/** There is no such name, or nothing of this type under it: an answer, not a failure. */
const NOTHING = new Set(["ENOTFOUND", "ENODATA"]);

export function openDns(): Dns {
  return { resolve };
}

async function resolve(
  name: string,
  type: DnsType,
  {
    server,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    signal,
  }: { server?: string; timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<readonly DnsRecord[]> {
  const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / 2), tries: 2 });
  if (server !== undefined) resolver.setServers([server]);
  const asked = server ?? "the machine's resolver";
  try {
    return await withinTime(
      { host: asked, timeoutMs, signal, onGiveUp: () => resolver.cancel() },
      ask(resolver, name, type),
    );
  } catch (thrown) {
    if (thrown instanceof OutsideError) throw thrown;
    if (NOTHING.has(codeOf(thrown) ?? "")) return [];
    throw new OutsideError(`${asked} did not answer for ${type} of ${name} (${codeOf(thrown)})`, {
      host: asked,
      retryable: true,
    });
  }
}

async function ask(resolver: Resolver, name: string, type: DnsType): Promise<DnsRecord[]> {
  switch (type) {
    case "A":
      return (await resolver.resolve4(name, { ttl: true })).map(addressRecord);
    case "AAAA":
      return (await resolver.resolve6(name, { ttl: true })).map(addressRecord);
    case "MX":
      return (await resolver.resolveMx(name)).map(({ exchange, priority }) => ({
        value: exchange.replace(/\.$/, ""),
        priority,
      }));
    case "TXT":
      return (await resolver.resolveTxt(name)).map((strings) => ({ value: strings.join("") }));
    case "CAA":
      return (await resolver.resolveCaa(name)).map((record) => ({ value: caaValue(record) }));
    case "CNAME":
      return (await resolver.resolveCname(name)).map((value) => ({ value }));
    case "NS":
      return (await resolver.resolveNs(name)).map((value) => ({ value }));
  }
}

function addressRecord({ address, ttl }: { address: string; ttl: number }): DnsRecord {
  return { value: address, ttlSeconds: ttl };
}

/** c-ares gives the tag as the name of a property. */
function caaValue(record: object): string {
  const [tag, value] = Object.entries(record).find(([key]) => key !== "critical" && key !== "type") ?? [
    "",
    "",
  ];
  return `${tag} "${String(value)}"`;
}

import { DoesNotApply, defineFact, type FactContext } from "../../model/fact.ts";
import type { FirewallSide, HostUpkeep } from "../../model/host.ts";
import { hostSeen } from "./facts.ts";
import type { HostOptions } from "./options.ts";

export interface FirewallSeen {
  readonly by: string;
  readonly v4: FirewallSide;
  /** Undefined: the machine has no IPv6 address that others reach. */
  readonly v6: FirewallSide | undefined;
  /** Ports that may be open: the edge's, sshd's, declared ones. */
  readonly allowed: readonly number[];
  /** Tried from where Gonogo runs; undefined: that is the machine itself. */
  readonly outside: { readonly tried: readonly number[]; readonly answered: readonly number[] } | undefined;
}

/** What scanners try first. */
const USUAL = [21, 23, 25, 111, 445, 2375, 3306, 5432, 5984, 6379, 8080, 9090, 9200, 11211, 27017];
const PATIENCE_MS = 2_000;

export const hostFirewall = defineFact<FirewallSeen, HostOptions>({
  id: "host.firewall",
  access: "read",
  reach: "application",
  timeoutMs: 15_000,
  async collect(context) {
    const { upkeep } = await context.get(hostSeen);
    if (!upkeep) throw new DoesNotApply("the application only visits this machine, it is not kept for it");
    const { firewall, ownPorts, hasV6 } = upkeep;
    if (firewall === undefined || ownPorts === undefined)
      throw new Error(
        "the agent is of an earlier version and does not look at the firewall; deploy once more",
      );
    if (firewall === "unseen")
      throw new Error(
        "only root sees the firewall's rules; let the agent's user see them: `app ALL=(root) NOPASSWD: /usr/sbin/nft -j list ruleset, /usr/sbin/iptables -S, /usr/sbin/ip6tables -S` in /etc/sudoers.d/gonogo",
      );
    const { address, options } = context.subject;
    const allowed = [...new Set([...ownPorts, ...options.openPorts])];
    const hostname = address === undefined ? "localhost" : new URL(address.url).hostname;
    const isHere = /(^|\.)localhost$/.test(hostname) || /^127\.|^\[::1\]$/.test(hostname);
    const tried = portsToTry(upkeep, allowed);
    return {
      by: firewall.by,
      v4: firewall.v4,
      v6: hasV6 ? firewall.v6 : undefined,
      allowed,
      outside: isHere ? undefined : { tried, answered: await answering(context, { hostname, ports: tried }) },
    };
  },
});

/** First what listens, then what often does. */
function portsToTry({ openPorts }: HostUpkeep, allowed: readonly number[]): number[] {
  return [...new Set([...openPorts.slice(0, 40), ...USUAL])].filter((port) => !allowed.includes(port));
}

/** Those that accept a connection. */
export async function answering(
  { doors, signal }: Pick<FactContext<HostOptions>, "doors" | "signal">,
  { hostname, ports }: { readonly hostname: string; readonly ports: readonly number[] },
): Promise<number[]> {
  const answers = await Promise.all(
    ports.map((port) =>
      doors.sockets.connect({ host: hostname, port, timeoutMs: PATIENCE_MS, signal }).then(
        () => port,
        () => undefined,
      ),
    ),
  );
  return answers.filter((port) => port !== undefined);
}

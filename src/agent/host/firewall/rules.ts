import type { HostFirewall } from "../../../model/host.ts";

/** A rule as far as it says who may come in. */
export interface Rule {
  readonly verdict: "accept" | "deny" | "return" | { readonly to: string; readonly comesBack: boolean };
  /**
   * "few": an address, an inner interface, connections that are there already. "some": strangers too, but not always,
   * or by what is not understood: it lets strangers in, and keeps nobody out.
   */
  readonly meets: "all" | "some" | "few";
  /** "22", "8000-8010", "53/udp"; undefined: every port. */
  readonly ports: readonly string[] | undefined;
}

export interface RuleChain {
  readonly rules: readonly Rule[];
  /** Of a chain that packets come to first. */
  readonly policy: "accept" | "deny" | undefined;
}

export type Rest = "denied" | "let in";
export interface Admission {
  readonly rest: Rest;
  /** What anybody reaches. */
  readonly open: readonly string[];
}

const DEEPEST = 16;

/** What a stranger's new connection meets from the first chain on, in the order of the rules. */
export function readRules(first: string, chains: ReadonlyMap<string, RuleChain>): Admission {
  const open = new Set<string>();
  const end = walk(first, chains, open, 0) ?? (chains.get(first)?.policy === "deny" ? "denied" : "let in");
  return { rest: end, open: [...open] };
}

function walk(
  name: string,
  chains: ReadonlyMap<string, RuleChain>,
  open: Set<string>,
  depth: number,
): Rest | undefined {
  for (const { verdict, meets, ports } of chains.get(name)?.rules ?? []) {
    if (meets === "few" || depth > DEEPEST) continue;
    const isWhole = meets === "all" && ports === undefined;
    if (typeof verdict === "object") {
      // What a chain for some ports lets in is at most these ports.
      const inner = ports === undefined ? open : new Set<string>();
      const end = walk(verdict.to, chains, inner, depth + 1);
      if (ports !== undefined) {
        if (end === "let in" || inner.size > 0) for (const port of ports) open.add(port);
      } else if (end === "let in") return end;
      else if (isWhole && end === "denied") return end;
      if (isWhole && !verdict.comesBack) return undefined;
    } else if (verdict === "accept") {
      if (ports === undefined) return "let in";
      for (const port of ports) open.add(port);
    } else if (isWhole) return verdict === "return" ? undefined : "denied";
  }
  return undefined;
}

/** A packet has to pass every chain: one that denies the rest is enough. */
export function strictest(readings: readonly Admission[]): Admission {
  return readings.find(({ rest }) => rest === "denied") ?? readings[0] ?? { rest: "let in", open: [] };
}

export function firewallOf(by: string, four: Admission, six: Admission): HostFirewall {
  return { by, v4: four, v6: six };
}

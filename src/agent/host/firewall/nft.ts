import type { HostFirewall } from "../../../model/host.ts";
import { type Admission, firewallOf, type Rule, type RuleChain, readRules, strictest } from "./rules.ts";

type Json = Readonly<Record<string, unknown>>;
interface NftChain extends Json {
  readonly family: string;
  readonly table: string;
  readonly name: string;
  readonly hook?: string;
  readonly policy?: string;
}

/** `nft -j list ruleset`: https://manpages.debian.org/libnftables-json. Undefined: no chain looks at what comes in. */
export function readNft(text: string): HostFirewall | undefined {
  const entries = (JSON.parse(text) as { nftables: Json[] }).nftables;
  const all = entries.flatMap(({ chain }) => (chain ? [chain as NftChain] : []));
  const sets = new Map<string, readonly unknown[]>(
    entries.flatMap(({ set }) => {
      const { family, table, name, elem = [] } = (set ?? {}) as Record<string, unknown>;
      return name === undefined ? [] : [[`${family} ${table} @${name}`, elem as unknown[]] as const];
    }),
  );
  const chains = new Map<string, RuleChain>(
    all.map((chain) => [
      keyOf(chain, chain.name),
      {
        policy: chain.policy === "drop" ? "deny" : "accept",
        rules: entries.flatMap(({ rule }) => {
          const each = rule as (NftChain & { chain: string; expr: Json[] }) | undefined;
          if (each?.chain !== chain.name || each.table !== chain.table || each.family !== chain.family)
            return [];
          return rulesFrom(each.expr, {
            key: (name) => keyOf(chain, name),
            set: (name) => sets.get(keyOf(chain, name)),
          });
        }),
      },
    ]),
  );
  const first = all.filter(({ hook }) => hook === "input");
  if (first.length === 0) return undefined;
  const of = (families: readonly string[]): Admission =>
    strictest(
      first
        .filter(({ family }) => families.includes(family))
        .map((chain) => readRules(keyOf(chain, chain.name), chains)),
    );
  return firewallOf("nftables", of(["inet", "ip"]), of(["inet", "ip6"]));
}

function keyOf({ family, table }: NftChain, name: string): string {
  return `${family} ${table} ${name}`;
}

interface Names {
  key(chain: string): string;
  set(name: string): readonly unknown[] | undefined;
}

function rulesFrom(expressions: readonly Json[], names: Names): Rule[] {
  let meets = "all" as Rule["meets"];
  let ports: readonly string[] | undefined;
  const narrow = (to: Rule["meets"]): void => {
    if (to === "few" || meets === "all") meets = to;
  };
  const rules: Rule[] = [];
  for (const each of expressions) {
    const verdict = verdictOf(each, names);
    if (verdict) rules.push({ verdict, meets, ports });
    else if (each.match) {
      const { op, left, right } = each.match as { op: string; left: Json; right: unknown };
      const told = op === "!=" ? undefined : portsIn(left, right, names);
      if (told) ports = told;
      else narrow(metBy({ op, left, right }));
    } else if (each.vmap) {
      const { key, data } = each.vmap as { key: Json; data: { set?: [unknown, Json][] } | string };
      for (const [value, then] of typeof data === "object" ? (data.set ?? []) : []) {
        const told = portsIn(key, value, names);
        const found = verdictOf(then, names);
        const met = told ? "all" : metBy({ op: "==", left: key, right: value });
        if (found)
          rules.push({
            verdict: found,
            meets: meets === "few" || met === "few" ? "few" : met === "all" ? meets : met,
            ports: told ?? ports,
          });
      }
      // A map of verdicts that stands elsewhere may let anybody in.
      if (typeof data !== "object") rules.push({ verdict: "accept", meets: "some", ports });
    } else if (!Object.keys(each).some((name) => NEUTRAL.includes(name))) narrow("some");
  }
  return rules;
}

/** They change nothing of whom a rule meets. */
const NEUTRAL = ["counter", "log", "comment", "notrack", "mangle"];

function verdictOf(each: Json, { key }: Names): Rule["verdict"] | undefined {
  if ("accept" in each) return "accept";
  if ("drop" in each || "reject" in each) return "deny";
  if ("return" in each) return "return";
  const [to, comesBack] = "jump" in each ? [each.jump, true] : [each.goto, false];
  return to === undefined ? undefined : { to: key((to as { target: string }).target), comesBack };
}

function portsIn(left: Json, right: unknown, { set }: Names): string[] | undefined {
  const { protocol, field } = (left.payload ?? {}) as { protocol?: string; field?: string };
  if (field !== "dport") return undefined;
  const named = typeof right === "string" && right.startsWith("@") ? (set(right) ?? []) : undefined;
  const list = named ?? (right as { set?: unknown[] }).set ?? [right];
  return list.map((each) => {
    // An element with a comment or a counter is one more level down.
    const value = (each as { elem?: { val: unknown } }).elem?.val ?? each;
    const range = (value as { range?: [number, number] }).range;
    return `${range ? range.join("-") : String(value)}${protocol === "udp" ? "/udp" : ""}`;
  });
}

/** Whom a match leaves over: strangers, some of them, or none. */
function metBy({ op, left, right }: { op: string; left: Json; right: unknown }): Rule["meets"] {
  const values = [right].flat().flatMap((each) => (each as { set?: unknown[] })?.set ?? [each]);
  const words = values.map(String);
  const isNot = op === "!=";
  const { field, protocol = "" } = (left.payload ?? {}) as { field?: string; protocol?: string };
  const meta = (left.meta as Json | undefined)?.key;
  if ("ct" in left && (left.ct as Json).key === "state")
    return isNot !== words.includes("new") ? "all" : "few";
  if (meta === "l4proto" || field === "protocol" || field === "nexthdr")
    return isNot !== words.some((each) => /^(tcp|6|udp|17)$/.test(each)) ? "all" : "few";
  if (meta === "nfproto") return "all";
  if (meta === "iifname" || meta === "iif") {
    if (isNot) return words.every((each) => each === "lo") ? "all" : "some";
    return words.every((each) => INNER.test(each)) ? "few" : "some";
  }
  if (meta === "pkttype" || meta === "mark" || /^(icmp|icmpv6|igmp)$/.test(protocol))
    return isNot ? "some" : "few";
  if (field === "saddr") {
    const isAny = values.some((each) => (each as { prefix?: { len?: number } })?.prefix?.len === 0);
    return isNot ? "some" : isAny ? "all" : "few";
  }
  return "some";
}

/** Interfaces that no stranger comes in by. */
const INNER = /^(lo|docker|br-|virbr|veth|tun|wg|tailscale|cni|cali)/;

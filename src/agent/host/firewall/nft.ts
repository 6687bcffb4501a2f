import type { HostFirewall } from "../../../model/host.ts";
import { type Chain, firewallOf, type Reading, type Rule, readRules, strictest } from "./rules.ts";

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
  const chains = new Map<string, Chain>(
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
  const of = (families: readonly string[]): Reading =>
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
  let isNarrow = false;
  let ports: readonly string[] | undefined;
  const rules: Rule[] = [];
  for (const each of expressions) {
    if (each.match) {
      const { op, left, right } = each.match as { op: string; left: Json; right: unknown };
      const told = portsIn(left, right, names);
      if (told && op !== "!=") ports = told;
      else if (!isForAnybody({ op, left, right })) isNarrow = true;
    } else if (each.vmap) {
      const { key, data } = each.vmap as { key: Json; data: { set?: [unknown, Json][] } | string };
      for (const [value, verdict] of typeof data === "object" ? (data.set ?? []) : []) {
        const told = portsIn(key, value, names);
        const found = verdictOf(verdict, names);
        const isNew = "ct" in key && value === "new";
        if (found)
          rules.push({ verdict: found, isNarrow: isNarrow || (!told && !isNew), ports: told ?? ports });
      }
    } else {
      const verdict = verdictOf(each, names);
      if (verdict) rules.push({ verdict, isNarrow, ports });
    }
  }
  return rules;
}

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
    const range = (each as { range?: [number, number] }).range;
    return `${range ? range.join("-") : String(each)}${protocol === "udp" ? "/udp" : ""}`;
  });
}

/** A match that a stranger's new TCP connection passes all the same. */
function isForAnybody({ op, left, right }: { op: string; left: Json; right: unknown }): boolean {
  const values = [right]
    .flat()
    .flatMap((each) => (each as { set?: unknown[] })?.set ?? [each])
    .map(String);
  if ("ct" in left && (left.ct as Json).key === "state") return (op === "!=") !== values.includes("new");
  const meta = (left.meta as Json | undefined)?.key;
  if (meta === "l4proto" || (left.payload as Json | undefined)?.field === "protocol")
    return values.some((each) => each === "tcp" || each === "6");
  if (meta === "nfproto") return true;
  if (meta === "iifname" || meta === "iif") return op === "!=" && values.includes("lo");
  const prefix = (right as { prefix?: { len?: number } })?.prefix;
  return prefix?.len === 0;
}

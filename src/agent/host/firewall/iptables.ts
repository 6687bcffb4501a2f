import { type Admission, type Rule, type RuleChain, readRules } from "./rules.ts";

/** `iptables -S` or `ip6tables -S`. Undefined: it knows no INPUT. */
export function readIptables(text: string): Admission | undefined {
  const rules = new Map<string, Rule[]>();
  const policies = new Map<string, "accept" | "deny">();
  for (const line of text.split("\n")) {
    const [, policyOf, policy] = /^-P (\S+) (\S+)/.exec(line) ?? [];
    if (policyOf !== undefined) policies.set(policyOf, policy === "ACCEPT" ? "accept" : "deny");
    const [, chain, rest = ""] = /^-A (\S+) (.*)$/.exec(line) ?? [];
    const rule = chain === undefined ? undefined : ruleFrom(rest);
    if (chain !== undefined && rule) rules.set(chain, [...(rules.get(chain) ?? []), rule]);
  }
  if (!policies.has("INPUT")) return undefined;
  const names = new Set([...policies.keys(), ...rules.keys()]);
  const chains = new Map<string, RuleChain>(
    [...names].map((name) => [name, { rules: rules.get(name) ?? [], policy: policies.get(name) }]),
  );
  return readRules("INPUT", chains);
}

const KNOWN: Readonly<Record<string, "accept" | "deny" | "return" | undefined>> = {
  ACCEPT: "accept",
  DROP: "deny",
  REJECT: "deny",
  RETURN: "return",
};
/** They go on to the next rule. */
const NO_VERDICT = /^(LOG|NFLOG|ULOG|MARK|CONNMARK|TRACE|AUDIT|SET|TCPMSS)$/;

/** Never a stranger's new connection by TCP or UDP. */
const FEW: readonly RegExp[] = [
  /(?:^|[^!]) -s (?!0\.0\.0\.0\/0|::\/0)|^-s (?!0\.0\.0\.0\/0|::\/0)/,
  /(?:^|[^!] )-i (?:lo|docker|br-|virbr|veth|tun|wg|tailscale|cni|cali)/,
  /(?:^|[^!] )-d (?:22[4-9]|23\d|ff0)/,
  /(?:^|[^!] )-p (?!tcp |udp |all |6 |17 )\S+ /,
  /(?:^|[^!] )--(?:ct)?state (?!\S*NEW)\S+/,
  /--match-set|--src-range|--src-type [A-Z]|--dst-type [A-Z]|--mac-source|--mark 0x/,
  // The answer to our own question for an address (DHCP).
  /--sport (?:67|547) --dport (?:68|546) /,
];

/** With nothing in it but protocol, ports, the state of a new connection and a comment. */
function isPlain(text: string): boolean {
  const rest = text
    .replace(/-m (?:tcp|udp|multiport|conntrack|state|comment)(?= |$)/g, "")
    .replace(/--(?:ct)?state \S+|--dports? \S+|--reject-with \S+|-p \S+|-[jg] \S+/g, "")
    .replace(/-[sd] (?:0\.0\.0\.0\/0|::\/0)/g, "");
  return rest.trim() === "";
}

function ruleFrom(whole: string): Rule | undefined {
  // What is for everybody but the machine itself, or for its own addresses, is for strangers.
  const text = whole
    .replace(/--comment (?:"(?:[^"\\]|\\.)*"|\S+)/, "")
    .replace(/! -i lo /, "")
    .replace(/(?:-m addrtype )?--dst-type LOCAL/, "");
  const [, flag, target] = /(?:^| )-([jg]) (\S+)/.exec(text) ?? [];
  if (target === undefined || NO_VERDICT.test(target)) return undefined;
  const [, protocol] = /(?:^| )-p (\S+)/.exec(text) ?? [];
  const [, not, ports] = /(! )?--dports? (\S+)/.exec(text) ?? [];
  const suffix = protocol === "udp" || protocol === "17" ? "/udp" : "";
  // "! --dport 22" lets in all but that one.
  const told =
    not === undefined ? ports?.split(",").map((port) => `${port.replace(":", "-")}${suffix}`) : undefined;
  return {
    verdict: KNOWN[target] ?? { to: target, comesBack: flag === "j" },
    meets: FEW.some((each) => each.test(text)) ? "few" : isPlain(text) ? "all" : "some",
    // All of UDP is a lot, and no port of TCP.
    ports: told ?? (suffix === "" ? undefined : ["1-65535/udp"]),
  };
}

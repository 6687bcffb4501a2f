import { type Chain, type Reading, type Rule, readRules } from "./rules.ts";

/** `iptables -S` or `ip6tables -S`. Undefined: it knows no INPUT. */
export function readIptables(text: string): Reading | undefined {
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
  const chains = new Map<string, Chain>(
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

function ruleFrom(whole: string): Rule | undefined {
  // What is for everybody but the machine itself, or for its own addresses, is for strangers.
  const text = whole.replace(/! -i lo /, "").replace(/--dst-type LOCAL/, "");
  const [, flag, target] = /(?:^| )-([jg]) (\S+)/.exec(text) ?? [];
  if (target === undefined || NO_VERDICT.test(target)) return undefined;
  const [, protocol] = /(?:^| )-p (\S+)/.exec(text) ?? [];
  const [, ports] = /--dports? (\S+)/.exec(text) ?? [];
  const [, states] = /--(?:ct)?state (\S+)/.exec(text) ?? [];
  const isNarrow =
    / !|^!/.test(text) ||
    /(?:^| )-(?:s|i|d) (?!0\.0\.0\.0\/0|::\/0)/.test(text) ||
    /--match-set|--(?:src|dst)-range|--(?:src|dst)-type [A-Z]|--mac-source|--uid-owner/.test(text) ||
    (states !== undefined && !states.split(",").includes("NEW")) ||
    (protocol !== undefined && !/^(tcp|udp|all|6|17)$/.test(protocol)) ||
    /--sports? /.test(text);
  const suffix = protocol === "udp" || protocol === "17" ? "/udp" : "";
  const told = ports?.split(",").map((port) => `${port.replace(":", "-")}${suffix}`);
  return {
    verdict: KNOWN[target] ?? { to: target, comesBack: flag === "j" },
    isNarrow,
    // All of UDP is a lot, and no port of TCP.
    ports: told ?? (suffix === "" ? undefined : ["1-65535/udp"]),
  };
}

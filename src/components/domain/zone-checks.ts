import { defineCheck } from "../../model/check.ts";
import { pass, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { zoneAnswer } from "./facts.ts";

export const nameServersRedundant = defineCheck({
  id: "dns.ns.redundant",
  title: "More than one name server answers for the domain",
  consequence: "When the only one is away, so is everything under the domain, mail included.",
  severity: "warning",
  phase: "production",
  freshFor: "7d",
  asks: ways(`
    at least two name servers | redundant nameservers | nameservers configured | Redundant DNS
    Secondary DNS server | Multiple name servers | NS records
    more than one authoritative name server
    redundant DNS hosting | at least two NS servers | two authoritative DNS servers | two NS records
    two or more NS entries | two nameservers
  `),
  source: "https://www.rfc-editor.org/rfc/rfc2182",
  needs: { zone: zoneAnswer },
  run({ zone: { zone, nameServers } }) {
    const measured = { nameServers: nameServers.length };
    if (nameServers.length >= 2) return pass(`${zone}: ${nameServers.join(", ")}`, measured);
    return warn(
      `${zone} has ${nameServers.length === 0 ? "no name server that says so" : "one name server"}`,
      {
        expected: "two or more",
        found: nameServers.join(", ") || "none",
        fix: "most providers give two; add the second one at the registrar",
        measured,
      },
    );
  },
});

export const authorityNamed = defineCheck({
  id: "dns.caa.present",
  title: "Only the authorities in use may issue certificates",
  consequence: "A mistake at any of a hundred other authorities gives somebody a certificate for your name.",
  severity: "warning",
  phase: "production",
  freshFor: "7d",
  asks: ways(`
    CAA record configured | CAA DNS record | certificate authority authorization | CAA | CAA limits issuance
    CAA restricts certificate issuance | publish CAA for the domain | limit which CAs can issue certificates
    only Let's Encrypt may issue certificates | CAA record restricts certificate authorities
    CAA issue letsencrypt.org | only our CA allowed by CAA
  `),
  source: "https://www.rfc-editor.org/rfc/rfc8659",
  needs: { zone: zoneAnswer },
  run({ zone: { zone, authorities: found } }, { options: { authorities: declared } }) {
    const wrong = found.filter((each) => !declared.includes(each));
    const isOpen = found.length === 0;
    if (!isOpen && wrong.length === 0) return pass(found.join(", "));
    return warn(
      isOpen ? `any authority may issue for ${zone}` : `${wrong.join(", ")} may issue for ${zone}`,
      {
        expected: declared.join(", "),
        found: isOpen ? "no CAA record" : found.join(", "),
        fix: declared.map((each) => `${zone}. IN CAA 0 issue "${each}"`).join("\n"),
        findings: isOpen ? ["no CAA record"] : wrong,
      },
    );
  },
});

export const wildcardIntended = defineCheck({
  id: "dns.wildcard.intended",
  title: "A name that nobody declared does not resolve",
  consequence: "Any name under the domain looks genuine, and cookies of the domain are sent to it.",
  severity: "warning",
  phase: "production",
  freshFor: "7d",
  asks: ways(`
    no wildcard DNS record | wildcard DNS intended | No catch-all DNS entry
    no wildcard record | wildcard DNS disabled | wildcard entry removed | unknown subdomains return NXDOMAIN
    random subdomain does not resolve | only explicit hostnames | remove catch-all record
    unknown hostnames do not resolve | wildcard record not configured | nonsense subdomain gives NXDOMAIN
    made-up subdomain does not resolve | NXDOMAIN for unknown names | undeclared subdomains do not resolve
  `),
  needs: { zone: zoneAnswer },
  run({ zone: { zone, wildcard } }, { options: { hosts = [] } }) {
    const isDeclared = hosts.includes(`*.${zone}`);
    if (wildcard.length === 0 || isDeclared) return pass(isDeclared ? `*.${zone} is declared` : "none does");
    return warn(`every name under ${zone} resolves`, {
      expected: "only names that are declared",
      found: `a made-up name leads to ${wildcard.join(", ")}`,
      fix: `remove *.${zone} from the zone, or declare it: hosts: ["*.${zone}"]`,
    });
  },
});

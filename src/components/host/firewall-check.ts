import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { hostFirewall } from "./firewall-facts.ts";

export const firewallDefaultDeny = defineCheck({
  id: "host.firewall.default-deny",
  title: "The machine's firewall lets in what is declared and refuses the rest",
  consequence: "Whatever is started tomorrow, on any port, is on the internet at once.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    UFW enabled | ufw enable | UFW firewall configured | server firewall configured | UFW configured | firewall enabled
    server firewall active | firewall active | default deny incoming
    ufw default deny incoming | firewall blocks everything else | iptables configured | nftables configured
    firewall denies all other inbound traffic | UFW active | firewalld enabled | host firewall enabled
    set up firewall on the server | Firewall aktiviert | inbound traffic denied by default | drop policy on INPUT
    firewall allows 22, 80 and 443 only | firewall configured for 80 and 443
    only ports 80 and 443 open in the firewall | firewall rules configured | firewall rules set up
    firewall configured | firewall rules for ports 80, 443 and 22 | UFW allows only 22, 80 and 443
    firewall blocks all other ports | ufw status active | firewall rules applied
    only HTTP, HTTPS and SSH allowed in the firewall | firewall drops everything except web and SSH
    iptables drop everything else
  `),
  source: "https://www.cisecurity.org/benchmark/debian_linux (firewall default deny)",
  figures: { "closed-port": { quality: "open", keeps: "without" } },
  needs: { seen: hostFirewall },
  run({ seen: { by, v4, v6, allowed, outside } }) {
    const isAllowed = (open: string): boolean => {
      const [from = 0, to = from] = open.replace("/udp", "").split("-").map(Number);
      return (
        to - from < 1_000 &&
        Array.from({ length: to - from + 1 }, (_, step) => from + step).every((port) =>
          allowed.includes(port),
        )
      );
    };
    const letIn = [...new Set([...v4.open, ...(v6?.open ?? [])])];
    const more = letIn.filter((open) => !isAllowed(open));
    const expected = `a policy of drop for what comes in, and ${allowed.join(", ")} let in`;
    const measured = {
      allowed: allowed.length,
      more: more.length,
      tried: outside?.tried.length ?? 0,
      open: letIn.join(" "),
    };
    const ufw = `ufw default deny incoming && ${allowed.map((port) => `ufw allow ${port}/tcp`).join(" && ")} && ufw enable`;
    if (v4.rest === "let in")
      return fail("no rule refuses what is not declared", {
        expected,
        found: `whatever no rule speaks of is let in (${by})`,
        fix: ufw,
        measured,
      });
    if (v6?.rest === "let in")
      return fail("the firewall leaves IPv6 open", {
        expected: `${expected}, by IPv6 as by IPv4`,
        found: `by IPv4 the rest is refused, by IPv6 it is let in (${by})`,
        fix: `IPV6=yes in /etc/default/ufw, then ${ufw}; with nftables a table of family inet`,
        measured,
      });
    if (more.length > 0)
      return fail(`the firewall lets ${quantity(more.length, "undeclared port")} in from everywhere`, {
        expected,
        found: more.join(", "),
        fix: `ufw delete allow ${more[0]}, or declare it: host({ openPorts: [...] })`,
        findings: more,
        measured,
      });
    if (outside && outside.answered.length > 0)
      return fail("ports answer from outside in spite of the firewall", {
        expected: `no answer but from ${allowed.join(", ")}`,
        found: outside.answered.join(", "),
        fix: 'Docker publishes ports past it: "127.0.0.1:5432:5432" in `ports`, or rules in its chain DOCKER-USER',
        findings: outside.answered.map(String),
        measured,
      });
    const tried = outside ? `, ${outside.tried.length} others tried from outside did not answer` : "";
    return pass(
      `${by} refuses the rest${v6 ? ", by IPv6 too" : ""}; of ${allowed.join(", ")} it lets in ${v4.open.join(", ") || "none from everywhere"}${tried}`,
      measured,
    );
  },
});

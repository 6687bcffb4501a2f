import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { hostAnswers } from "./facts.ts";
import { namesOf } from "./host-names.ts";

export const danglingAlias = defineCheck({
  id: "dns.dangling-cname",
  title: "No alias leads to a name that is gone",
  consequence:
    "Whoever registers that name, or that bucket, answers under your domain with a valid certificate.",
  severity: "blocker",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    no dangling CNAME | subdomain takeover
    no dangling subdomains | no orphaned CNAME records
    stale DNS aliases | dangling DNS records
    subdomain vulnerable to takeover
    CNAME to nonexistent target
    subdomains cannot be taken over
  `),
  source: "https://owasp.org/www-project-web-security-testing-guide/ (WSTG-CONF-10)",
  needs: { answers: hostAnswers },
  run({ answers }) {
    const dangling = answers.filter(({ alias, addresses }) => alias !== undefined && addresses.length === 0);
    if (dangling.length === 0) return pass("every alias has an address behind it");
    return fail(`${namesOf(dangling).join(", ")} leads nowhere`, {
      expected: "an address behind each alias",
      found: dangling
        .map(({ host, alias }) => `${host} is an alias of ${alias}, which has no address`)
        .join("; "),
      fix: `delete ${namesOf(dangling).join(", ")} from the zone, or make the name it leads to again`,
      findings: namesOf(dangling),
    });
  },
});

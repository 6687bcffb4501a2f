import { defineCheck } from "../../../model/check.ts";
import { fail, pass } from "../../../model/outcome.ts";
import { ways } from "../../../model/ways.ts";
import { audit } from "./facts.ts";
import { type Advisory, SEVERITIES } from "./report.ts";

const MOST_TOLD = 10;

export const dependenciesVulnerable = defineCheck({
  id: "repo.deps.vulnerable",
  title: "No package that goes into production has a known hole",
  consequence: "The hole is published with its recipe: scanners try it on every site that may have it.",
  severity: "blocker",
  phase: "build",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    npm audit | npm audit shows no high or critical vulnerabilities
    no known vulnerabilities in dependencies | dependencies scanned for vulnerabilities
    no critical vulnerabilities in packages | Dependabot alerts resolved
    dependencies free of known security issues | dependency check passes | fix critical vulnerabilities
    high and critical CVEs patched | vulnerable dependencies updated | no high severity advisories
    security scan of dependencies passes
    Snyk scan clean | dependencies audited | dependency audit
    npm audit clean | dependencies patched | dependencies without known CVEs
    vulnerability scan of dependencies | no critical vulnerabilities | dependency vulnerabilities fixed
    no vulnerable packages | vulnerable packages | packages without vulnerabilities
    security scan with Snyk passed | security audit of packages passed
    no critical npm vulnerabilities | no high severity npm vulnerabilities
    security patches of dependencies | dependencies updated with security patches
    no open Dependabot alerts | Dependabot shows no alerts | dependency scan clean
    dependency scan completed without critical findings
  `),
  source: "https://docs.npmjs.com/cli/commands/npm-audit",
  needs: { audit },
  run({ audit: { advisories, lock, at } }, { options: { audit: lowest = "high" } }) {
    const from = SEVERITIES.indexOf(lowest);
    const stops = advisories.filter((each) => SEVERITIES.indexOf(each.severity) >= from).sort(bySeverity);
    const below = advisories.length - stops.length;
    const measured = { advisories: stops.length, belowThreshold: below, askedAt: utc(at) };
    if (stops.length === 0) {
      const rest = below === 0 ? "" : `; ${below} below that`;
      return pass(`no advisory of ${lowest} or above for what ${lock} brings to production${rest}`, measured);
    }
    const packages = [...new Set(stops.map((each) => each.package))];
    return fail(`${packages.join(", ")} ${packages.length === 1 ? "has" : "have"} known holes`, {
      expected: `no advisory of ${lowest} or above for a production package`,
      found: [
        ...stops.slice(0, MOST_TOLD).map(tell),
        ...(stops.length > MOST_TOLD ? [`${stops.length - MOST_TOLD} more`] : []),
      ].join("; "),
      fix: fixesOf(stops).join("; "),
      findings: stops.map((each) => `${each.package} ${each.id}`),
      measured,
    });
  },
});

function bySeverity(a: Advisory, b: Advisory): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
}

function tell({ package: name, range, severity, title, id, through }: Advisory): string {
  const by = through.length === 0 ? "" : `, brought by ${through.join(", ")}`;
  return `${name} ${range} (${severity}): ${title}, ${id}${by}`;
}

function fixesOf(stops: readonly Advisory[]): string[] {
  return [...Map.groupBy(stops, ({ fix }) => fix)].map(([fix, those]) => {
    const names = [...new Set(those.map((each) => `${each.package} ${each.range} (${each.id})`))].join(", ");
    return fix === undefined
      ? `no fixed version is known of ${names}: replace what brings it, or accept it with \`gonogo waive\` until there is one`
      : `${fix} for ${names}`;
  });
}

function utc(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

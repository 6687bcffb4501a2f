import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { secretScan } from "./facts.ts";
import type { SecretFinding } from "./scan.ts";

const MOST_TOLD = 20;

export const secretScanTree = defineCheck({
  id: "repo.secret.scan-tree",
  title: "No credential stands in the code",
  consequence: "Whoever reads the repository, a contractor or a leaked clone, holds the key.",
  severity: "blocker",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    no hardcoded secrets | no API keys in the code | secrets not committed to the repository
    secret scanning | no credentials in source code | no secrets in the repository
    no passwords in source code | no secrets committed | no sensitive data in the repository
    hardcoded keys removed | secrets stored in environment variables, not in code | no secrets in code
    secrets never in version control | secrets not in code | no credentials in code
    credentials removed from code | no secrets in git | API keys not hardcoded | no hardcoded passwords
    no hardcoded credentials | gitleaks scan | source code contains no secrets
    secrets removed from the codebase | no API keys exposed in the repository | gitleaks passes
    no secrets in the codebase | no plaintext passwords in code
    repository searched for keys | grep the repository for API keys | no keys or tokens in the repository
    service account JSON not committed | no secrets in Terraform
    no credentials in committed config files | no sensitive data hardcoded | no secrets in appsettings.json
    no secrets in docker-compose.yml
    sensitive data in .env, not in code | sensitive data in environment variables
    no secrets stored in GitHub | secrets moved to environment variables
    database credentials from environment variables | no leaked credentials in the repository
    secrets not from git | no passwords in the code | no tokens in the code
    no plain text passwords in the repository | no keys in the source | API keys not in the repository
    secret key comes from the environment | secrets come from the environment
    no private keys in the repository | secrets not in the repository
    API keys not exposed in code | all API keys secured, not exposed in code | secrets moved out of the code
    use environment variables for secrets | VARIABLE_SECRET not hardcoded
    no hardcoded credentials in the codebase | no secret key in the code
    no sensitive files in the repository | no secrets in committed files | gitleaks finds nothing
    master.key not in the repository
    scan of the working tree for secrets | API keys only in env, none in code
    secrets stored in environment variables | all secrets in environment variables | secrets externalized
    configuration secrets externalized | secrets only in the environment, never committed
    VARIABLE_TOKEN not in code | VARIABLE_TOKEN secured, not in code | no secrets in source control
    no secrets checked in | externalization of secrets
    sensitive configuration in environment variables, not code | secrets managed properly, not in code
    TruffleHog scan clean | GitGuardian finds no secrets
    secrets only in the host environment, never committed | secret scan completed | secret scan clean
    TOKEN not in code | bot token not in code | credentials not committed
    secrets kept out of the code, only in env vars
    VARIABLE_SECRET kept out of the code | VARIABLE_KEY not in code | VARIABLE_TOKEN not hardcoded
    no exposed API keys | no API keys exposed | no leaked API keys | no exposed credentials
    VARIABLE_SECRET secured, not in code | sensitive information such as API keys and passwords removed
    sensitive information removed from the code | hardcoded passwords and API keys removed
  `),
  source: "https://github.com/secretlint/secretlint",
  needs: { scan: secretScan },
  run({ scan }) {
    if (scan.files === 0) return notApplicable("the project holds no text file");
    const measured = { files: scan.files, unreadFiles: scan.unread.length };
    const unread = scan.unread.length === 0 ? "" : `; ${scan.unread.length} too large to read`;
    if (scan.findings.length === 0)
      return pass(`${quantity(scan.files, "file holds", "files hold")} no credential${unread}`, measured);
    const { findings } = scan;
    const shown = findings.slice(0, MOST_TOLD).map(tell);
    return fail(`${findings.length === 1 ? "1 credential" : `${findings.length} credentials`} in the code`, {
      expected: "credentials in the environment's variables only",
      found: [...shown, ...(findings.length > MOST_TOLD ? [`${findings.length - MOST_TOLD} more`] : [])].join(
        "; ",
      ),
      fix: `replace each at its provider (history keeps the old one), then read it from a variable in ${[...new Set(findings.map(({ file }) => file))].slice(0, MOST_TOLD).join(", ")}; made-up ones: repository({ secrets: { ignore: [...] } })`,
      findings: namesOf(findings),
      measured,
    });
  },
});

function tell({ file, line, rule, characters }: SecretFinding): string {
  return `${file}:${line} ${rule} (${characters} characters)`;
}

/** Without the line, so that a waiver survives an edit further up. */
function namesOf(findings: readonly SecretFinding[]): string[] {
  const counts = new Map<string, number>();
  return findings.map(({ file, rule }) => {
    const name = `${file}: ${rule}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

import { defineCheck } from "../../../model/check.ts";
import { fail, pass, warn } from "../../../model/outcome.ts";
import { ways } from "../../../model/ways.ts";
import { type HistoryFinding, historyScan } from "./history-facts.ts";

const MOST_TOLD = 20;

export const secretScanHistory = defineCheck({
  id: "repo.secret.scan-history",
  title: "No credential stands in what git remembers",
  consequence: "A key that was deleted is still in every clone, and whoever searches the past has it.",
  severity: "blocker",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    no secrets in git history | git history scanned for secrets | secrets removed from git history
    git history searched for leaked secrets | git log searched for leaked keys
    no credentials in the commit history | commit history free of keys and passwords
    commit history searched for keys | no keys in git history
    gitleaks on all commits | trufflehog over the full history | scan past commits for leaked keys
    all commits scanned for secrets | nothing sensitive ever committed | old credentials purged from history
    secrets in past commits | git history clean of secrets
    old commits without secrets | no secrets in old commits
    no secrets in the repository or its history | no secrets in the repository, history as well
    no secrets in the repo, history included
  `),
  source:
    "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository",
  needs: { scan: historyScan },
  run({ scan: { findings, commits, unread, isShallow } }) {
    const measured = { commits, unreadCommits: unread, isShallow };
    const rest = unread === 0 ? "" : `; ${unread} older ones were not read in time`;
    if (findings.length === 0 && isShallow) {
      return warn(`only ${commits} commits of this clone could be searched`, {
        expected: "a clone with its past",
        found: "a shallow clone",
        fix: "git fetch --unshallow; in GitHub Actions: actions/checkout with fetch-depth: 0",
        measured,
      });
    }
    if (findings.length === 0) return pass(`the newest ${commits} commits added none${rest}`, measured);
    const names = namesOf(findings);
    return fail(`${names.length === 1 ? "1 credential" : `${names.length} credentials`} in git's past`, {
      expected: "credentials in the environment's variables only, in every commit",
      found: [
        ...findings.slice(0, MOST_TOLD).map(tell),
        ...(findings.length > MOST_TOLD ? [`${findings.length - MOST_TOLD} more`] : []),
      ].join("; "),
      fix: `replace each at its provider: whoever has a clone has it. Then accept what is worth nothing any more with \`gonogo waive\`; \`git show ${short(findings[0]?.commit ?? "")}\` shows the first; made-up ones: repository({ secrets: { ignore: [...] } })`,
      findings: names,
      measured,
    });
  },
});

function tell({ commit, file, rule, characters }: HistoryFinding): string {
  return `${short(commit)} ${file} ${rule} (${characters} characters)`;
}

/** A commit stays what it is: what was accepted once stays accepted, and the next one is not. */
function namesOf(findings: readonly HistoryFinding[]): string[] {
  const counts = new Map<string, number>();
  return findings.map(({ commit, file, rule }) => {
    const name = `${short(commit)} ${file}: ${rule}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function short(commit: string): string {
  return commit.slice(0, 10);
}

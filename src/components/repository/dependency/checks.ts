import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass, unknown, warn } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { dependencies } from "./facts.ts";
import type { Difference } from "./manifest.ts";

export const lockfileInSync = defineCheck({
  id: "repo.deps.lockfile-in-sync",
  title: "The lock is in git and fits the declared dependencies",
  consequence: "The server installs other versions than those that were tested, or refuses to install.",
  severity: "blocker",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    lockfile committed | package-lock.json up to date | dependencies pinned | npm ci works
    dependencies locked | lock file committed | dependencies frozen | npm ci | dependency versions locked
    package versions pinned
    composer.lock committed | go.sum committed | Gemfile.lock committed | poetry.lock committed
    yarn install --frozen-lockfile | cargo.lock committed | Lockfile
    pnpm install --frozen-lockfile | Gemfile.lock checked in | composer.lock in version control
    lock file in git | lockfile in the repository | lockfile checked in
    lock file up to date | lockfile in sync | composer install from lock
    requirements.txt pinned | requirements.txt with versions | dependencies listed in requirements.txt
    requirements.txt up to date
  `),
  source: "https://docs.npmjs.com/cli/commands/npm-ci",
  needs: { found: dependencies },
  run({ found }) {
    const { manifest, lock, renew, reading } = found;
    const fix = renew ?? "write the lock with your package manager";
    if (lock === undefined) {
      return fail("there is no lock", {
        expected: `a lock beside ${manifest}`,
        found: "none, in the project or above it",
        fix: `${fix}, then git add it`,
      });
    }
    if (reading && "broken" in reading) {
      return fail(`${lock} cannot be read`, {
        expected: `a lock that fits ${manifest}`,
        found: `${lock}: ${reading.broken}`,
        fix,
      });
    }
    if (found.isCommitted === false) {
      return fail(`${lock} is not in git`, {
        expected: `${lock} beside ${manifest} in every clone`,
        found: "a file of this machine",
        fix: `git add -f ${lock}`,
      });
    }
    const differences = reading?.differences ?? [];
    if (differences.length > 0) {
      return fail(`${lock} is behind ${manifest}`, {
        expected: `each of the ${found.declared} declared ranges in the lock`,
        found: differences.map(tell).join("; "),
        fix: `${fix} && git add ${lock}`,
        findings: differences.map(({ name }) => name),
      });
    }
    if (found.otherLocks.length > 0) {
      return warn("two package managers left a lock", {
        expected: "one lock",
        found: [lock, ...found.otherLocks].join(", "),
        fix: `git rm ${found.otherLocks.join(" ")}, or ${lock} when that is the stale one`,
        findings: found.otherLocks,
      });
    }
    const inGit = found.isCommitted === undefined ? "there (the project is not in git)" : "in git";
    return reading
      ? pass(`${lock} is ${inGit} and fits ${quantity(found.declared, "dependency", "dependencies")}`, {
          dependencies: found.declared,
        })
      : pass(`${lock} is ${inGit}; what is in it was not compared`, { compared: false });
  },
});

export const installScripts = defineCheck({
  id: "repo.deps.install-scripts",
  title: "Only known packages run a program when they are installed",
  consequence: "A hijacked package runs code on every machine that installs, with all its keys at hand.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    review install scripts of dependencies | supply chain: no unexpected postinstall scripts
    No postinstall scripts | npm install scripts reviewed | unknown install scripts
    only known packages may run install scripts | postinstall scripts limited to known packages
    install scripts of packages allow-listed | preinstall and postinstall scripts | npm lifecycle scripts
    only allow-listed packages may build | postinstall hooks for known packages
    postinstall only for known packages
  `),
  needs: { found: dependencies },
  run({ found: { reading, lock } }, { options }) {
    if (!reading || "broken" in reading || reading.scripts === undefined) {
      return lock?.endsWith("package-lock.json")
        ? unknown(`${lock} does not tell which packages have install scripts`)
        : notApplicable("only npm's lock tells which packages have install scripts");
    }
    const strangers = reading.scripts.filter(
      ({ name }) => !options.installScripts.some((allowed) => isAllowed(name, allowed)),
    );
    const measured = { withScripts: reading.scripts.length };
    if (strangers.length === 0) {
      return pass(
        reading.scripts.length === 0
          ? "no package has an install script"
          : `${quantity(reading.scripts.length, "package")} with install scripts, all declared`,
        measured,
      );
    }
    const names = [...new Set(strangers.map(({ name }) => name))];
    return fail(`${names.join(", ")} run${names.length === 1 ? "s" : ""} a program at installation`, {
      expected:
        options.installScripts.length === 0
          ? "no package with an install script"
          : `install scripts of ${options.installScripts.join(", ")} only`,
      found: strangers.map(({ name, version }) => `${name} ${version}`).join("; "),
      fix: `read what they run, then repository({ installScripts: [${[...options.installScripts, ...names].map((name) => `"${name}"`).join(", ")}] }); or install with --ignore-scripts`,
      findings: names,
      measured,
    });
  },
});

/** "@scope/*" allows every package of a scope: prebuilt programs come as one package per platform. */
function isAllowed(name: string, allowed: string): boolean {
  return allowed.endsWith("/*") ? name.startsWith(allowed.slice(0, -1)) : name === allowed;
}

function tell({ name, manifest, lock }: Difference): string {
  if (lock === undefined) return `${name} ${manifest} is not in the lock`;
  if (manifest === undefined) return `${name} ${lock} is only in the lock`;
  return `${name} is ${manifest}, in the lock ${lock}`;
}

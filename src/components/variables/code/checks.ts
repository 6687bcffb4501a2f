import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { codeUse } from "./facts.ts";

/** Set by the system, the runtime, the platform or Gonogo itself. */
const GIVEN =
  /^(NODE_ENV|NODE_OPTIONS|PORT|HOST|HOSTNAME|CI|PATH|HOME|USER|LOGNAME|SHELL|PWD|TMPDIR|TMP|TEMP|TZ|LANG|LC_\w+|TERM|COLORTERM|NO_COLOR|FORCE_COLOR|DEBUG|EDITOR|XDG_\w+|npm_\w+|GONOGO_\w+|VITEST\w*|JEST_\w+|VERCEL(_\w+)?|NEXT_RUNTIME|NEXT_PHASE|RAILWAY_\w+|RENDER(_\w+)?|FLY_\w+|DYNO|HEROKU_\w+|NETLIFY|CONTEXT|AWS_LAMBDA_\w+|K_SERVICE|GITHUB_\w+|PYTHON\w+|VIRTUAL_ENV|DJANGO_SETTINGS_MODULE|RAILS_ENV|RACK_ENV|BUNDLE_\w+)$/;

export const undeclaredUsed = defineCheck({
  id: "config.env.undeclared-used",
  title: "Every variable the code reads is declared",
  consequence: "It is set on one machine by chance, missing on the next, and nobody is told.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    all environment variables documented | environment variables listed in one place
    no undocumented configuration | Every env var in code is declared | Env vars used in code are defined
    undocumented environment reads removed | no code reads an undeclared environment variable
    every process.env declared | process.env usage documented | variables read by the code are described
    every variable the code reads is declared | settings read by code are documented
    environment lookups match the documentation | every environment variable in code is listed
    list all environment variables the app needs | no undeclared variables
    no undocumented environment variables | os.environ lookups declared | import.meta.env usage declared
    no hidden configuration | code uses only declared variables | variables the code uses are documented
    variables used in code documented | every variable used by the code listed
  `),
  needs: { use: codeUse },
  run({ use }, subject) {
    if (use.reads.length === 0 && use.computed.length === 0) {
      return notApplicable("no code of the project reads an environment variable");
    }
    const known = new Set([...subject.variables.declared.map(({ name }) => name), ...subject.options.ignore]);
    const unknownReads = use.reads.filter(({ name }) => !known.has(name) && !GIVEN.test(name));
    const byName = Map.groupBy(unknownReads, ({ name }) => name);
    const names = [...byName.keys()].sort();
    if (names.length === 0) {
      const distinct = new Set(use.reads.map(({ name }) => name)).size;
      return pass(`${distinct} variables read, all declared`, {
        variables: distinct,
        places: use.reads.length,
        computedNames: use.computed.length,
        files: use.files,
      });
    }
    return fail(
      `${names.length === 1 ? "1 variable is" : `${names.length} variables are`} read but not declared`,
      {
        expected: "a declaration for each variable the code reads",
        found: names.map((name) => `${name} at ${places(byName.get(name) ?? [])}`).join("; "),
        fix: `in gonogo.config.ts:\n  variables: { ${names.map((name) => `${name}: { type: "string" }`).join(", ")} }\nor, when the platform sets it: variables({ ignore: [${names.map((name) => `"${name}"`).join(", ")}] })`,
        findings: names,
      },
    );
  },
});

export const declaredUnused = defineCheck({
  id: "config.env.declared-unused",
  title: "Every declared variable is read somewhere",
  consequence: "A credential that nothing needs can still be stolen.",
  severity: "info",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    unused environment variables removed | No unused env vars | variables nobody reads are gone
    unused environment variables | stale env vars removed | leftover env vars removed
    obsolete environment variables | every declared variable is read
    env vars nobody uses | delete env vars nobody uses
    no unused keys in the configuration | configuration without unused keys | unused config keys
  `),
  needs: { use: codeUse },
  run({ use }, subject) {
    // What a component brings and does not require is read by Gonogo itself.
    const asked = subject.variables.declared.filter(
      ({ declaredBy, required, readBy }) => (declaredBy === "launch" || required) && readBy !== "nobody",
    );
    if (asked.length === 0) return notApplicable("no variable is declared");
    if (use.files === 0) return notApplicable("the project holds no code");
    const unused = asked.filter(({ name }) => !use.mentioned.has(name) && !GIVEN.test(name));
    if (unused.length === 0) return pass(`${quantity(asked.length, "declared variable")}, all read`);
    const names = unused.map(({ name }) => name);
    return fail(`${names.join(", ")} ${names.length === 1 ? "is" : "are"} read nowhere`, {
      expected: "each declared name somewhere in the code",
      found: unused.map(({ name, declaredBy }) => `${name} (declared by ${declaredBy})`).join("; "),
      fix: `remove ${names.join(", ")} from the declaration and from every environment, or mend the name in the code`,
      findings: names,
    });
  },
});

function places(reads: readonly { readonly file: string; readonly line: number }[]): string {
  const shown = reads.slice(0, 3).map(({ file, line }) => `${file}:${line}`);
  return reads.length > 3 ? `${shown.join(", ")} and ${reads.length - 3} more` : shown.join(", ");
}

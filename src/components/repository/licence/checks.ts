import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { isAllowed } from "./allowed.ts";
import { packageLicences } from "./facts.ts";
import type { InstalledPackage } from "./installed.ts";

const SHOWN = 20;

export const licencesAllowed = defineCheck({
  id: "repo.deps.licence",
  title: "Every package's licence is one of the declared ones",
  consequence: "The product rests on code whose licence forbids the use that is made of it.",
  severity: "warning",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    dependency licenses checked | license compliance check | third-party licenses reviewed | no GPL dependencies
    open source licenses compatible | dependency license audit | license checker passes | npm license check
    licenses of all dependencies are allowed | OSS license compliance | third-party license compliance
    no copyleft dependencies | Lizenzen der Abhängigkeiten geprüft | licences des dépendances vérifiées
    licencias de dependencias revisadas | licenças das dependências verificadas
    license compatibility checked | licenses compatible | licences allow commercial use
    package licenses compatible with ours
  `),
  source: "https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/",
  needs: { seen: packageLicences },
  run({ seen: { lock, packages } }, { options }) {
    const { allow = [], known = {}, productionOnly = false } = options.licences ?? {};
    if (packages.length === 0) return notApplicable(`${lock} holds no package of others`);
    const judged = packages.map((each) => ({ ...each, licence: known[each.name] ?? each.licence }));
    const silent = judged.filter(({ licence }) => licence === undefined);
    const other = judged.filter(({ licence }) => licence !== undefined && !isAllowed(licence, allow));
    const measured = { packages: packages.length, other: other.length, silent: silent.length };
    if (silent.length + other.length === 0) {
      const names = [...new Set(judged.map(({ licence }) => licence))].sort().join(", ");
      const which = productionOnly ? "package of production" : "package";
      return pass(
        `${quantity(packages.length, which, `${which.replace("package", "packages")}`)}: ${names}`,
        measured,
      );
    }
    const wrong = [...other, ...silent];
    const more = wrong.length > SHOWN ? `; and ${wrong.length - SHOWN} more` : "";
    return fail(
      other.length === 0
        ? `${quantity(silent.length, "package says", "packages say")} nothing of a licence`
        : `${quantity(wrong.length, "package has", "packages have")} a licence that is not declared`,
      {
        expected: allow.join(", "),
        found: `${wrong.slice(0, SHOWN).map(told).join("; ")}${more}`,
        fix: fixOf(other, silent),
        findings: [...new Set(wrong.map(({ name }) => name))],
        measured,
      },
    );
  },
});

function told({ name, version, licence }: InstalledPackage): string {
  return `${name} ${version}: ${licence ?? "none told"}`;
}

function fixOf(other: readonly InstalledPackage[], silent: readonly InstalledPackage[]): string {
  const names = [...new Set(other.map(({ licence }) => licence))].sort();
  const [unsaid] = silent;
  const ofDevelopment = [...other, ...silent].filter(({ isOfDevelopment }) => isOfDevelopment).length;
  return [
    ...(ofDevelopment > 0
      ? [
          `${ofDevelopment === other.length + silent.length ? "only the development needs them" : `only the development needs ${ofDevelopment} of them`}: to leave those out, repository({ licences: { productionOnly: true } })`,
        ]
      : []),
    ...(names.length > 0
      ? [
          `replace these packages, or, where you may use them so, add to repository({ licences: { allow } }): ${names.join(", ")}`,
        ]
      : []),
    ...(unsaid
      ? [
          `read the licence of ${unsaid.name} and say it: repository({ licences: { known: { "${unsaid.name}": "<SPDX id>" } } })`,
        ]
      : []),
  ].join("\n");
}

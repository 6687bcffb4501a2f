import { z } from "zod";

export const SEVERITIES = ["info", "low", "moderate", "high", "critical"] as const;
export type AdvisorySeverity = (typeof SEVERITIES)[number];

/** A known hole in a package that the lock has. */
export interface Advisory {
  /** "GHSA-xxxx-xxxx-xxxx", or the registry's own number where its page has no such name. */
  readonly id: string;
  readonly package: string;
  /** Versions that have it: "<1.2.0". */
  readonly range: string;
  readonly title: string;
  readonly severity: AdvisorySeverity;
  /** Declared dependencies that bring it in; empty where it is declared itself, or nobody says. */
  readonly through: readonly string[];
  /** Shell line that takes it away; undefined: no fixed version is known. */
  readonly fix?: string | undefined;
}

const severity = z.enum(SEVERITIES).catch("high");

const npmVia = z.object({
  source: z.union([z.number(), z.string()]),
  title: z.string(),
  url: z.string().default(""),
  severity,
  range: z.string(),
});
const npmFix = z.union([z.boolean(), z.object({ name: z.string(), version: z.string() })]);
const npmReport = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      isDirect: z.boolean(),
      via: z.array(z.union([z.string(), npmVia])),
      effects: z.array(z.string()),
      fixAvailable: npmFix,
    }),
  ),
});

/** What `npm audit --json` prints since npm 7. Throws what is no such report. */
export function readNpmReport(report: unknown): Advisory[] {
  const { vulnerabilities } = npmReport.parse(report);
  return Object.entries(vulnerabilities).flatMap(([name, { via, isDirect, fixAvailable }]) =>
    via.flatMap((each) =>
      typeof each === "string"
        ? []
        : [
            {
              ...each,
              id: idOf(each.url, each.source),
              package: name,
              through: isDirect ? [] : directsAbove(name),
              fix: npmFixOf(fixAvailable),
            },
          ],
    ),
  );

  function directsAbove(name: string): string[] {
    const seen = new Set([name]);
    for (const each of seen) for (const above of vulnerabilities[each]?.effects ?? []) seen.add(above);
    return [...seen].filter((each) => vulnerabilities[each]?.isDirect).sort();
  }
}

function npmFixOf(fix: z.output<typeof npmFix>): string | undefined {
  if (fix === false) return undefined;
  return fix === true ? "npm audit fix" : `npm install ${fix.name}@${fix.version}`;
}

const pnpmReport = z.object({
  advisories: z.record(
    z.string(),
    z.object({
      findings: z.array(z.object({ paths: z.array(z.string()) })),
      id: z.union([z.number(), z.string()]),
      title: z.string(),
      module_name: z.string(),
      vulnerable_versions: z.string(),
      patched_versions: z.string().optional(),
      severity,
      url: z.string().default(""),
    }),
  ),
});

/** What `pnpm audit --json` prints; a path is ".>top>left". */
export function readPnpmReport(report: unknown): Advisory[] {
  return Object.values(pnpmReport.parse(report).advisories).map((each) => {
    const steps = each.findings.flatMap(({ paths }) => paths.map((path) => path.split(">").slice(1)));
    const isFixed = each.patched_versions !== undefined && each.patched_versions !== "<0.0.0";
    return {
      id: idOf(each.url, each.id),
      package: each.module_name,
      range: each.vulnerable_versions,
      title: each.title,
      severity: each.severity,
      through: directsOf(steps),
      fix: isFixed ? "pnpm audit --fix && pnpm install" : undefined,
    };
  });
}

function directsOf(paths: readonly (readonly string[])[]): string[] {
  return [...new Set(paths.flatMap(([first, ...rest]) => (first && rest.length > 0 ? [first] : [])))].sort();
}

const yarnLine = z.object({
  value: z.string(),
  children: z.object({
    ID: z.union([z.number(), z.string()]),
    Issue: z.string(),
    URL: z.string().default(""),
    Severity: severity,
    "Vulnerable Versions": z.string(),
  }),
});

/** One line for each advisory, as `yarn npm audit --json` of yarn 4 prints them. */
export function readYarnReport(lines: readonly unknown[]): Advisory[] {
  return lines.map((line) => {
    const { value, children } = yarnLine.parse(line);
    return {
      id: idOf(children.URL, children.ID),
      package: value,
      range: children["Vulnerable Versions"],
      title: children.Issue,
      severity: children.Severity,
      through: [],
      fix: `yarn up -R ${value}`,
    };
  });
}

function idOf(url: string, id: number | string): string {
  return /GHSA(-[0-9a-z]{4}){3}/.exec(url)?.[0] ?? `advisory ${id}`;
}

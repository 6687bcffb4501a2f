import type { Retention } from "../model/backup-policy.ts";
import type { Launch } from "../model/launch.ts";
import { ofComponent } from "./declared-component.ts";
import {
  type About,
  type DeclaredFigure,
  duration,
  figure,
  NOTHING_DECLARED,
  OTHER_STORES,
  percent,
  textAt,
} from "./declared-figure.ts";
import type { FigureName } from "./figures/figure.ts";
import type { Percentile } from "./figures/latency.ts";

/** Everything of a declaration that checklists speak of with a figure or a name. */
export function declaredFigures(launch: Launch): DeclaredFigure[] {
  return [
    ...promised(launch),
    ...ofBackups(launch),
    ...ofTriggers(launch),
    ...ofAlerts(launch),
    ...launch.components.flatMap(ofComponent),
    ...ofVariables(launch),
    ...ofTargets(launch),
  ];
}

function promised({ promises }: Launch): DeclaredFigure[] {
  const { availability, latency, errors, rollbackMs, over = [] } = promises;
  return [
    ...over.flatMap(({ of, share, windowMs }): DeclaredFigure[] => [
      {
        name: of,
        keeps: of === "errors" ? "no more" : "no less",
        value: percent(share) ?? "",
        where: `promises.${of}`,
        window: `${windowMs / 86_400_000}d`,
      },
    ]),
    ...figure("availability", "no less", percent(availability), "promises.availability"),
    ...figure("p50", "no more", duration(latency.p50Ms), "promises.latency.p50"),
    ...figure("p95", "no more", duration(latency.p95Ms), "promises.latency.p95"),
    ...figure("p99", "no more", duration(latency.p99Ms), "promises.latency.p99"),
    ...figure("errors", "no more", percent(errors), "promises.errors"),
    ...figure("rollback", "no more", duration(rollbackMs), "promises.rollback"),
  ];
}

/** Taking over is not restoring, and neither is what other stores and the machines below them do. */
const OTHER_RECOVERY =
  /fail-?\s?over|sentinel|\breplicas?\b|stand-?by|redis|rabbit|kafka|mongo|mysql|maria|elastic|kubernetes|\bk8s\b|\b(?:node|pod|zone) (?:failure|loss)|ausfall eines|bascul|conmutaci|切换|切り替え/i;

function ofBackups({ backups }: Launch): DeclaredFigure[] {
  if (!backups) return [];
  const about = { not: OTHER_STORES };
  const recovery = { not: OTHER_RECOVERY };
  return [
    ...figure("backup-every", "no more", duration(backups.everyMs), "backups.every", about),
    ...figure("backup-keep", "no less", `${longestKeptDays(backups.keep)}d`, "backups.keep", about),
    ...figure("rpo", "no more", duration(backups.loseAtMostMs), "backups.loseAtMost", recovery),
    ...figure("rto", "no more", duration(backups.restoreWithinMs), "backups.restoreWithin", recovery),
  ];
}

/** The newest of each day, week, month and year stays for that many of them. */
function longestKeptDays({ hourly, daily, weekly, monthly, yearly }: Retention): number {
  return Math.max(hourly / 24, daily, weekly * 7, monthly * 30, yearly * 365);
}

function ofTriggers({ deploy }: Launch): DeclaredFigure[] {
  const triggers = deploy?.rollbackOn ?? [];
  const errors = triggers.flatMap((each) => (each.on === "errors" ? percent(each.above) : []));
  const latency = triggers.flatMap((each) =>
    "aboveMs" in each ? [{ percentile: each.on, aboveMs: each.aboveMs }] : [],
  );
  const availability = triggers.flatMap((each) => (each.on === "availability" ? percent(each.below) : []));
  const on = (name: FigureName, values: readonly (string | undefined)[], about: About) =>
    (values.length > 0 ? values : [NOTHING_DECLARED]).flatMap((value) =>
      figure(name, "the same", value, "deploy.rollbackOn", { role: "trigger", ...about }),
    );
  // Without one, only what asks for just this is held against it: a failed payment is no failed request.
  const whenNone = (values: readonly unknown[], checks: RegExp): About =>
    values.length > 0 ? {} : { checks };
  return [
    ...on("errors-above", errors, whenNone(errors, /^slo\.errors\./)),
    ...on("availability-below", availability, whenNone(availability, /^slo\.availability\./)),
    // A slow query or job is no slow answer either way.
    ...latencyAbove(latency, (values) => on("latency-above", values, { checks: /^slo\.latency\./ })),
  ];
}

/** Whom the list wants alerted at 5 % is not told too late by an alert at 2, and never by none. */
function ofAlerts({ alerts: { thresholds } }: Launch): DeclaredFigure[] {
  const errors = thresholds.flatMap((each) => (each.of === "errors" ? percent(each.above) : []));
  const latency = thresholds.flatMap((each) =>
    each.of === "errors" ? [] : [{ percentile: each.of, aboveMs: each.aboveMs }],
  );
  const from = (name: FigureName, values: readonly (string | undefined)[], checks: RegExp) =>
    (values.length > 0 ? values : [NOTHING_DECLARED]).flatMap((value) =>
      figure(name, "no more", value, "alerts.thresholds", { role: "alert", checks }),
    );
  return [
    ...from("errors-above", errors, /^slo\.errors\./),
    ...latencyAbove(latency, (values) => from("latency-above", values, /^slo\.latency\./)),
  ];
}

/** Each with the percentile it is of; that nothing is declared, where there is none. */
function latencyAbove(
  declared: readonly { readonly percentile: Percentile; readonly aboveMs: number }[],
  figures: (values: readonly (string | undefined)[]) => DeclaredFigure[],
): DeclaredFigure[] {
  if (declared.length === 0) return figures([]);
  return declared.flatMap(({ percentile, aboveMs }) =>
    figures([duration(aboveMs)]).map((each) => ({ ...each, percentile })),
  );
}

/** What a machine lets in, and where that listens which stands beside the application, is not where this one does. */
const FIREWALL =
  /firewall|\bufw\b|security groups?|pare-feu|cortafuegos|\bssh\b|防火墙|\bexposed?\b|\bclosed\b|\bblocked\b|accessible from|redis|postgres|mysql|mongo|database|\bdb\b|smtp|数据库/i;

function ofVariables({ variables }: Launch): DeclaredFigure[] {
  return variables.flatMap(({ name, is, default: fallback }) => {
    const where = `variables.${name}.default`;
    const about = { words: new RegExp(`\\b${name}\\b`) };
    return is.type === "port" || /(^|_)PORT$/.test(name)
      ? [
          ...figure("port", "the same", fallback, where, { not: FIREWALL }),
          ...figure("value", "the same", fallback, where, about),
        ]
      : [];
  });
}

function ofTargets({ environments }: Launch): DeclaredFigure[] {
  return environments.flatMap(({ name, target }) =>
    ["port", "httpPort"].flatMap((key) =>
      figure("port", "the same", textAt(target.options, key), `environments.${name}.target.${key}`, {
        not: FIREWALL,
      }),
    ),
  );
}

import type { Retention } from "../model/backup-policy.ts";
import type { ItemRole } from "../model/item.ts";
import type { Component, Launch } from "../model/launch.ts";
import { alertThresholds } from "./alert-thresholds.ts";
import type { FigureName } from "./figures/figure.ts";

/** Something the declaration says that a line may say too. */
export interface DeclaredFigure {
  readonly name: FigureName;
  /** How the declaration keeps what a line asks: with no less, no more, or the very same. */
  readonly keeps: "no less" | "no more" | "the same";
  readonly value: string;
  /** "promises.latency.p95", "components.calls.lifetime". */
  readonly where: string;
  /** What a line has to be about to be about this one; absent: the name says enough. */
  readonly about?: About;
  /** Over which time it is promised: "7d". */
  readonly window?: string;
  /** A line may say it too, yet it is not what the line is told that the declaration says. */
  readonly isBeside?: true;
}

export interface About {
  /** The line or the headings right above it say this. */
  readonly words?: RegExp;
  /** Or it is bound to a check that begins like this. */
  readonly checks?: RegExp;
  /** And it speaks of none of these, which are another's. */
  readonly not?: RegExp;
  /** And it is one of these. */
  readonly role?: ItemRole;
}

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

/** Of the database that Gonogo backs up; other stores have backups of their own. */
const OTHER_STORES =
  /mongo|mysql|maria|elastic|dynamo|files?\b|uploads?|volumes?|media|\blogs?\b|images?|config/i;

/** Taking over is not restoring, and neither is what other stores and the machines below them do. */
const OTHER_RECOVERY =
  /fail-?\s?over|sentinel|\breplicas?\b|stand-?by|redis|rabbit|kafka|mongo|mysql|maria|elastic|kubernetes|\bk8s\b|\b(?:node|pod|zone) (?:failure|loss)|ausfall eines|bascul|conmutaci|切换|切り替え/i;

const OTHER_POOLS = /redis|mongo|mysql|maria|https?\b|websocket|smtp/i;

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
  const where = "deploy.rollbackOn";
  const about = { role: "trigger" } as const;
  return (deploy?.rollbackOn ?? []).flatMap((trigger): DeclaredFigure[] => {
    if (trigger.on === "errors")
      return figure("errors-above", "the same", percent(trigger.above), where, about);
    if (trigger.on === "availability")
      return figure("availability-below", "the same", percent(trigger.below), where, about);
    return [];
  });
}

/** Whom the list wants alerted at 5 % is not told too late by an alert at 2. */
function ofAlerts({ alerts }: Launch): DeclaredFigure[] {
  const where = "alerts.thresholds";
  return alerts.thresholds.flatMap((threshold): DeclaredFigure[] =>
    threshold.of === "errors"
      ? figure("errors-above", "no more", percent(threshold.above), where, {
          role: "alert",
          checks: /^slo\.errors\./,
        })
      : figure("latency-above", "no more", duration(threshold.aboveMs), where, {
          role: "alert",
          checks: /^slo\.latency\./,
        }),
  );
}

/** Whose events come in elsewhere. */
const OTHER_HOOKS =
  /paypal|mollie|midtrans|razorpay|paystack|payfast|payhere|paytr|paddle|adyen|braintree|klarna|mercado ?pago|lemon ?squeezy|xendit|iyzico|flutterwave|cinetpay|wompi|clerk|github|twilio|resend|webhooks?\/line|line\/webhook/i;

function ofComponent({ name, kind, options }: Component): DeclaredFigure[] {
  const at = (path: string): string | undefined => textAt(options, path);
  const where = (path: string): string => `components.${name}.${path}`;
  const same = (figureName: FigureName, path: string, about?: About): DeclaredFigure[] =>
    figure(figureName, "the same", at(path), where(path), about);
  switch (kind.kind) {
    case "rtc":
      return same("token-lifetime", "lifetime", {
        words: /\brtc\b|\bcalls?\b|video|agora|livekit/i,
        checks: /^rtc\./,
      });
    case "stripe":
      return [
        ...same("webhook", "webhook", { words: /stripe|payment/i, not: OTHER_HOOKS }),
        ...listAt(options, "events").flatMap((event) => figure("event", "the same", event, where("events"))),
      ];
    case "postgres":
      return [
        ...figure("backup-every", "no more", at("backup.every"), where("backup.every"), {
          not: OTHER_STORES,
        }),
        ...figure("pool", "no more", at("pool.maxPerInstance"), where("pool.maxPerInstance"), {
          not: OTHER_POOLS,
        }),
        ...figure("backup-keep", "no less", at("backup.keep"), where("backup.keep"), { not: OTHER_STORES }),
      ];
    case "redis":
      return same("persistence", "persistence");
    case "schedule":
      return [
        ...same("every", "every", { words: wordsOf(name) }),
        ...same("cron", "cron", { words: wordsOf(name) }),
      ];
    case "host":
      return alertThresholds(options).flatMap(({ check, option, used }): DeclaredFigure[] => {
        const about = { role: "alert", checks: check } as const;
        const place = where(`alertAbove.${option}`);
        return [
          ...figure("at-least", "no more", `${used}%`, place, about),
          // "Disk space below 10 %" speaks of what is left.
          ...(used <= 100 ? figure("at-most", "no less", `${100 - used}%`, place, about) : []),
        ];
      });
    case "web":
      return [
        ...same("health", "health"),
        ...same("health", "ready"),
        ...pagesOf(options).flatMap((path) =>
          figure("health", "the same", path, where("pages")).map((each) => ({
            ...each,
            isBeside: true as const,
          })),
        ),
        ...same("body-limit", "limits.body"),
      ];
    default:
      return [];
  }
}

/** "tick" and "billing-tick" are what "billing_tick()" speaks of; "jobs" is not. */
function wordsOf(name: string): RegExp {
  return new RegExp(`(?<![a-z])${name.replaceAll("-", "[\\W_]*")}(?![a-z])`, "i");
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

function figure(
  name: FigureName,
  keeps: DeclaredFigure["keeps"],
  value: string | undefined,
  where: string,
  about?: About,
): DeclaredFigure[] {
  return value === undefined ? [] : [{ name, keeps, value, where, ...(about && { about }) }];
}

function percent(fraction: number | undefined): string | undefined {
  return fraction === undefined ? undefined : `${Number((fraction * 100).toPrecision(10))}%`;
}

function duration(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${ms}ms`;
}

/** Options are data a kind's schema has let through; what is not a text or a number there is not compared. */
function textAt(options: unknown, path: string): string | undefined {
  let value = options;
  for (const key of path.split(".")) value = isRecord(value) ? value[key] : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function listAt(options: unknown, key: string): string[] {
  const value = isRecord(options) ? options[key] : undefined;
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function pagesOf(options: unknown): string[] {
  const pages = isRecord(options) ? options.pages : undefined;
  return isRecord(pages) ? [...listAt(pages, "html"), ...listAt(pages, "api")] : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

import type { Component } from "../model/launch.ts";
import { alertThresholds } from "./alert-thresholds.ts";
import {
  type About,
  type DeclaredFigure,
  figure,
  isRecord,
  OTHER_STORES,
  textAt,
} from "./declared-figure.ts";
import type { FigureName } from "./figures/figure.ts";

const OTHER_POOLS = /redis|mongo|mysql|maria|https?\b|websocket|smtp/i;

/** Whose events come in elsewhere. */
const OTHER_HOOKS =
  /paypal|mollie|midtrans|razorpay|paystack|payfast|payhere|paytr|paddle|adyen|braintree|klarna|mercado ?pago|lemon ?squeezy|xendit|iyzico|flutterwave|cinetpay|wompi|clerk|github|twilio|resend|webhooks?\/line|line\/webhook/i;

/** What the options of a component say with a figure or a name. */
export function ofComponent({ name, kind, options }: Component): DeclaredFigure[] {
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
    case "schedule": {
      const about = { words: wordsOf(name), checks: /^cron\./ };
      const place = where(at("every") === undefined ? "cron" : "every");
      // Who names it means no other, though it has no such rhythm to be compared with.
      const rhythm = (figureName: FigureName, value: string | undefined): DeclaredFigure[] =>
        figure(figureName, value === undefined ? "anything" : "the same", value ?? "", place, about);
      return [...rhythm("every", at("every") ?? intervalOf(at("cron") ?? "")), ...rhythm("cron", at("cron"))];
    }
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

/**
 * Of "*\/15 * * * *" 15 minutes, of "30 3 * * *" a day, of "0 6 * * 1" a week, of "0 6 1 * *" a month; of "0 9 * * 1-5"
 * none, and of "*\/25 * * * *" neither.
 */
function intervalOf(cron: string): string | undefined {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = cron.trim().split(/\s+/);
  if (month !== "*") return undefined;
  const isOne = (field: string): boolean => /^\d+$/.test(field);
  if (day !== "*" || weekday !== "*") {
    if (!isOne(minute) || !isOne(hour)) return undefined;
    if (day === "*") return /^(?:\d|[a-z]{3})$/i.test(weekday) ? "7d" : undefined;
    return weekday === "*" && isOne(day) ? "30d" : undefined;
  }
  const every = (field: string, of: number): number | undefined => {
    const step = field === "*" ? 1 : Number(/^\*\/(\d+)$/.exec(field)?.[1]);
    return of % step === 0 ? step : undefined;
  };
  const minutes = hour === "*" ? every(minute, 60) : undefined;
  const hours = isOne(minute) ? (isOne(hour) ? 24 : every(hour, 24)) : undefined;
  if (minutes !== undefined) return `${minutes}m`;
  return hours === undefined ? undefined : `${hours}h`;
}

/** "tick" and "billing-tick" are what "billing_tick()" speaks of; "jobs" is not. */
function wordsOf(name: string): RegExp {
  return new RegExp(`(?<![a-z])${name.replaceAll("-", "[\\W_]*")}(?![a-z])`, "i");
}

function listAt(options: unknown, key: string): string[] {
  const value = isRecord(options) ? options[key] : undefined;
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function pagesOf(options: unknown): string[] {
  const pages = isRecord(options) ? options.pages : undefined;
  return isRecord(pages) ? [...listAt(pages, "html"), ...listAt(pages, "api")] : [];
}

import { Cron } from "croner";
import type { Component } from "../model/launch.ts";
import { alertThresholds } from "./alert-thresholds.ts";
import {
  type About,
  type DeclaredFigure,
  duration,
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
      return [
        ...same("every", "every", about),
        ...same("cron", "cron", about),
        ...figure("every", "the same", intervalOf(at("cron")), where("cron"), about),
      ];
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

/** Looked at for one interval: a pattern whose next runs are as far from each other has that one. */
const RUNS = 8;

/** Of "*\/15 * * * *" 15 minutes; of "0 9 * * 1-5" none. */
function intervalOf(cron: string | undefined): string | undefined {
  if (cron === undefined) return undefined;
  const runs = new Cron(cron, { paused: true, timezone: "UTC" }).nextRuns(RUNS).map(Number);
  const intervals = new Set(runs.slice(1).map((run, at) => run - (runs[at] ?? run)));
  const [only] = intervals;
  return intervals.size === 1 ? duration(only) : undefined;
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

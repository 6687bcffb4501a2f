import type { AlertPolicy, AlertThreshold, Channel } from "../model/alert-policy.ts";
import type { RollbackTrigger } from "../model/rollback-trigger.ts";
import type { JudgedAlerts, JudgedThreshold, JudgedTrigger } from "./alerts-schema.ts";

/** Without routes everybody is told everything. */
export function buildAlerts(judged: JudgedAlerts, channels: readonly Channel[]): AlertPolicy {
  const { routes, escalation, acknowledge, group, thresholds, maintenance } = judged;
  const everybody = { to: channels.map(({ name }) => name) };
  return {
    channels,
    routes:
      routes.length === 0
        ? [everybody]
        : routes.map(({ severity, components, to }) => ({
            to,
            ...(severity && { severities: severity }),
            ...(components && { components }),
          })),
    escalation: escalation.map(({ after, to }) => ({ afterMs: after, to })),
    acknowledgeWithinMs: acknowledge,
    grouping: {
      by: group.by,
      waitMs: group.wait,
      gatherMs: Math.max(group.wait, group.gather),
      everyMs: group.every,
      repeatMs: group.repeat,
    },
    thresholds: thresholds.map(buildThreshold),
    maintenance: maintenance.map(({ name, cron, timeZone, lasts, components }) => ({
      name,
      cron,
      timeZone,
      lastsMs: lasts,
      ...(components && { components }),
    })),
  };
}

function buildThreshold({ over: overMs, errors, p50, p95, p99 }: JudgedThreshold): AlertThreshold {
  if (errors !== undefined) return { of: "errors", above: errors, overMs };
  if (p50 !== undefined) return { of: "p50", aboveMs: p50, overMs };
  return p95 === undefined ? { of: "p99", aboveMs: p99 ?? 0, overMs } : { of: "p95", aboveMs: p95, overMs };
}

export function buildTrigger(judged: JudgedTrigger): RollbackTrigger {
  if ("errors" in judged) return { on: "errors", above: judged.errors };
  if ("p50" in judged) return { on: "p50", aboveMs: judged.p50 };
  if ("p95" in judged) return { on: "p95", aboveMs: judged.p95 };
  if ("p99" in judged) return { on: "p99", aboveMs: judged.p99 };
  if ("availability" in judged)
    return { on: "availability", below: judged.availability, overMs: judged.over };
  if ("check" in judged) return { on: "check", check: judged.check, component: judged.component };
  return { on: "component", component: judged.component };
}

import type { AlertPolicy, Channel } from "../model/alert-policy.ts";
import type { RollbackTrigger } from "../model/rollback-trigger.ts";
import type { JudgedAlerts, JudgedTrigger } from "./alerts-schema.ts";

/** Without routes everybody is told everything. */
export function buildAlerts(judged: JudgedAlerts, channels: readonly Channel[]): AlertPolicy {
  const { routes, escalation, acknowledge, group, maintenance } = judged;
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
    maintenance: maintenance.map(({ name, cron, timeZone, lasts, components }) => ({
      name,
      cron,
      timeZone,
      lastsMs: lasts,
      ...(components && { components }),
    })),
  };
}

export function buildTrigger(judged: JudgedTrigger): RollbackTrigger {
  if ("errors" in judged) return { on: "errors", above: judged.errors };
  if ("availability" in judged)
    return { on: "availability", below: judged.availability, overMs: judged.over };
  if ("check" in judged) return { on: "check", check: judged.check, component: judged.component };
  return { on: "component", component: judged.component };
}

import { z } from "@hono/zod-openapi";
import { INCIDENT_EVENTS } from "../model/incident.ts";

const time = z.iso.datetime().openapi({ example: "2026-11-21T12:00:00.000Z" });

export const errorShape = z
  .object({ error: z.string(), fix: z.string().optional() })
  .openapi("Error", { description: "What is wrong, and what helps." });

export const healthShape = z
  .object({
    launch: z.string(),
    environment: z.string(),
    state: z.enum(["up", "degraded", "down", "unknown"]),
    monitors: z.object({
      up: z.int(),
      down: z.int(),
      noted: z.int().openapi({ description: "down, and only good to know: not counted as down" }),
      unknown: z.int(),
      silent: z.int().openapi({ description: "not asked yet, or what was asked does not apply here" }),
    }),
    release: z.string().optional(),
    stoppedSince: time
      .optional()
      .openapi({ description: "ended on purpose: nothing is asked until a deploy" }),
    watcher: z.object({ lagP99Ms: z.number(), readings: z.int(), lost: z.int() }),
  })
  .openapi("Health");

export const monitorShape = z
  .object({
    id: z.string(),
    component: z.string(),
    state: z.enum(["up", "down", "unknown", "not asked yet"]),
    shownOnly: z.boolean().openapi({ description: "only good to know: alarms nobody, counts as noted" }),
    since: time.optional(),
    at: time.optional(),
    tookMs: z.number().optional(),
    value: z.number().optional(),
  })
  .openapi("Monitor");

export const monitorDetailShape = monitorShape
  .extend({
    title: z.string(),
    consequence: z.string(),
    severity: z.enum(["P0", "P1", "P2", "P3"]),
    every: z.string(),
    detail: z.string().optional(),
    release: z.string().optional(),
  })
  .openapi("MonitorDetail");

export const sumShape = z
  .object({
    at: time,
    up: z.int(),
    down: z.int(),
    unknown: z.int(),
    mean: z.number().optional(),
    least: z.number().optional(),
    most: z.number().optional(),
    release: z.string().optional(),
  })
  .openapi("Sum", { description: "What the readings of one minute, hour or day came to." });

export const incidentShape = z
  .object({
    id: z.string(),
    state: z.enum(["open", "mitigated", "resolved"]),
    severity: z.enum(["P0", "P1", "P2", "P3"]),
    title: z.string(),
    component: z.string(),
    affected: z.array(z.string()),
    openedAt: time,
    acknowledgedAt: time.optional(),
    acknowledgedBy: z.string().optional(),
    mitigatedAt: time.optional(),
    resolvedAt: time.optional(),
    release: z.string().optional(),
  })
  .openapi("Incident");

export const incidentDetailShape = incidentShape
  .extend({
    events: z.array(
      z.object({ at: time, kind: z.enum(INCIDENT_EVENTS), by: z.string().optional(), text: z.string() }),
    ),
  })
  .openapi("IncidentDetail");

export const deploymentShape = z
  .object({
    id: z.string(),
    kind: z.enum(["deploy", "rollback"]),
    release: z.string(),
    from: z.string().optional(),
    by: z.string(),
    startedAt: time,
    finishedAt: time.optional(),
    state: z.string(),
    reason: z.string().optional(),
  })
  .openapi("Deployment");

export const deploymentDetailShape = deploymentShape
  .extend({ steps: z.array(z.object({ step: z.string(), state: z.string(), at: time })) })
  .openapi("DeploymentDetail");

export const evidenceShape = z
  .object({
    seq: z.int(),
    component: z.string(),
    check: z.string(),
    status: z.enum(["pass", "warn", "fail", "unknown", "not applicable"]),
    says: z.string(),
    observedAt: time,
    freshUntil: time,
    release: z.string().optional(),
  })
  .openapi("Evidence");

export const backupShape = z
  .object({
    id: z.string(),
    place: z.string(),
    startedAt: time,
    storedBytes: z.number(),
    verdict: z.enum(["proven", "failed", "unproven", "damaged"]),
    problems: z.array(z.string()),
    provenAt: time.optional(),
    restoreMs: z.number().optional(),
  })
  .openapi("Backup");

/** Milliseconds since 1970 as text; undefined stays undefined. */
export function iso(at: number): string;
export function iso(at: number | undefined): string | undefined;
export function iso(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

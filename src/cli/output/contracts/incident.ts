import { z } from "zod";
import { INCIDENT_EVENTS } from "../../../model/incident.ts";
import { instant, stageSchema } from "./check.ts";

const head = {
  version: z.literal(1),
  launch: z.string(),
  environment: z.string(),
  stage: stageSchema,
};

const severity = z.enum(["P0", "P1", "P2", "P3"]);

const incident = z.object({
  id: z.string(),
  state: z.enum(["open", "mitigated", "resolved"]),
  severity,
  title: z.string(),
  component: z.string().describe("what it is put down to"),
  affected: z.array(z.string()).readonly(),
  openedAt: instant,
  firstFailureAt: instant,
  release: z.string().nullable().describe("live at the first failure"),
  suspect: z
    .object({ release: z.string(), commit: z.string(), liveSince: instant })
    .nullable()
    .describe("the release that went live shortly before"),
  toldAt: instant.nullable().describe("when a channel first took a message"),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  mitigatedAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  reviewDueAt: instant.nullable(),
  reviewedAt: instant.nullable(),
  reviewedBy: z.string().nullable(),
});

const message = z.object({
  number: z.number(),
  channel: z.string(),
  incident: z.string().nullable(),
  kind: z.enum(["firing", "still firing", "resolved", "drill"]),
  title: z.string(),
  key: z.string().describe("the same when it is sent twice"),
  state: z.enum(["waiting", "sent", "dead"]),
  attempts: z.number(),
  createdAt: instant,
  sentAt: instant.nullable(),
  receipt: z.string().nullable(),
  error: z.string().nullable(),
});

export const incidentsResult = z.object({
  ...head,
  kind: z.literal("incidents"),
  incidents: z.array(incident).readonly().describe("newest first"),
  undelivered: z.array(message).readonly().describe("messages that were given up"),
});

export const incidentResult = z.object({
  ...head,
  kind: z.literal("incident"),
  incident,
  timeline: z
    .array(
      z.object({
        at: instant,
        kind: z.enum(INCIDENT_EVENTS),
        by: z.string().nullable().describe("null: Gonogo itself"),
        text: z.string(),
      }),
    )
    .readonly(),
  messages: z.array(message).readonly(),
  figures: z.object({
    detectionMs: z.number(),
    tellingMs: z.number().nullable(),
    acknowledgeMs: z.number().nullable(),
    lastedMs: z.number(),
  }),
});

export const silencesResult = z.object({
  ...head,
  kind: z.literal("silences"),
  silences: z
    .array(
      z.object({
        id: z.string(),
        by: z.string(),
        reason: z.string(),
        from: instant,
        until: instant,
        endedAt: instant.nullable(),
        active: z.boolean(),
        fits: z.array(z.string()).readonly().describe("monitors, components, prefixes; none: everything"),
      }),
    )
    .readonly(),
});

/** `gonogo incidents retry 4 --format json`: the message as it waits now. */
export const retryResult = z.object({ ...head, kind: z.literal("retry"), message });

/** `gonogo incidents ack drill-4 --format json`. */
export const acknowledgementResult = z.object({
  ...head,
  kind: z.literal("acknowledgement"),
  drill: z.string(),
  by: z.string(),
  at: instant,
  wasRunning: z.boolean().describe("false: it came too late to count, hold the drill again"),
});

/** `gonogo incidents post-mortem i3 --format json`. */
export const postMortemResult = z.object({
  ...head,
  kind: z.literal("post-mortem"),
  incident: z.string(),
  markdown: z.string().describe("the draft"),
  written: z.string().nullable().describe("the file it was written to"),
});

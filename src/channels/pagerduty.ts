import { z } from "zod";
import { defineChannel, type IncidentSeverity, type Notice } from "../model/channel.ts";
import { credential, endpoint, secretVariable, variableName } from "./credential.ts";
import { hiding, post } from "./post.ts";
import { cut, headline, linksOf } from "./wording.ts";

const SUMMARY_LIMIT = 1_024;
const SEVERITIES: Readonly<Record<IncidentSeverity, "critical" | "error" | "warning" | "info">> = {
  P0: "critical",
  P1: "error",
  P2: "warning",
  P3: "info",
};

/** A PagerDuty service through Events API v2: https://developer.pagerduty.com/docs/send-alert-event. */
export const pagerduty = defineChannel({
  kind: "pagerduty",
  summary: "A PagerDuty service, through Events API v2.",
  options: z.strictObject({
    routingKey: variableName("PAGERDUTY_ROUTING_KEY", "the service's integration key"),
    endpoint: endpoint("https://events.pagerduty.com"),
  }),
  variables: ({ routingKey }) => [
    secretVariable(routingKey, "Integration key of the PagerDuty service that alerts go to"),
  ],
  async send(notice, request) {
    const { options, doors, signal } = request;
    const key = credential(request, options.routingKey);
    const answer = await post({
      url: `${options.endpoint.replace(/\/$/, "")}/v2/enqueue`,
      body: JSON.stringify({ routing_key: key, ...eventOf(notice) }),
      redact: hiding(key),
      doors,
      signal,
    });
    return /"dedup_key":\s*"([^"]*)"/.exec(answer)?.[1] ?? "taken";
  },
});

/** One PagerDuty alert for each incident: its messages share the deduplication key. */
function eventOf(notice: Notice): object {
  if (notice.kind === "resolved") return { event_action: "resolve", dedup_key: notice.thread };
  return {
    event_action: "trigger",
    dedup_key: notice.thread,
    client: "Gonogo",
    ...(notice.link !== undefined && { client_url: notice.link }),
    links: linksOf(notice).map(([text, href]) => ({ href, text })),
    payload: {
      summary: cut(headline(notice), SUMMARY_LIMIT),
      source: `${notice.launch}/${notice.environment}`,
      severity: SEVERITIES[notice.severity],
      timestamp: new Date(notice.at).toISOString(),
      custom_details: { key: notice.key, ...Object.fromEntries(notice.facts) },
    },
  };
}

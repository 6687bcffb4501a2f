import { z } from "zod";
import { defineChannel, type Notice } from "../model/channel.ts";
import { credential, secretVariable, variableName } from "./credential.ts";
import { hiding, post } from "./post.ts";
import { cut, headline, isCommand, linksOf, plainText, utc } from "./wording.ts";

const HEADER_LIMIT = 150;
const SECTION_LIMIT = 3_000;
const FALLBACK_LIMIT = 4_000;

/**
 * A Slack channel through an incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks.
 * Block limits: https://docs.slack.dev/reference/block-kit/blocks.
 */
export const slack = defineChannel({
  kind: "slack",
  summary: "A Slack channel, through an incoming webhook.",
  options: z.strictObject({ webhook: variableName("SLACK_WEBHOOK_URL", "the webhook's address") }),
  variables: ({ webhook }) => [
    secretVariable(webhook, "Address of Slack's incoming webhook that alerts go to", {
      type: "url",
      protocols: ["https", "http"],
    }),
  ],
  async send(notice, request) {
    const { options, doors, signal } = request;
    const url = credential(request, options.webhook);
    const redact = hiding(new URL(url).pathname);
    return await post({ url, body: JSON.stringify(messageOf(notice)), redact, doors, signal });
  },
});

function messageOf(notice: Notice): object {
  const lines = notice.facts.map(([label, value]) => `*${escaped(label)}*: ${shown(value)}`);
  const links = linksOf(notice).map(([label, url]) => `<${url}|${label}>`);
  const footer = [utc(notice.at), ...links, `key ${escaped(notice.key)}`].join(" · ");
  return {
    text: cut(escaped(plainText(notice)), FALLBACK_LIMIT),
    blocks: [
      { type: "header", text: { type: "plain_text", text: cut(headline(notice), HEADER_LIMIT) } },
      // A section may not be empty.
      { type: "section", text: { type: "mrkdwn", text: cut(lines.join("\n") || "-", SECTION_LIMIT) } },
      { type: "context", elements: [{ type: "mrkdwn", text: footer }] },
    ],
  };
}

function shown(value: string): string {
  return isCommand(value) ? `\`${escaped(value)}\`` : escaped(value);
}

/** The three characters Slack reads as its own. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

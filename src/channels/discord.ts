import { z } from "zod";
import { defineChannel, type Notice } from "../model/channel.ts";
import { credential, secretVariable, variableName } from "./credential.ts";
import { hiding, post } from "./post.ts";
import { cut, headline, isCommand, linksOf } from "./wording.ts";

const TITLE_LIMIT = 256;
const FIELD_LIMIT = { fields: 25, name: 256, value: 1_024 } as const;
const COLOURS = { firing: 0xd92d20, "still firing": 0xd92d20, resolved: 0x12b76a, drill: 0x2e90fa } as const;

/** A Discord channel: https://docs.discord.com/developers/resources/webhook#execute-webhook, limits of its OpenAPI. */
export const discord = defineChannel({
  kind: "discord",
  summary: "A Discord channel, through a webhook.",
  options: z.strictObject({ webhook: variableName("DISCORD_WEBHOOK_URL", "the webhook's address") }),
  variables: ({ webhook }) => [
    secretVariable(webhook, "Address of Discord's webhook that alerts go to", {
      type: "url",
      protocols: ["https", "http"],
    }),
  ],
  async send(notice, request) {
    const { options, doors, signal } = request;
    const address = credential(request, options.webhook);
    const url = new URL(address);
    // Without it Discord answers before it knows whether the message was kept.
    url.searchParams.set("wait", "true");
    const redact = hiding(url.pathname);
    return await post({ url: url.href, body: JSON.stringify(messageOf(notice)), redact, doors, signal });
  },
});

function messageOf(notice: Notice): object {
  const links = linksOf(notice);
  const told = [...notice.facts.slice(0, FIELD_LIMIT.fields - links.length), ...links];
  const fields = told.map(([label, value]) => ({
    name: cut(label || "-", FIELD_LIMIT.name),
    value: cut(isCommand(value) ? `\`${value}\`` : value || "-", FIELD_LIMIT.value),
  }));
  const embed = {
    title: cut(headline(notice), TITLE_LIMIT),
    color: COLOURS[notice.kind],
    timestamp: new Date(notice.at).toISOString(),
    fields,
    footer: { text: `key ${notice.key}` },
    ...(notice.link !== undefined && { url: notice.link }),
  };
  // What an application logged must not be able to call everybody.
  return { embeds: [embed], allowed_mentions: { parse: [] } };
}

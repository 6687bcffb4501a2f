import { z } from "zod";
import { defineChannel } from "../model/channel.ts";
import { credential, endpoint, secretVariable, variableName } from "./credential.ts";
import { hiding, JSON_BODY, post } from "./post.ts";
import { plainText } from "./wording.ts";

const TEXT_LIMIT = 4_096;

/** A Telegram chat through a bot: https://core.telegram.org/bots/api#sendmessage. */
export const telegram = defineChannel({
  kind: "telegram",
  summary: "A Telegram chat, through a bot.",
  options: z.strictObject({
    chat: z.string().min(1).describe('Id of the chat ("-1001234567890") or "@channelname".'),
    token: variableName("TELEGRAM_BOT_TOKEN", "the bot's token"),
    endpoint: endpoint("https://api.telegram.org"),
  }),
  variables: ({ token }) => [secretVariable(token, "Token of the Telegram bot that alerts are sent by")],
  async send(notice, request) {
    const { options, doors, signal } = request;
    const token = credential(request, options.token);
    const answer = await post({
      url: `${options.endpoint.replace(/\/$/, "")}/bot${token}/sendMessage`,
      headers: JSON_BODY,
      body: JSON.stringify({
        chat_id: options.chat,
        text: plainText(notice, TEXT_LIMIT),
        link_preview_options: { is_disabled: true },
      }),
      redact: hiding(token),
      doors,
      signal,
    });
    return `message ${/"message_id":\s*(\d+)/.exec(answer)?.[1] ?? "taken"}`;
  },
});

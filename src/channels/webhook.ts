import { createHmac } from "node:crypto";
import { z } from "zod";
import { defineChannel } from "../model/channel.ts";
import { credential, secretVariable, variableName } from "./credential.ts";
import { hiding, JSON_BODY, post } from "./post.ts";
import { headline } from "./wording.ts";

/** Any receiver, signed as Standard Webhooks 1.0 describes: https://www.standardwebhooks.com. */
export const webhook = defineChannel({
  kind: "webhook",
  summary: "Any HTTP receiver; each message is signed as Standard Webhooks describes.",
  options: z.strictObject({
    url: z.url({ protocol: /^https?$/ }).describe("Where messages are posted to."),
    secret: variableName("ALERT_WEBHOOK_SECRET", "the signing secret: whsec_ and base64"),
  }),
  variables: ({ secret }) => [
    secretVariable(secret, "Secret that alerts posted to the webhook are signed with", {
      type: "string",
      pattern: "^whsec_[A-Za-z0-9+/]{32,}={0,2}$",
    }),
  ],
  async send(notice, request) {
    const { options, doors, signal } = request;
    const secret = credential(request, options.secret);
    const seconds = Math.floor(doors.clock.now() / 1_000);
    const { key, kind, at, ...told } = notice;
    const body = JSON.stringify({
      type: `alert.${kind.replace(" ", "_")}`,
      timestamp: new Date(at).toISOString(),
      data: { ...told, key, kind, headline: headline(notice), facts: Object.fromEntries(notice.facts) },
    });
    const key64 = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const signature = createHmac("sha256", key64).update(`${key}.${seconds}.${body}`).digest("base64");
    await post({
      url: options.url,
      headers: {
        ...JSON_BODY,
        "webhook-id": key,
        "webhook-timestamp": String(seconds),
        "webhook-signature": `v1,${signature}`,
      },
      body,
      redact: hiding(secret),
      doors,
      signal,
    });
    return "taken";
  },
});

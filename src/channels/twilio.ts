import { z } from "zod";
import { defineChannel } from "../model/channel.ts";
import { credential, endpoint, secretVariable, variableName } from "./credential.ts";
import { hiding, post } from "./post.ts";
import { shortText } from "./wording.ts";

/** Two segments of GSM-7 at most: a longer one costs more and says no more. */
const TEXT_LIMIT = 300;
const PHONE = /^\+[1-9]\d{6,14}$/;
const phone = z.string().regex(PHONE, 'expected a number in E.164, such as "+4915112345678"');

/** Text messages through Twilio: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message. */
export const twilio = defineChannel({
  kind: "twilio",
  summary: "Text messages (SMS) through Twilio.",
  options: z.strictObject({
    account: z
      .string()
      .regex(/^AC[0-9a-fA-F]{32}$/, "expected an account SID: AC and 32 hexadecimal digits")
      .describe("SID of the Twilio account."),
    from: phone.describe("Number the messages come from."),
    to: z.array(phone).min(1).describe("Numbers that are told."),
    token: variableName("TWILIO_AUTH_TOKEN", "the account's auth token"),
    endpoint: endpoint("https://api.twilio.com"),
  }),
  variables: ({ token }) => [
    secretVariable(token, "Auth token of the Twilio account that alerts are sent by"),
  ],
  async send(notice, request) {
    const { options, doors, signal } = request;
    const token = credential(request, options.token);
    const basic = Buffer.from(`${options.account}:${token}`).toString("base64");
    const sent: string[] = [];
    for (const to of options.to) {
      const body = new URLSearchParams({
        To: to,
        From: options.from,
        Body: shortText(notice, TEXT_LIMIT),
      });
      const answer = await post({
        url: `${options.endpoint.replace(/\/$/, "")}/2010-04-01/Accounts/${options.account}/Messages.json`,
        headers: { "content-type": "application/x-www-form-urlencoded", authorization: `Basic ${basic}` },
        body: body.toString(),
        redact: hiding(token, basic),
        doors,
        signal,
      });
      sent.push(/"sid":\s*"(\w+)"/.exec(answer)?.[1] ?? "taken");
    }
    return sent.join(", ");
  },
});

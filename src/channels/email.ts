import { createHash } from "node:crypto";
import { z } from "zod";
import { defineChannel } from "../model/channel.ts";
import { credential, secretVariable, variableName } from "./credential.ts";
import { cut, headline, plainText } from "./wording.ts";

const SUBJECT_LIMIT = 180;

/** E-mail over SMTP. Messages about one incident form one thread; the same message twice has the same Message-ID. */
export const email = defineChannel({
  kind: "email",
  summary: "E-mail over SMTP.",
  options: z.strictObject({
    to: z.array(z.email()).min(1).describe("Who is told."),
    from: z.email().describe("Sender; its domain must allow the server to send for it (SPF, DKIM)."),
    server: variableName("SMTP_URL", "the server: smtps://user:password@host:465"),
  }),
  variables: ({ server }) => [
    secretVariable(server, "Mail server that alerts are sent through: smtps://user:password@host:465", {
      type: "url",
      protocols: ["smtp", "smtps"],
    }),
  ],
  async send(notice, request) {
    const { options, doors, signal, variables } = request;
    credential(request, options.server);
    const server = variables.get(options.server);
    if (!server) return "";
    const domain = options.from.split("@")[1] ?? "localhost";
    const idOf = (text: string) =>
      `<${createHash("sha256").update(text).digest("hex").slice(0, 32)}@${domain}>`;
    return await doors.mail.send(
      server,
      {
        from: options.from,
        to: options.to,
        subject: cut(headline(notice), SUBJECT_LIMIT),
        text: plainText(notice),
        messageId: idOf(notice.key),
        inReplyTo: idOf(notice.thread),
      },
      { signal },
    );
  },
});

import { defineComponent } from "../../model/component.ts";
import * as checks from "./checks.ts";
import { mailOptions } from "./options.ts";
import { deliveryRoundTrip } from "./round-trip-check.ts";

/** Mail the application sends, as receivers judge it. */
export const mail = defineComponent({
  kind: "mail",
  summary: "Mail the application sends: SPF, DKIM, DMARC, where answers go, and one that has to arrive.",
  options: mailOptions,
  variables: ({ roundTrip }) =>
    roundTrip
      ? [
          {
            name: roundTrip.mailboxVariable,
            readBy: "nobody",
            is: { type: "url", protocols: ["imaps", "imap"] },
            required: true,
            secret: true,
            description: `Mailbox of ${roundTrip.to}: imaps://user:password@host:993.`,
          },
        ]
      : [],
  checks: [...Object.values(checks), deliveryRoundTrip],
});

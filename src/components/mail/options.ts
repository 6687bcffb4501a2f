import { z } from "zod";
import { durationMs, parseDuration } from "../../model/duration.ts";

const name = z
  .string()
  .regex(
    /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'expected a name such as "app.example"',
  );

const duration = z
  .templateLiteral([z.number(), z.enum(["ms", "s", "m", "h", "d", "w"])])
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "1m"');
const address = z
  .string()
  // Nothing a shell would take for anything but a part of the word.
  .regex(
    /^[\w.%+-]+(\{\{marker\}\}[\w.%+-]*)?@[\w.-]+$/,
    'expected an address such as "probe@inbox.example"',
  );

const roundTrip = z
  .strictObject({
    probe: z
      .union([
        z
          .string()
          .min(1)
          .describe("Shell line of the application, run in the project with the environment's variables."),
        z
          .strictObject({
            path: z.string().regex(/^\/\S*$/, 'expected a path such as "/newsletter"'),
            json: z.looseObject({}).optional().describe("Its body, as JSON."),
            form: z.record(z.string(), z.string()).optional().describe("Its body, as a form."),
          })
          .refine(({ json, form }) => (json === undefined) !== (form === undefined), "expected json or form"),
      ])
      .describe(
        "What makes the application send one mail: a shell line, or a POST request to it. {{to}} in it is whom to, {{marker}} a word for the mail's subject or text.",
      ),
    to: address.describe(
      'Address of the mailbox. A request whose mail has a text of its own needs the marker here: "probe+{{marker}}@inbox.example".',
    ),
    mailboxVariable: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable")
      .default("PROBE_MAILBOX_URL")
      .describe("The variable with the mailbox's address: imaps://user:password@host:993."),
    from: z.email().optional().describe("The sender; without it any address of the domain."),
    within: duration
      .refine((text) => durationMs(text) <= 300_000, "expected at most 5m")
      .default("1m")
      .describe("The mail has to arrive within this; at most 5m."),
  })
  .superRefine(({ probe, to }, context) => {
    const sent = JSON.stringify(probe);
    const complain = (message: string): void =>
      context.addIssue({ code: "custom", path: ["probe"], message });
    if (!sent.includes("{{to}}")) complain("expected {{to}} in it: whom the mail is for");
    if (!sent.includes("{{marker}}") && !to.includes("{{marker}}"))
      complain("expected {{marker}} in it, or in `to`: else nobody knows the mail again");
  });

export const mailOptions = z.strictObject({
  domain: name.describe("What stands behind the @ of the sender."),
  provider: name
    .optional()
    .describe('Whose servers send, as its SPF include says: "sendgrid.net", "spf.mtasv.net".'),
  selectors: z
    .array(z.string().regex(/^[a-z0-9._-]+$/i, 'expected a DKIM selector such as "s1"'))
    .default([])
    .describe("DKIM selectors the provider signs with."),
  receives: z.boolean().default(false).describe("Mail to the domain is read by somebody."),
  roundTrip: roundTrip
    .optional()
    .describe("A mail that the application sends for us, and the mailbox it has to arrive in."),
  resolvers: z
    .array(z.string().min(1))
    .default([])
    .describe("Whose answers count; without any, the machine's own resolver."),
});

export type MailOptions = z.output<typeof mailOptions>;
export type RoundTripOptions = z.output<typeof roundTrip>;

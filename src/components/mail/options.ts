import { z } from "zod";

const name = z
  .string()
  .regex(
    /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'expected a name such as "app.example"',
  );

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
  resolvers: z
    .array(z.string().min(1))
    .default([])
    .describe("Whose answers count; without any, the machine's own resolver."),
});

export type MailOptions = z.output<typeof mailOptions>;

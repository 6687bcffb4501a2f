import { z } from "zod";
import { parseDuration } from "../../model/duration.ts";

const NAME =
  /^(?=.{1,253}$)(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const dnsName = z.string().regex(NAME, 'expected a name without scheme and path, such as "app.example"');

export const resolvers = z
  .array(
    z
      .string()
      .regex(/^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\])(:\d{1,5})?$/, 'expected an address such as "9.9.9.9"'),
  )
  .default([])
  .describe("Whose answers count; without any, the machine's own resolver.");

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "1h"')
  .transform((text) => parseDuration(text) ?? 0);

export const domainOptions = z.strictObject({
  hosts: z
    .array(dnsName)
    .min(1)
    .optional()
    .describe("Names that users reach the application by; without it the environment's domain."),
  target: z
    .string()
    .min(1)
    .optional()
    .describe("Address or name that all of them lead to, when it is known."),
  authorities: z
    .array(z.string().min(1))
    .default(["letsencrypt.org"])
    .describe("Who may issue certificates for them (CAA)."),
  ttl: duration.prefault("1h").describe("Longest time an old address stays in use after a change."),
  canonical: z
    .enum(["apex", "www"])
    .optional()
    .describe("Which of shop.example (apex) and www.shop.example answers; the other one redirects to it."),
  resolvers,
});

export type DomainOptions = z.output<typeof domainOptions>;

import { z } from "zod";

const port = z.int().min(1).max(65_535);
/** Goes into a shell line over there: nothing that a shell reads as anything else. */
const path = z.string().regex(/^\/[A-Za-z0-9._/@+-]*$/, 'expected an absolute path such as "/srv/shop"');

export const sshOptions = z.strictObject({
  host: z
    .string()
    .regex(/^[A-Za-z0-9:][A-Za-z0-9.:_-]*$/, "expected a host name or an address")
    .describe("Name or address of the machine, or a Host of this user's ~/.ssh/config."),
  user: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, "expected the name of a user")
    .describe("Who runs the application there."),
  sshPort: port.default(22).describe("Where sshd listens."),
  hostKey: z
    .string()
    .regex(
      /^(ssh-|ecdsa-|sk-)\S+ [A-Za-z0-9+/=]+/,
      'expected the public key of the machine: "ssh-ed25519 AAAA..."',
    )
    .optional()
    .describe("The machine's public key. Without it nothing is deployed; the refusal shows the line to add."),
  identity: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable")
    .default("GONOGO_SSH_IDENTITY")
    .describe(
      "Variable of whoever deploys with the path of the private key, or the key itself. Not set: this user's keys.",
    ),
  directory: path
    .optional()
    .describe(
      "Where everything of the launch is kept. Default: ~/gonogo/<launch>, a folder each environment.",
    ),
  node: path.optional().describe("Node on the machine. Default: the first of 24 or newer that is found."),
  listen: z
    .union([z.ipv4(), z.ipv6()])
    .default("0.0.0.0")
    .describe('Address the edge listens on; "::" takes IPv6 and IPv4.'),
  port: port.default(443).describe("HTTPS port of the machine."),
  httpPort: port.default(80).describe("Plain port of the machine, which redirects to HTTPS."),
  certificate: z
    .strictObject({ cert: path, key: path })
    .optional()
    .describe(
      "PEM files on the machine, as certbot keeps them; a renewal is in use within half a minute. Without them, or while they are not there, a certificate of its own is shown.",
    ),
});

export type SshOptions = z.output<typeof sshOptions>;

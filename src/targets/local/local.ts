import path from "node:path";
import { z } from "zod";
import { defineTarget } from "../../model/target.ts";
import { openLocalTarget } from "./local-target.ts";

const port = z.int().min(1).max(65_535);

/** This machine: the application runs here, under the agent, on a name of its own below localhost. */
export const local = defineTarget({
  kind: "local",
  summary: "This machine: processes under Gonogo's agent, HTTPS on a name below localhost.",
  options: z.strictObject({
    port: port
      .optional()
      .describe("HTTPS port; without it 8443 or the next free one, the same at each start"),
    httpPort: port
      .optional()
      .describe("Plain port that redirects to HTTPS; without it 8080 or the next free one"),
    host: z
      .string()
      .regex(
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.localhost$/,
        "a name directly below localhost: shop.localhost",
      )
      .optional()
      .describe("Name it answers under; without it <launch>.localhost"),
  }),
  async open({ launch, directory, stage, options, doors }) {
    return openLocalTarget({
      hostName: options.host ?? `${labelOf(launch)}.localhost`,
      stateDirectory: path.join(directory, "agent"),
      environmentDirectory: directory,
      stage,
      port: options.port,
      httpPort: options.httpPort,
      doors,
    });
  },
});

/** A launch's name as one label of a host name (RFC 1035: letters, digits, hyphens, 63 at most). */
function labelOf(launch: string): string {
  const label = launch
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, "");
  return label === "" ? "app" : label;
}

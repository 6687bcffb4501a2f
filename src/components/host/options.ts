import { z } from "zod";
import { parseSize } from "../../model/size.ts";

const size = z
  .string()
  .refine((text) => parseSize(text) !== undefined, 'expected a size such as "1GB"')
  .transform((text) => parseSize(text) ?? 0);

const path = z.string().regex(/^[^\0\n]{1,500}$/, "a path");

const shareUpTo = (most: number, of: string) =>
  z.string().refine((text) => /^\d{1,4}%$/.test(text) && shareOf(text) > 0 && shareOf(text) <= most / 100, {
    error: `expected a share of ${of} such as "80%", at most ${most}%`,
  });

/** 0.8 of "80%". */
export function shareOf(text: string): number {
  return Number.parseInt(text, 10) / 100;
}

export const hostOptions = z.strictObject({
  logs: size.prefault("1GB").describe("All logs of the environment together stay below this."),
  openFiles: z
    .int()
    .min(64)
    .default(4_096)
    .describe("Each process may have at least this many files and connections open."),
  openPorts: z
    .array(z.int().min(1).max(65_535))
    .default([])
    .describe("Ports of a server that other programs may listen on to the outside."),
  files: z
    .strictObject({
      secret: z
        .array(path)
        .max(50)
        .default([])
        .describe("Files with secrets, on the machine: readable by their owner, perhaps by its group."),
      writable: z.array(path).max(50).default([]).describe("Folders that the application writes to."),
    })
    .prefault({})
    .describe("Relative paths begin in the code of the live release."),
  users: z
    .array(z.string().regex(/^[a-z_][a-z0-9_.-]{0,31}$/, "the name of a user"))
    .min(1)
    .optional()
    .describe("Users of the machine who may have a shell and a key or a password."),
  size: z
    .strictObject({
      cores: z.int().min(1).optional().describe("Processors."),
      memory: size.optional().describe("As the machine is sold: the kernel keeps a part."),
      disk: size.optional().describe("As the disk is sold: its file system takes a part."),
    })
    .prefault({})
    .describe("The machine has at least this."),
  alertAbove: z
    .strictObject({
      disk: shareUpTo(100, "the disk").default("80%").describe("Of its space, and of its inodes."),
      memory: shareUpTo(100, "the memory").default("90%").describe("Of what is not available to programs."),
      cpu: shareUpTo(1_000, "the processors")
        .default("200%")
        .describe("The load of 15 minutes per processor: 100% is as much work as they can do."),
    })
    .prefault({})
    .describe("From which share in use on people are alerted."),
});

export type HostOptions = z.output<typeof hostOptions>;

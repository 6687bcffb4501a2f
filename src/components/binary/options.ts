import { z } from "zod";

export const binaryOptions = z.strictObject({
  program: z
    .string()
    .regex(/^[\w.+-]+$/, 'expected the name of a program on PATH, such as "ffmpeg"')
    .describe("Its name on PATH."),
  package: z.string().min(1).optional().describe("The package that brings it. Default: its name."),
  least: z
    .string()
    .regex(/^\d+(\.\d+)*$/, 'expected a version such as "5.1"')
    .optional()
    .describe("The oldest version that will do."),
  versionArguments: z
    .array(z.string())
    .default(["--version"])
    .describe('What it is asked for its version with; FFmpeg: ["-version"].'),
  encoders: z
    .array(z.string().regex(/^[\w-]+$/))
    .default([])
    .describe('Encoders that FFmpeg must have been built with: "libx264", "aac".'),
  proof: z
    .string()
    .min(1)
    .optional()
    .describe("Shell line that does what the application does with it, in small, and ends with 0."),
});

export type BinaryOptions = z.output<typeof binaryOptions>;

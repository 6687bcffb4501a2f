import { z } from "zod";
import { parseSize } from "../../model/size.ts";

const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable");
const path = z.string().regex(/^\/\S*$/, 'expected a path such as "/api/uploads"');
const size = z.string().refine((text) => parseSize(text) !== undefined, 'expected a size such as "100MB"');
const mediaType = z.string().regex(/^[a-z]+\/[\w.+-]+$/, 'expected a media type such as "video/mp4"');
const origin = z
  .string()
  .regex(/^https?:\/\/[^/\s]+$/, 'expected an origin such as "https://app.example", without a path');

export const storageOptions = z.strictObject({
  bucket: z.string().min(1).describe("Its name."),
  region: z.string().min(1).default("us-east-1").describe('As the provider calls it; R2: "auto".'),
  public: z.boolean().default(false).describe("Whether anybody may read an object by its address."),
  cors: z
    .strictObject({
      origins: z.array(origin).min(1).describe("Origins whose pages may read from the bucket."),
    })
    .optional()
    .describe("Pages that ask the bucket itself."),
  lifecycle: z
    .strictObject({
      abortUploadsAfterDays: z
        .int()
        .min(1)
        .optional()
        .describe("Parts of uploads that nobody finished are removed after so many days."),
      expire: z
        .array(z.strictObject({ prefix: z.string(), days: z.int().min(1) }))
        .default([])
        .describe("Objects below a prefix are removed after so many days."),
    })
    .optional()
    .describe("Rules by which the bucket cleans up."),
  versioning: z.boolean().default(false).describe("Whether the bucket has to keep earlier versions."),
  encryption: z
    .enum(["AES256", "aws:kms"])
    .optional()
    .describe("How the bucket has to encrypt what comes to it: with the store's key, or with one of KMS."),
  upload: z
    .strictObject({
      path: path.describe("Where the application takes a file: a POST with the file as its body."),
      types: z.array(mediaType).min(1).describe("What it takes; anything else is refused with 415."),
      maxSize: size.describe("Anything bigger is refused with 413."),
      remove: path
        .regex(/:folder/, "expected :folder in it")
        .optional()
        .describe("Where a file is removed: a DELETE; :folder and :file stand for its name in the bucket."),
      guests: z
        .string()
        .min(1)
        .describe(
          "Shell line, run in the project with the environment's variables, that prints, as JSON on its last line, { member, stranger, folder }: access tokens of two accounts, and the first one's folder in the bucket.",
        ),
    })
    .optional()
    .describe("How the application takes files."),
  endpointVariable: variableName
    .default("STORAGE_ENDPOINT")
    .describe("The variable with the address of the store."),
  accessKeyVariable: variableName
    .default("STORAGE_ACCESS_KEY_ID")
    .describe("The variable with the id of the access key."),
  secretKeyVariable: variableName
    .default("STORAGE_SECRET_ACCESS_KEY")
    .describe("The variable with the secret access key."),
  publicUrlVariable: variableName
    .default("STORAGE_PUBLIC_URL")
    .describe("The variable with the address under which everybody reads a public bucket."),
  standIn: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Shell line of a stand-in for the store on this machine, used outside production when no address is given. It listens on PORT, keeps its files in STATE_DIRECTORY and finds its keys in the variables above.",
    ),
});

export type StorageOptions = z.output<typeof storageOptions>;

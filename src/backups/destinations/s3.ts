import { Readable } from "node:stream";
import { z } from "zod";
import { defineDestination, type Place, type StoredObject } from "../../model/destination.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { ask, type Bucket, xmlOf } from "./s3-requests.ts";
import { upload } from "./s3-upload.ts";

const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable");
const RANGE_BYTES = 8 * 1_048_576;
const MANIFEST_BYTES = 256 * 1_048_576;

/** A bucket of Amazon S3, Cloudflare R2, or anything else that speaks S3. */
export const s3 = defineDestination({
  kind: "s3",
  summary: "A bucket of Amazon S3, Cloudflare R2, or anything else that speaks S3.",
  options: z.strictObject({
    bucket: z.string().min(1).describe("Its name. It must be there."),
    prefix: z
      .string()
      .regex(/^[^/].*[^/]$|^[^/]?$/, "expected no slash at its ends")
      .default("")
      .describe("Put before the names of all objects."),
    region: z.string().min(1).default("us-east-1").describe('As the provider calls it; R2: "auto".'),
    endpoint: z
      .url({ protocol: /^https?$/, error: 'expected an address such as "https://s3.example.com"' })
      .optional()
      .describe("Of anything but Amazon."),
    accessKeyId: variableName
      .default("BACKUP_S3_ACCESS_KEY_ID")
      .describe("The variable with the id of the access key."),
    secretAccessKey: variableName
      .default("BACKUP_S3_SECRET_ACCESS_KEY")
      .describe("The variable with the secret access key."),
  }),
  isElsewhere: true,
  variables: ({ accessKeyId, secretAccessKey, bucket }) => [
    {
      name: accessKeyId,
      is: { type: "string" },
      required: true,
      secret: true,
      description: `Id of the access key for backups in ${bucket}`,
    },
    {
      name: secretAccessKey,
      is: { type: "string" },
      required: true,
      secret: true,
      description: `Secret access key for backups in ${bucket}`,
    },
  ],
  openPlace: ({ options, launch, environment, variables, doors }) => {
    const { bucket, region, prefix } = options;
    const value = (name: string): Secret => {
      const found = variables.get(name);
      if (found) return found;
      throw new UserError(`${name} is not set, so ${bucket} cannot be reached`);
    };
    const from: Bucket = {
      endpoint: (options.endpoint ?? `https://s3.${region}.amazonaws.com`).replace(/\/+$/, ""),
      region,
      bucket,
      accessKeyId: value(options.accessKeyId),
      secretAccessKey: value(options.secretAccessKey),
      doors,
    };
    return openBucket(
      from,
      [prefix, launch, environment].filter((each) => each !== "").join("/"),
      doors.files,
    );
  },
});

function openBucket(bucket: Bucket, root: string, files: Parameters<typeof upload>[0]["files"]): Place {
  const keyOf = (name: string): string => `${root}/${name}`;
  return {
    label: `s3://${bucket.bucket}/${root}`,
    list: (signal) => list(bucket, `${root}/`, signal),
    readText: async (name, signal) => {
      const request = { method: "GET", key: keyOf(name), maxBodyBytes: MANIFEST_BYTES, signal } as const;
      const { status, body } = await ask(bucket, request);
      return status === 404 ? undefined : Buffer.from(body).toString("utf8");
    },
    read: async (name, signal) => {
      const first = await range(bucket, keyOf(name), { start: 0, signal });
      return first && Readable.from(ranges(bucket, keyOf(name), { first, signal }), { objectMode: false });
    },
    writeText: async (name, text, signal) => {
      const body = Buffer.from(text);
      const { status } = await ask(bucket, { method: "PUT", key: keyOf(name), body, signal });
      if (status >= 300) throw new OutsideError(`${name} could not be stored: ${status}`, { status });
    },
    store: (name, from, options) => upload({ bucket, key: keyOf(name), from, files, ...options }),
    remove: async (names, signal) => {
      for (const name of names) await ask(bucket, { method: "DELETE", key: keyOf(name), signal });
    },
    freeBytes: async () => undefined,
  };
}

async function list(bucket: Bucket, prefix: string, signal: AbortSignal): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  let token: string | undefined;
  do {
    const query = { "list-type": "2", prefix, ...(token !== undefined && { "continuation-token": token }) };
    const { status, body } = await ask(bucket, { method: "GET", query, signal });
    const { ListBucketResult: result } = (await xmlOf(body)) as {
      ListBucketResult?: {
        Contents?: { Key: string; Size: string }[];
        IsTruncated?: string;
        NextContinuationToken?: string;
      };
    };
    if (!result)
      throw new OutsideError(`the bucket ${bucket.bucket} could not be listed: ${status}`, { status });
    for (const { Key, Size } of result.Contents ?? [])
      found.push({ name: Key.slice(prefix.length), sizeBytes: Number(Size) });
    token = result.IsTruncated === "true" ? result.NextContinuationToken : undefined;
  } while (token !== undefined);
  return found;
}

interface Piece {
  readonly bytes: Buffer;
  /** Of the whole object. */
  readonly size: number;
}

/** Undefined when there is no such object. A HEAD would tell its size too, and some servers answer it with a body. */
async function range(
  bucket: Bucket,
  key: string,
  { start, signal }: { start: number; signal: AbortSignal },
): Promise<Piece | undefined> {
  const headers = { range: `bytes=${start}-${start + RANGE_BYTES - 1}` };
  const { status, header, body } = await ask(bucket, { method: "GET", key, headers, signal });
  if (status === 404) return undefined;
  const size = Number(/\/(\d+)$/.exec(header("content-range") ?? "")?.[1] ?? body.length);
  return { bytes: Buffer.from(body), size };
}

/** Piece by piece, so that a lost connection costs one piece and not the whole. */
async function* ranges(
  bucket: Bucket,
  key: string,
  { first, signal }: { first: Piece; signal: AbortSignal },
): AsyncGenerator<Buffer> {
  yield first.bytes;
  for (let start = first.bytes.length; start < first.size; ) {
    const piece = await range(bucket, key, { start, signal });
    if (!piece || piece.bytes.length === 0) throw new OutsideError(`${key} went while it was read`);
    yield piece.bytes;
    start += piece.bytes.length;
  }
}

import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";

/** A bucket, and who asks for it. */
export interface Bucket {
  /** "https://s3.eu-central-1.amazonaws.com", no slash at the end. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
  readonly doors: Pick<Doors, "http" | "clock">;
}

export interface S3Request {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Absent: of the bucket itself. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly maxBodyBytes?: number;
  readonly signal: AbortSignal;
}

export interface S3Answer {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: Uint8Array;
}

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
const TIMEOUT_MS = 60_000;
/** A line this slow still brings a backup away: 128 kbit/s. */
const SLOWEST_BYTES_PER_MS = 16;

/**
 * One request, signed (AWS Signature Version 4), asked again with growing pauses when the server is overloaded or
 * the connection is lost. 404 is an answer. Throws UserError when the credentials or the bucket are refused.
 */
export async function ask(bucket: Bucket, request: S3Request): Promise<S3Answer> {
  const { clock } = bucket.doors;
  for (let attempt = 1; ; attempt++) {
    const failure = await attemptOnce(bucket, request).catch((thrown: unknown) => {
      if (thrown instanceof OutsideError && thrown.retryable) return thrown;
      throw thrown;
    });
    if (!(failure instanceof OutsideError)) return failure;
    if (attempt === ATTEMPTS) throw failure;
    request.signal.throwIfAborted();
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
    await clock.delay(failure.retryAfterMs ?? wait, request.signal);
  }
}

async function attemptOnce(bucket: Bucket, request: S3Request): Promise<S3Answer> {
  const { method, body, maxBodyBytes, signal } = request;
  const { url, headers } = await signed(bucket, request);
  const response = await bucket.doors.http.send({
    url,
    method,
    headers,
    ...(body && { body }),
    timeoutMs: TIMEOUT_MS + Math.ceil((body?.length ?? maxBodyBytes ?? 0) / SLOWEST_BYTES_PER_MS),
    maxBodyBytes: maxBodyBytes ?? 16 * 1_048_576,
    signal,
  });
  const header = (name: string): string | undefined =>
    response.headerLines.find(([each]) => each.toLowerCase() === name)?.[1];
  const { status } = response;
  if (status < 300 || status === 404) {
    const code = status === 404 ? (await errorOf(response.body)).code : undefined;
    if (code === "NoSuchBucket") throw noBucket(bucket);
    return { status, header, body: response.body };
  }
  throw await refusal(bucket, { status, body: response.body, retryAfter: header("retry-after") });
}

async function signed(
  { endpoint, region, bucket, accessKeyId, secretAccessKey, doors }: Bucket,
  { method, key, query = {}, headers = {}, body }: S3Request,
): Promise<{ url: string; headers: Record<string, string> }> {
  const path = [bucket, ...(key === undefined ? [] : key.split("/"))].map(encodeURIComponent).join("/");
  const url = new URL(`${endpoint}/${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const signer = new AwsV4Signer({
    method,
    url: url.toString(),
    headers: {
      ...headers,
      "x-amz-content-sha256": createHash("sha256")
        .update(body ?? "")
        .digest("hex"),
    },
    accessKeyId: accessKeyId.reveal(),
    secretAccessKey: secretAccessKey.reveal(),
    service: "s3",
    region,
    datetime: new Date(doors.clock.now()).toISOString().replace(/[-:]|\.\d{3}/g, ""),
  });
  const result = await signer.sign();
  return { url: result.url.toString(), headers: Object.fromEntries(result.headers) };
}

const OVERLOADED = new Set([408, 409, 429, 500, 502, 503, 504]);

async function refusal(
  bucket: Bucket,
  { status, body, retryAfter }: { status: number; body: Uint8Array; retryAfter: string | undefined },
): Promise<Error> {
  const { code, message } = await errorOf(body);
  const host = new URL(bucket.endpoint).host;
  const what = `${host} answered ${status}${code ? ` ${code}` : ""}${message ? `: ${message}` : ""}`;
  if (status === 401 || status === 403) {
    return new UserError(`${what} (bucket ${bucket.bucket})`, {
      fix: "the key needs s3:ListBucket on the bucket, and s3:GetObject, s3:PutObject and s3:DeleteObject in it",
    });
  }
  const seconds = Number(retryAfter);
  return new OutsideError(what, {
    host,
    status,
    retryable: OVERLOADED.has(status),
    retryAfterMs: retryAfter && Number.isFinite(seconds) ? Math.min(60, seconds) * 1_000 : undefined,
  });
}

function noBucket({ endpoint, bucket }: Bucket): UserError {
  return new UserError(`${new URL(endpoint).host} has no bucket ${bucket}`, {
    fix: "make the bucket, or mend its name, region or endpoint",
  });
}

async function errorOf(body: Uint8Array): Promise<{ code: string | undefined; message: string | undefined }> {
  const found = ((await xmlOf(body)) as { Error?: { Code?: unknown; Message?: unknown } }).Error;
  const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));
  return { code: text(found?.Code), message: text(found?.Message) };
}

/** An empty object when the text is no XML. */
export async function xmlOf(body: Uint8Array): Promise<object> {
  // Loaded with the first answer: every command reads this file, few ask a bucket.
  const { XMLParser } = await import("fast-xml-parser");
  const parser = new XMLParser({
    parseTagValue: false,
    ignoreDeclaration: true,
    isArray: (name) => ["Contents", "Part", "Upload", "CommonPrefixes"].includes(name),
  });
  try {
    const parsed: unknown = parser.parse(Buffer.from(body).toString("utf8"));
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

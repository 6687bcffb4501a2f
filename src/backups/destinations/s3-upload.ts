import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type { Consignment } from "../../model/destination.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError } from "../../model/errors.ts";
import { ask, type Bucket, xmlOf } from "./s3-requests.ts";

/** A part must have 5 MiB at least, and there may be 10,000 of them (Amazon S3 User Guide, "Multipart upload limits"). */
const PART_BYTES = 8 * 1_048_576;
const MOST_PARTS = 9_000;

interface Upload {
  readonly bucket: Bucket;
  readonly key: string;
  readonly from: Consignment;
  readonly files: Doors["files"];
  readonly signal: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}

/** A small file in one request; a large one in parts, those that are there already from an earlier attempt left out. */
export async function upload(request: Upload): Promise<void> {
  const { bucket, key, from, files, signal, onBytes } = request;
  if (from.sizeBytes <= PART_BYTES) {
    const body = await buffer(await files.readStream(from.file));
    expectDone(await ask(bucket, { method: "PUT", key, body, signal }), key);
    onBytes?.(body.length);
    return;
  }
  const id = (await earlierUpload(request)) ?? (await beginUpload(request));
  const there = await partsThere(request, id);
  const partBytes = Math.max(PART_BYTES, Math.ceil(from.sizeBytes / MOST_PARTS));
  const parts: { number: number; etag: string }[] = [];
  for (let number = 1, start = 0; start < from.sizeBytes; number++, start += partBytes) {
    signal.throwIfAborted();
    const end = Math.min(start + partBytes, from.sizeBytes);
    const body = await buffer(await files.readStream(from.file, { start, end }));
    const md5 = createHash("md5").update(body).digest("hex");
    // Sent before and the very same bytes: its tag is their MD5 wherever the server does not encrypt by itself.
    const etag = there.get(number)?.includes(md5)
      ? `"${md5}"`
      : await sendPart(request, { id, number, body });
    parts.push({ number, etag });
    onBytes?.(body.length);
  }
  await complete(request, id, parts);
}

async function beginUpload({ bucket, key, signal }: Upload): Promise<string> {
  const answer = await ask(bucket, { method: "POST", key, query: { uploads: "" }, signal });
  expectDone(answer, key);
  const { InitiateMultipartUploadResult: begun } = (await xmlOf(answer.body)) as {
    InitiateMultipartUploadResult?: { UploadId?: string };
  };
  if (begun?.UploadId) return begun.UploadId;
  throw new OutsideError(`the upload of ${key} was begun and has no id`);
}

async function earlierUpload({ bucket, key, signal }: Upload): Promise<string | undefined> {
  const answer = await ask(bucket, { method: "GET", query: { uploads: "", prefix: key }, signal });
  const { ListMultipartUploadsResult: found } = (await xmlOf(answer.body)) as {
    ListMultipartUploadsResult?: { Upload?: { Key: string; UploadId: string }[] };
  };
  return found?.Upload?.find((each) => each.Key === key)?.UploadId;
}

/** Number -> entity tag. Only the first thousand are looked up: what is sent twice costs time, nothing else. */
async function partsThere({ bucket, key, signal }: Upload, id: string): Promise<Map<number, string>> {
  const answer = await ask(bucket, { method: "GET", key, query: { uploadId: id }, signal });
  const { ListPartsResult: found } = (await xmlOf(answer.body)) as {
    ListPartsResult?: { Part?: { PartNumber: string; ETag: string }[] };
  };
  return new Map(found?.Part?.map(({ PartNumber, ETag }) => [Number(PartNumber), ETag]));
}

async function sendPart(
  { bucket, key, signal }: Upload,
  { id, number, body }: { id: string; number: number; body: Buffer },
): Promise<string> {
  const query = { partNumber: String(number), uploadId: id };
  const answer = await ask(bucket, { method: "PUT", key, query, body, signal });
  expectDone(answer, key);
  const etag = answer.header("etag");
  if (etag === undefined) throw new OutsideError(`part ${number} of ${key} was taken without a tag`);
  return etag;
}

async function complete(
  { bucket, key, signal }: Upload,
  id: string,
  parts: readonly { number: number; etag: string }[],
): Promise<void> {
  const listed = parts.map(
    ({ number, etag }) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${etag.replaceAll('"', "&quot;")}</ETag></Part>`,
  );
  const body = Buffer.from(`<CompleteMultipartUpload>${listed.join("")}</CompleteMultipartUpload>`);
  const answer = await ask(bucket, { method: "POST", key, query: { uploadId: id }, body, signal });
  expectDone(answer, key);
  // It may fail after its 200 has gone out (S3 API reference, CompleteMultipartUpload).
  const { Error: failure } = (await xmlOf(answer.body)) as { Error?: { Code?: string; Message?: string } };
  if (failure) throw new OutsideError(`${key}: ${failure.Code}: ${failure.Message}`, { retryable: true });
}

function expectDone({ status }: { status: number }, key: string): void {
  if (status >= 300) throw new OutsideError(`${key} could not be stored: ${status}`, { status });
}

import { AwsClient } from "aws4fetch";
import type { Settings } from "../settings.ts";

export interface ClipStorage {
  put(key: string, content: Uint8Array, type: ClipType): Promise<void>;
  remove(key: string): Promise<void>;
  publicUrl(key: string): string;
}

/** What may lie in the bucket, and how big. */
export const CLIP_TYPES = ["video/mp4", "video/webm", "audio/mpeg", "image/jpeg"] as const;
export type ClipType = (typeof CLIP_TYPES)[number];
export const MOST_CLIP_BYTES = 104_857_600;

const TIMEOUT_MS = 30_000;

/** The bucket, by S3's own protocol. Throws when the store does not do as it is told. */
export function createClipStorage({ storage }: Pick<Settings, "storage">): ClipStorage {
  const { endpoint, accessKeyId, secretAccessKey, bucket, publicUrl } = storage;
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    service: "s3",
    region: "us-east-1",
    retries: 2,
  });
  const address = (key: string) => `${endpoint}/${bucket}/${key}`;

  async function ask(method: string, key: string, init: RequestInit = {}): Promise<void> {
    const answer = await client.fetch(address(key), {
      ...init,
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`the store answered ${method} with ${answer.status}`);
  }

  return {
    put: (key, content, type) =>
      ask("PUT", key, { body: new Uint8Array(content), headers: { "content-type": type } }),
    remove: (key) => ask("DELETE", key),
    publicUrl: (key) => `${publicUrl}/${key}`,
  };
}

import { createHash, timingSafeEqual } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import path from "node:path";
import { AwsV4Signer } from "aws4fetch";

interface Keys {
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const MOST_BYTES = 110 * 1_048_576;
const ALLOWED_ORIGINS = ["https://snuggles.localhost:8443", "https://app.snuggles.example"];
/** What the bucket was set up with, as S3 would tell it. */
const LIFECYCLE = `<LifecycleConfiguration><Rule><ID>unfinished</ID><Filter><Prefix></Prefix></Filter><Status>Enabled</Status>
<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule></LifecycleConfiguration>`;

/**
 * A stand-in for a store that speaks S3: one public bucket in a directory. Whoever writes or lists signs for it (AWS
 * Signature Version 4); whoever knows an address reads. Loopback and staging only.
 */
export function createStandInStorage(options: Keys & { directory: string }): Server {
  const root = path.join(options.directory, "objects");
  mkdirSync(root, { recursive: true });
  const fileOf = (key: string) => path.join(root, encodeURIComponent(key));

  async function answer(message: IncomingMessage, body: Buffer): Promise<Reply> {
    const url = new URL(message.url ?? "/", options.url);
    const [, bucket = "", ...rest] = url.pathname.split("/");
    const key = rest.map(decodeURIComponent).join("/");
    const { method = "" } = message;
    if (method === "OPTIONS") return preflight(message.headers.origin);
    if (bucket !== "clips") return error(404, "NoSuchBucket");
    const anybody = key !== "" && (method === "GET" || method === "HEAD");
    if (!anybody && !(await isSigned(message, { body, url, keys: options })))
      return error(403, "AccessDenied");
    if (key === "") return await ofBucket(url);
    if (method === "PUT") {
      await writeFile(fileOf(key), body);
      await writeFile(
        `${fileOf(key)}.type`,
        String(message.headers["content-type"] ?? "application/octet-stream"),
      );
      return { status: 200, headers: { etag: `"${createHash("md5").update(body).digest("hex")}"` } };
    }
    if (method === "DELETE") {
      await Promise.all([rm(fileOf(key), { force: true }), rm(`${fileOf(key)}.type`, { force: true })]);
      return { status: 204 };
    }
    const content = await readFile(fileOf(key)).catch(() => undefined);
    if (!content) return error(404, "NoSuchKey");
    const type = await readFile(`${fileOf(key)}.type`, "utf8");
    return {
      status: 200,
      headers: { "content-type": type, ...allowed(message.headers.origin) },
      body: content,
    };
  }

  async function ofBucket(url: URL): Promise<Reply> {
    if (url.searchParams.has("lifecycle")) return xml(LIFECYCLE);
    const names = (await readdir(root)).filter((name) => !name.endsWith(".type")).map(decodeURIComponent);
    const listed = names.map((name) => `<Contents><Key>${name}</Key></Contents>`).join("");
    return xml(`<ListBucketResult><Name>clips</Name>${listed}</ListBucketResult>`);
  }

  return createServer(async (message, response) => {
    const reply = await readAll(message)
      .then((body) => answer(message, body))
      .catch(() => error(400, "InvalidRequest"));
    response.writeHead(reply.status, reply.headers);
    response.end(message.method === "HEAD" ? undefined : reply.body);
  });
}

async function isSigned(
  message: IncomingMessage,
  { body, url, keys }: { body: Buffer; url: URL; keys: Keys },
): Promise<boolean> {
  const { headers, method = "GET" } = message;
  const given = headers.authorization ?? "";
  const [, region = "", names = ""] =
    /Credential=[^/]+\/\d+\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+)/.exec(given) ?? [];
  const hash = createHash("sha256").update(body).digest("hex");
  if (names === "" || !["UNSIGNED-PAYLOAD", hash].includes(String(headers["x-amz-content-sha256"])))
    return false;
  const signed = names.split(";").filter((name) => name !== "host" && name !== "x-amz-date");
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    headers: Object.fromEntries(signed.map((name) => [name, String(headers[name])])),
    accessKeyId: keys.accessKeyId,
    secretAccessKey: keys.secretAccessKey,
    service: "s3",
    region,
    datetime: String(headers["x-amz-date"]),
    allHeaders: true,
  });
  const expected = Buffer.from((await signer.sign()).headers.get("authorization") ?? "");
  return expected.length === given.length && timingSafeEqual(expected, Buffer.from(given));
}

function preflight(origin: string | undefined): Reply {
  const headers = allowed(origin);
  return { status: "access-control-allow-origin" in headers ? 200 : 403, headers };
}

function allowed(origin: string | undefined): Readonly<Record<string, string>> {
  if (origin === undefined || !ALLOWED_ORIGINS.includes(origin)) return {};
  return { "access-control-allow-origin": origin, "access-control-allow-methods": "GET", vary: "Origin" };
}

function xml(body: string): Reply {
  return {
    status: 200,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0"?>${body}`,
  };
}

function error(status: number, code: string): Reply {
  return { ...xml(`<Error><Code>${code}</Code></Error>`), status };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_BYTES) throw new Error("too big");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import type { HttpResponse } from "../../model/doors.ts";
import { type FactContext, NotObserved } from "../../model/fact.ts";
import type { Secret } from "../../model/secret.ts";
import type { StorageOptions } from "./options.ts";

export type Context = FactContext<StorageOptions>;

const TIMEOUT_MS = 15_000;

/** Asks the bucket with the application's own key (AWS Signature Version 4). */
export async function askSigned(
  context: Context,
  request: {
    readonly method: "GET" | "PUT" | "DELETE";
    readonly key?: string;
    readonly query?: string;
    readonly body?: string;
    readonly type?: string;
  },
): Promise<HttpResponse> {
  const { doors, signal, subject } = context;
  const { accessKeyVariable, secretKeyVariable, region } = subject.options;
  const { method, key, query, body, type } = request;
  const signer = new AwsV4Signer({
    method,
    url: `${bucketUrl(context)}${key === undefined ? "" : `/${key}`}${query === undefined ? "" : `?${query}`}`,
    headers: {
      "x-amz-content-sha256": createHash("sha256")
        .update(body ?? "")
        .digest("hex"),
      ...(type !== undefined && { "content-type": type }),
    },
    accessKeyId: variable(context, accessKeyVariable).reveal(),
    secretAccessKey: variable(context, secretKeyVariable).reveal(),
    service: "s3",
    region,
    datetime: new Date(doors.clock.now()).toISOString().replace(/[-:]|\.\d{3}/g, ""),
  });
  const { url, headers } = await signer.sign();
  return await doors.http.send({
    url: url.toString(),
    method,
    headers: { ...Object.fromEntries(headers), ...(type !== undefined && { "content-type": type }) },
    ...(body !== undefined && { body }),
    timeoutMs: TIMEOUT_MS,
    signal,
  });
}

/** As somebody without a key. */
export async function askAnonymously(
  { doors, signal }: Context,
  request: { url: string; method?: string; headers?: Readonly<Record<string, string>> },
): Promise<HttpResponse> {
  return await doors.http.send({ ...request, timeoutMs: TIMEOUT_MS, signal });
}

/** "https://s3.example/clips" */
export function bucketUrl(context: Context): string {
  const { endpointVariable, bucket } = context.subject.options;
  return `${variable(context, endpointVariable).reveal().replace(/\/+$/, "")}/${bucket}`;
}

/** Where an object is read by everybody: as the application tells people, for a public bucket. */
export function publicUrlOf(context: Context, key: string): string {
  const { publicUrlVariable } = context.subject.options;
  const told = context.subject.variables.values.get(publicUrlVariable)?.value.reveal();
  return `${context.subject.options.public && told ? told.replace(/\/+$/, "") : bucketUrl(context)}/${key}`;
}

function variable({ subject }: Context, name: string): Secret {
  const known = subject.variables.values.get(name);
  if (known) return known.value;
  throw new NotObserved(`${name} is not set`);
}

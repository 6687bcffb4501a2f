import type { HttpResponse } from "../../model/doors.ts";
import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import type { StorageOptions } from "./options.ts";
import { askAnonymously, askSigned, bucketUrl, type Context, publicUrlOf } from "./signed-requests.ts";

/** What became of one small object: written, read, listed and removed again. */
export interface ProbeObject {
  readonly stored: number;
  readonly isReadBack: boolean;
  readonly anonymous: number;
  readonly anonymousList: number;
  readonly removed: number;
  readonly afterwards: number;
  readonly tookMs: number;
}

export const probeObject = defineFact<ProbeObject, StorageOptions>({
  id: "storage.probe-object",
  access: "active",
  reach: "environment",
  timeoutMs: 45_000,
  sends: "1 object to the bucket, which is read and removed again",
  async collect(context) {
    const { doors, subject } = context;
    const key = `gonogo/${doors.random.hex(12)}`;
    const body = `gonogo ${doors.random.hex(24)}`;
    const from = doors.clock.monotonicMs();
    const type = subject.options.upload?.types[0] ?? "text/plain";
    const stored = await askSigned(context, { method: "PUT", key, body, type });
    if (stored.status === 404) throw new NotObserved(`there is no bucket ${subject.options.bucket}`);
    const read = await askSigned(context, { method: "GET", key });
    const tookMs = doors.clock.monotonicMs() - from;
    const anonymous = await askAnonymously(context, { url: publicUrlOf(context, key) });
    const list = await askAnonymously(context, { url: `${bucketUrl(context)}?list-type=2` });
    const removed = await askSigned(context, { method: "DELETE", key });
    const afterwards = await askSigned(context, { method: "GET", key });
    await forgetVersions(context, key, [stored, removed]);
    return {
      stored: stored.status,
      isReadBack: read.status === 200 && Buffer.from(read.body).toString("utf8") === body,
      anonymous: anonymous.status,
      anonymousList: list.status,
      removed: removed.status,
      afterwards: afterwards.status,
      tookMs,
    };
  },
});

/** Where a bucket keeps earlier versions a removal only hides the object: what the probe left is removed for good. */
async function forgetVersions(
  context: Context,
  key: string,
  answers: readonly HttpResponse[],
): Promise<void> {
  for (const { headerLines } of answers) {
    const version = headerLines.find(([name]) => name.toLowerCase() === "x-amz-version-id")?.[1];
    if (version === undefined || version === "null") continue;
    await askSigned(context, { method: "DELETE", key, query: `versionId=${encodeURIComponent(version)}` });
  }
}

/** Which origins' pages may read, by their preflight requests. */
export interface BucketCors {
  readonly refused: readonly string[];
  readonly isOpenToOthers: boolean;
}

export const bucketCors = defineFact<BucketCors, StorageOptions>({
  id: "storage.bucket-cors",
  access: "read",
  reach: "environment",
  async collect(context) {
    const { cors } = context.subject.options;
    if (!cors) throw new Undeclared("no page asks the bucket itself: storage({ cors })");
    const stranger = `https://${context.doors.random.hex(6)}.example`;
    const allowed = async (origin: string): Promise<boolean> => {
      const { headerLines } = await askAnonymously(context, {
        url: `${bucketUrl(context)}/gonogo-preflight`,
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "GET" },
      });
      const told = headerLines.find(([name]) => name.toLowerCase() === "access-control-allow-origin")?.[1];
      return told === origin || told === "*";
    };
    const refused: string[] = [];
    for (const origin of cors.origins) if (!(await allowed(origin))) refused.push(origin);
    return { refused, isOpenToOthers: await allowed(stranger) };
  },
});

export interface LifecycleRule {
  readonly enabled: boolean;
  readonly prefix: string;
  readonly expireDays: number | undefined;
  readonly abortDays: number | undefined;
}

export const bucketLifecycle = defineFact<readonly LifecycleRule[], StorageOptions>({
  id: "storage.bucket-lifecycle",
  access: "read",
  reach: "environment",
  async collect(context) {
    if (!context.subject.options.lifecycle) throw new Undeclared("no lifecycle is declared");
    const { status, body } = await askSigned(context, { method: "GET", query: "lifecycle=" });
    if (status === 404) return [];
    if (status !== 200) throw new NotObserved(`the store does not tell its lifecycle: ${status}`);
    return lifecycleRules(Buffer.from(body).toString("utf8"));
  },
});

interface RuleXml {
  readonly Status?: string;
  readonly Prefix?: string;
  readonly Filter?: { readonly Prefix?: string; readonly And?: { readonly Prefix?: string } } | "";
  readonly Expiration?: { readonly Days?: string };
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation?: string };
}

/** A LifecycleConfiguration as S3 answers it (GetBucketLifecycleConfiguration). */
export async function lifecycleRules(xml: string): Promise<LifecycleRule[]> {
  // Loaded when it is needed: every command reads this file, few ask a bucket.
  const { XMLParser } = await import("fast-xml-parser");
  const parser = new XMLParser({
    ignoreDeclaration: true,
    parseTagValue: false,
    isArray: (name) => name === "Rule",
  });
  const { LifecycleConfiguration: found } = parser.parse(xml) as {
    LifecycleConfiguration?: { Rule?: RuleXml[] };
  };
  return (found?.Rule ?? []).map((rule) => {
    const filter = rule.Filter || {};
    return {
      enabled: rule.Status === "Enabled",
      prefix: filter.And?.Prefix ?? filter.Prefix ?? rule.Prefix ?? "",
      expireDays: daysOf(rule.Expiration?.Days),
      abortDays: daysOf(rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation),
    };
  });
}

function daysOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Answer } from "./answer.ts";

const WORTH_IT_BYTES = 1_024;
const TEXT = /^(text\/|application\/(json|javascript|manifest\+json)|image\/svg\+xml)/;

export type Encoding = "br" | "gzip" | "identity";

export function preferredEncoding(accept: string | string[] | undefined): Encoding {
  const wanted = new Map(
    String(accept ?? "")
      .split(",")
      .map((each) => each.trim().split(/\s*;\s*q=/))
      .map(([name, quality]) => [name?.toLowerCase() ?? "", quality === undefined ? 1 : Number(quality)]),
  );
  for (const each of ["br", "gzip"] as const) {
    if ((wanted.get(each) ?? 0) > 0) return each;
  }
  return "identity";
}

/** Compresses text worth compressing; says that the answer varies even when this caller gets it plain. */
export function encode(answer: Answer, encoding: Encoding): Answer {
  const { body, headers = {} } = answer;
  if (body === undefined || headers["content-encoding"] !== undefined) return answer;
  const type = String(headers["content-type"] ?? "");
  if (!TEXT.test(type) || body.length < WORTH_IT_BYTES) return answer;
  const varies = { ...headers, vary: [headers.vary, "Accept-Encoding"].filter(Boolean).join(", ") };
  if (encoding === "identity") return { ...answer, headers: varies };
  const packed =
    encoding === "br"
      ? brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : gzipSync(body);
  return { ...answer, headers: { ...varies, "content-encoding": encoding }, body: packed };
}

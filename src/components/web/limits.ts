import type { HttpAddress } from "../../facts/http/address.ts";
import { httpAnswer } from "../../facts/http/connection.ts";
import { msOf } from "../../model/duration.ts";
import { defineFact, type FactContext, Undeclared } from "../../model/fact.ts";
import { bytesOf } from "../../model/size.ts";
import type { WebOptions } from "./options.ts";

export interface RawAnswer {
  readonly path: string;
  /** Undefined when the connection ended, or the time, without an answer. */
  readonly status: number | undefined;
  readonly tookMs: number;
}

export interface BodyAnswer extends RawAnswer {
  readonly sizeBytes: number;
  /** Less than the size when that is more than a check should send: then only the length announces it. */
  readonly sentBytes: number;
  /** A refusal of what the body says, which came only once all of it was there: no limit stopped it. */
  readonly readWhole: boolean;
}

/** Refusals that may rest on what a body says. */
const OF_THE_BODY: ReadonlySet<number> = new Set([400, 415, 422]);
const WAITS_MS = 3_000;
const HEADER_BYTES = 64 * 1_024;
const MAX_SENT_BYTES = 16 * 1_048_576;

/** One request with a body a little past the declared limit. */
export const webBodyLimit = defineFact<BodyAnswer, WebOptions>({
  id: "web.body-limit",
  access: "active",
  reach: "application",
  timeoutMs: 30_000,
  sends: "1 POST request with a body just past limits.body, at times another that breaks off in its middle",
  isAsked: ({ limits, login }) => (limits.bodyPath ?? login?.path) !== undefined,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const { limits, login } = context.subject.options;
    const path = limits.bodyPath ?? login?.path;
    if (path === undefined) throw new Undeclared("no path that takes a body is declared (limits.bodyPath)");
    // A login that takes a form does not read anything else, whatever its size.
    const isForm = limits.bodyPath === undefined && typeof login?.body === "string";
    const size = bytesOf(limits.body) + 1;
    const sentBytes = Math.min(size, MAX_SENT_BYTES);
    const head = [
      `POST ${path} HTTP/1.1`,
      ...headLines(address),
      `Content-Type: ${isForm ? "application/x-www-form-urlencoded" : "application/json"}`,
      `Content-Length: ${size}`,
      "Connection: close",
    ];
    const body = isForm
      ? `gonogo=${"a".repeat(sentBytes - 7)}`
      : `{"gonogo":"${"a".repeat(sentBytes - 13)}"}`;
    const ask = (text: string, timeoutMs: number) =>
      exchange(context, address, { send: `${head.join("\r\n")}\r\n\r\n${text}`, timeoutMs });
    const answer = await ask(body, 20_000);
    const seen = { ...answer, path, sizeBytes: size, sentBytes };
    if (answer.status === undefined || !OF_THE_BODY.has(answer.status)) return { ...seen, readWhole: false };
    // Who refuses before reading answers half a body too; who reads it whole waits for the rest.
    const half = await ask(body.slice(0, Math.floor(sentBytes / 2)), WAITS_MS);
    return { ...seen, readWhole: half.status === undefined };
  },
});

/** One request with 64 KiB of headers. */
export const webHeaderLimit = defineFact<RawAnswer, WebOptions>({
  id: "web.header-limit",
  access: "active",
  reach: "application",
  timeoutMs: 20_000,
  sends: "1 GET request with 64 KB of headers",
  async collect(context) {
    const address = await context.get(httpAnswer);
    const path = context.subject.options.health;
    const filler = Array.from(
      { length: 16 },
      (_, index) => `X-Filler-${index}: ${"a".repeat(HEADER_BYTES / 16)}`,
    );
    const head = [`GET ${path} HTTP/1.1`, ...headLines(address), ...filler, "Connection: close"];
    return {
      ...(await exchange(context, address, { send: `${head.join("\r\n")}\r\n\r\n`, timeoutMs: 10_000 })),
      path,
    };
  },
});

export interface SlowAnswer extends RawAnswer {
  readonly limitMs: number;
}

/** One request whose headers never end: how long the connection is held open. */
export const webSlowRequest = defineFact<SlowAnswer, WebOptions>({
  id: "web.slow-request",
  access: "active",
  reach: "application",
  timeoutMs: 600_000,
  sends: "1 request that never finishes its headers",
  isAsked: ({ limits }) => limits.slowRequest !== undefined,
  async collect(context) {
    const { limits, health } = context.subject.options;
    if (limits.slowRequest === undefined) throw new Undeclared("limits.slowRequest is not declared");
    const address = await context.get(httpAnswer);
    const limitMs = msOf(limits.slowRequest);
    const send = [`GET ${health} HTTP/1.1`, ...headLines(address), "X-Slow: a"].join("\r\n");
    // Servers sweep their connections now and then: half as long again is still the declared order of magnitude.
    const answer = await exchange(context, address, { send, timeoutMs: limitMs * 1.5 + 2_000 });
    return { ...answer, path: health, limitMs };
  },
});

function headLines(address: HttpAddress): string[] {
  return [`Host: ${address.host ?? new URL(address.origin).host}`, "User-Agent: gonogo-check", "Accept: */*"];
}

async function exchange(
  { doors, signal }: FactContext<WebOptions>,
  { hostname: host, port, https: tls, ca }: HttpAddress,
  { send, timeoutMs }: { send: string; timeoutMs: number },
): Promise<{ status: number | undefined; tookMs: number }> {
  const from = doors.clock.monotonicMs();
  const bytes = await doors.sockets.exchange({
    host,
    port,
    tls,
    ...(ca !== undefined && { ca }),
    send,
    timeoutMs,
    signal,
  });
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(new TextDecoder().decode(bytes.subarray(0, 64)))?.[1];
  return {
    status: status === undefined ? undefined : Number(status),
    tookMs: doors.clock.monotonicMs() - from,
  };
}

import type { Doors, HttpResponse } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";

export interface Post {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whatever of the address and the headers must not be repeated. */
  readonly redact: (text: string) => string;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

const TIMEOUT_MS = 15_000;
const TOLD_CHARACTERS = 300;

/**
 * Posts a message and gives the answer's text. Throws OutsideError on anything but 2xx: 408, 425, 429 and 5xx may be
 * tried again, after Retry-After where it is given (RFC 9110 section 10.2.3, RFC 6585 section 4).
 */
export async function post({ url, headers, body, redact, doors, signal }: Post): Promise<string> {
  const response = await doors.http
    .send({ url, method: "POST", headers: headers ?? JSON_BODY, body, timeoutMs: TIMEOUT_MS, signal })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof OutsideError)) throw thrown;
      // A name that does not resolve now may when our own line is back: no message is given up for that.
      throw new OutsideError(redact(thrown.message), { retryable: true });
    });
  const text = new TextDecoder().decode(response.body);
  if (response.status >= 200 && response.status < 300) return text;
  const { status } = response;
  const host = new URL(url).host;
  throw new OutsideError(redact(`${host} answered ${status}: ${text.slice(0, TOLD_CHARACTERS).trim()}`), {
    host,
    status,
    retryable: status >= 500 || [408, 425, 429].includes(status),
    retryAfterMs: retryAfterMs(response, doors.clock.now()),
  });
}

export const JSON_BODY = { "content-type": "application/json; charset=utf-8" } as const;

function retryAfterMs({ headerLines }: HttpResponse, now: number): number | undefined {
  const value = headerLines.find(([name]) => name.toLowerCase() === "retry-after")?.[1].trim();
  if (value === undefined) return undefined;
  // Discord gives fractions of seconds; the RFC whole ones or a date.
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** Shorter parts are words such as "services", which hide nothing. */
const SECRET_LENGTH = 9;

/** Takes credentials out of any text, whole or the parts that vendors make them of: "123:token", "/services/T0/token". */
export function hiding(...credentials: readonly string[]): (text: string) => string {
  const parts = credentials
    .flatMap((each) => each.split(/[:/?]/))
    .filter((part) => part.length >= SECRET_LENGTH);
  const hidden = [...credentials, ...parts]
    .filter((each) => each !== "")
    .toSorted((a, b) => b.length - a.length);
  return (text) => hidden.reduce((rest, each) => rest.replaceAll(each, "[secret]"), text);
}

import type { Doors, HttpResponse } from "../../model/doors.ts";
import type { HttpAddress } from "./address.ts";

export interface Ask {
  /** With its query; appended to the origin as it is. */
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Ask the plain-HTTP door. */
  readonly plain?: boolean;
  readonly fresh?: boolean;
  readonly timeoutMs?: number;
  readonly maxBodyBytes?: number;
}

export interface Requests {
  send(ask: Ask): Promise<HttpResponse>;
  /** Every answer in the order of the questions, at most `atOnce` (default 6) under way. */
  sendAll(asks: readonly Ask[], atOnce?: number): Promise<HttpResponse[]>;
}

const USER_AGENT = "gonogo-check";
const TIMEOUT_MS = 8_000;

/** A limiter that asks for more patience than this is not waited for. */
const LONGEST_RETRY_AFTER_S = 15;

/**
 * Requests to one address, with its authority, its host name and the run's signal. Throws OutsideError. `patient`
 * waits out a 429's Retry-After once: what asks for pages must not take the echo of another probe for their answer.
 */
export function requestsTo(
  { doors, signal }: { readonly doors: Pick<Doors, "http" | "clock">; readonly signal: AbortSignal },
  address: Pick<HttpAddress, "origin" | "plainOrigin" | "host" | "ca">,
  { patient = false }: { patient?: boolean } = {},
): Requests {
  const once = ({ path, plain, headers, timeoutMs = TIMEOUT_MS, ...rest }: Ask): Promise<HttpResponse> =>
    doors.http.send({
      ...rest,
      url: `${(plain && address.plainOrigin) || address.origin}${path}`,
      headers: { "user-agent": USER_AGENT, ...(address.host && { host: address.host }), ...headers },
      timeoutMs,
      ...(address.ca !== undefined && { ca: address.ca }),
      signal,
    });

  async function send(ask: Ask): Promise<HttpResponse> {
    const answer = await once(ask);
    if (!patient || answer.status !== 429) return answer;
    const seconds = Number(answer.headerLines.find(([name]) => name.toLowerCase() === "retry-after")?.[1]);
    if (!(seconds <= LONGEST_RETRY_AFTER_S)) return answer;
    await doors.clock.delay(1_000 * seconds, signal);
    return await once(ask);
  }

  async function sendAll(asks: readonly Ask[], atOnce = 6): Promise<HttpResponse[]> {
    const answers = new Array<HttpResponse>(asks.length);
    const queue = asks.entries();
    const lane = async (): Promise<void> => {
      for (const [index, ask] of queue) answers[index] = await send(ask);
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, asks.length) }, lane));
    return answers;
  }

  return { send, sendAll };
}

import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../model/doors.ts";
import { messageOf, OutsideError, UserError } from "../model/errors.ts";
import { http } from "../system/node-http.ts";
import type { Answered, Refusal, RequestName, Sent } from "./protocol.ts";

/** The lease that came with the request is not held any more. */
export class LeaseLostError extends UserError {}

export interface AgentClient {
  /** Sends again while the agent is being restarted. Throws UserError, LeaseLostError or OutsideError. */
  send<Name extends RequestName>(name: Name, body: Sent<Name>, signal?: AbortSignal): Promise<Answered<Name>>;
}

/** Between two requests. Unlike the clock's delay it keeps a command alive that waits for the agent. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return delay(ms, undefined, signal ? { signal } : {});
}

interface ClientOptions {
  readonly socketPath: string;
  readonly clock: Clock;
  /** How long an agent may be away. Default 5 s. */
  readonly patienceMs?: number;
}

const PAUSE_MS = 30;
const ANSWER_LIMIT_MS = 30_000;

export function createClient({ socketPath, clock, patienceMs = 5_000 }: ClientOptions): AgentClient {
  return {
    async send(name, body, signal) {
      const text = JSON.stringify(body);
      const deadline = clock.monotonicMs() + patienceMs;
      for (;;) {
        const left = deadline - clock.monotonicMs();
        try {
          return (await exchange({ socketPath, path: name, text, signal })) as never;
        } catch (thrown) {
          signal?.throwIfAborted();
          if (!isAway(thrown)) throw thrown;
          if (left <= 0) {
            const what = `the agent does not answer on ${socketPath}: ${messageOf(thrown)}`;
            throw new OutsideError(what, { retryable: true, cause: thrown });
          }
        }
        await pause(PAUSE_MS, signal);
      }
    },
  };
}

const AWAY = new Set(["ECONNREFUSED", "ENOENT", "ECONNRESET", "EPIPE"]);

function isAway(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && AWAY.has(String(thrown.code));
}

interface Exchange {
  readonly socketPath: string;
  readonly path: string;
  readonly text: string;
  readonly signal: AbortSignal | undefined;
}

function exchange({ socketPath, path, text, signal }: Exchange): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request({
      socketPath,
      path: `/${path}`,
      method: "POST",
      agent: false,
      timeout: ANSWER_LIMIT_MS,
      headers: { "content-type": "application/json", "content-length": Buffer.byteLength(text) },
      ...(signal ? { signal } : {}),
    });
    outgoing.once("error", reject);
    outgoing.once("timeout", () =>
      outgoing.destroy(new OutsideError(`the agent did not answer "${path}" in time`, { retryable: true })),
    );
    outgoing.once("response", (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("error", reject);
      answer.once("end", () => {
        try {
          const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
          if (answer.statusCode === 200) resolve(value);
          else reject(errorFrom(value as Refusal));
        } catch (thrown) {
          reject(new OutsideError("the agent's answer is not JSON", { cause: thrown }));
        }
      });
    });
    outgoing.end(text);
  });
}

function errorFrom({ kind, message, where, fix, retryable = false, leaseLost }: Refusal): Error {
  const detail = { ...(where === undefined ? {} : { where }), ...(fix === undefined ? {} : { fix }) };
  if (leaseLost) return new LeaseLostError(message, detail);
  if (kind === "user") return new UserError(message, detail);
  return new OutsideError(kind === "bug" ? `the agent failed, a bug in Gonogo: ${message}` : message, {
    retryable,
  });
}

import type { Doors, HttpResponse } from "../model/doors.ts";
import { durationMs } from "../model/duration.ts";
import { messageOf } from "../model/errors.ts";
import { NotObserved } from "../model/fact.ts";
import { createMask } from "../model/masking.ts";
import type { Subject } from "../model/subject.ts";
import { revealedValues } from "../model/variable.ts";
import { headerValue } from "./http/headers.ts";
import { type Difference, differenceOf, keptOf } from "./walk-answer.ts";
import type { CommandStep, RequestStep, WalkStep } from "./walk-options.ts";
import { filled, type Kept, takeCookies } from "./walk-values.ts";

const USER_AGENT = "gonogo-check";
const TIMEOUT_MS = 15_000;
const LONGEST_RETRY_AFTER_S = 15;

export interface WalkedStep {
  readonly name: string;
  readonly tookMs: number;
  /** Undefined for a command. */
  readonly status: number | undefined;
  /** Undefined: it went as expected. */
  readonly difference: Difference | undefined;
}

/** One walk through the deployed application: browsers by name, what was kept, and every step that was taken. */
export interface Walk {
  readonly kept: Kept;
  /** Takes the steps one after another up to the first that goes otherwise. Throws NotObserved when nobody answers. */
  take(steps: readonly WalkStep[]): Promise<readonly WalkedStep[]>;
  /** One request as a browser of this walk sends it, whatever comes back. */
  send(step: RequestStep): Promise<HttpResponse>;
}

interface World {
  readonly subject: Pick<Subject, "address" | "environment" | "directory" | "variables">;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

/** `words` are known to its steps by name from the start, besides {{random}} and {{url}}. */
export function beginWalk(
  { subject, doors, signal }: World,
  words: Readonly<Record<string, string>> = {},
): Walk {
  const { address } = subject;
  if (!address) throw new NotObserved(`nothing is deployed in ${subject.environment.name} yet`);
  const jars = new Map<string, Map<string, string>>();
  const kept: Kept = new Map([
    ["random", doors.random.hex(6)],
    ["url", address.url],
    ...Object.entries(words),
  ]);

  async function send(raw: RequestStep): Promise<HttpResponse> {
    const { as, path, headers, json, form, method = hasBody(raw) ? "POST" : "GET" } = filled(raw, kept);
    const url = placeOf(path, address?.url ?? "");
    const isOwn = url.origin === new URL(address?.url ?? "").origin;
    const jar = jars.get(as) ?? new Map<string, string>();
    jars.set(as, jar);
    const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
    const sending = {
      url: url.href,
      method,
      headers: {
        "user-agent": USER_AGENT,
        // As a page of the application would send it; another one is another site's.
        ...(method !== "GET" && method !== "HEAD" && isOwn && { origin: url.origin }),
        ...(cookie !== "" && isOwn && { cookie }),
        ...(json !== undefined && { "content-type": "application/json" }),
        ...(form !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(form !== undefined && { body: new URLSearchParams(form).toString() }),
      timeoutMs: TIMEOUT_MS,
      ...(address?.ca !== undefined && { ca: address.ca }),
      signal,
    };
    const first = await doors.http.send(sending);
    const waitMs = first.status === 429 ? patienceMs(first) : undefined;
    if (waitMs !== undefined) await doors.clock.delay(waitMs, signal);
    const answer = waitMs === undefined ? first : await doors.http.send(sending);
    const cookies = answer.headerLines.filter(([name]) => name.toLowerCase() === "set-cookie");
    if (isOwn)
      takeCookies(
        jar,
        cookies.map(([, value]) => value),
      );
    return answer;
  }

  async function request(step: RequestStep): Promise<Omit<WalkedStep, "name">> {
    const answer = await send(step);
    const taken = { status: answer.status, tookMs: Math.round(answer.tookMs) };
    const difference = differenceOf(answer, filled(step.expect, kept));
    if (difference) return { ...taken, difference };
    try {
      for (const [name, value] of keptOf(answer, step.keep)) kept.set(name, value);
    } catch (thrown) {
      return { ...taken, difference: { expected: "what the next steps need", found: messageOf(thrown) } };
    }
    return { ...taken, difference: undefined };
  }

  async function command({ run, timeout }: CommandStep): Promise<Omit<WalkedStep, "name">> {
    const values = revealedValues(subject.variables);
    const { code, stderr, tookMs, timedOut } = await doors.shell.run({
      line: run,
      cwd: subject.directory,
      env: {
        ...values,
        GONOGO_URL: address?.url,
        GONOGO_CA: address?.ca,
        GONOGO_KEPT: JSON.stringify(Object.fromEntries(kept)),
      },
      timeoutMs: durationMs(timeout),
      signal,
    });
    const taken = { status: undefined, tookMs: Math.round(tookMs) };
    if (code === 0) return { ...taken, difference: undefined };
    const said = timedOut
      ? `no end within ${timeout}`
      : (createMask(values)(stderr).trim().split("\n").at(-1)?.slice(0, 200) ?? "");
    return {
      ...taken,
      difference: { expected: `\`${run}\` ends with 0`, found: said || `it ended with ${code}` },
    };
  }

  return {
    kept,
    send,
    async take(steps) {
      const taken: WalkedStep[] = [];
      for (const step of steps) {
        const one = "run" in step ? await command(step) : await request(step);
        taken.push({ name: step.name, ...one });
        if (one.difference) break;
      }
      return taken;
    },
  };
}

/** What another probe used up comes back soon: a limiter that asks for more patience than this is not waited for. */
function patienceMs({ headerLines }: HttpResponse): number | undefined {
  const seconds = Number(headerValue(headerLines, "retry-after") ?? Number.NaN);
  return seconds <= LONGEST_RETRY_AFTER_S ? 1_000 * seconds : undefined;
}

function hasBody({ json, form }: RequestStep): boolean {
  return json !== undefined || form !== undefined;
}

/**
 * A walk stays where it was sent: at the application and, for stand-ins, on this machine. Its own name leads to the
 * release that is looked at, which before the switch answers on another port than the live one.
 */
function placeOf(path: string, origin: string): URL {
  const url = new URL(path, origin);
  const own = new URL(origin);
  if (url.hostname === own.hostname) return new URL(url.pathname + url.search, own);
  if (!/^(127\.0\.0\.1|\[::1\]|localhost|([\w-]+\.)+localhost)$/.test(url.hostname))
    throw new NotObserved(`a step leads to ${url.host}, which is not the application`);
  return url;
}

import type { Clock } from "../../model/doors.ts";
import type { PingKind } from "../../model/heartbeat.ts";
import type { ListenerAnswer, ListenerRequest } from "../../system/http-listener.ts";
import type { HeartbeatBook } from "./heartbeat-book.ts";
import { createLimiter } from "./limiter.ts";

const PATH = /^\/beat\/([0-9a-f]{32})(?:\/(start|fail|success|log|\d{1,3}))?$/;
const LOG_BYTES = 10_000;
const LOG_KEPT = 2_000;
/** One heartbeat says at most so much; whoever guesses keys or knocks without end is told the same. */
const PER_KEY = { perSecond: 2, burst: 20, keys: 10_000 };
const STRANGERS = { perSecond: 20, burst: 50, keys: 1 };

/** Answers `GET|POST|HEAD /beat/<key>[/start|/success|/fail|/log|/<exit code>]`; undefined for other paths. */
export function createPingDoor(book: HeartbeatBook, clock: Clock) {
  const perKey = createLimiter(PER_KEY);
  const strangers = createLimiter(STRANGERS);

  return async function answerPing(request: ListenerRequest): Promise<ListenerAnswer | undefined> {
    if (!request.path.startsWith("/beat/")) return undefined;
    const { method } = request;
    if (method !== "GET" && method !== "POST" && method !== "HEAD") {
      return { status: 405, headers: { allow: "GET, HEAD, POST" }, body: "GET, HEAD or POST\n" };
    }
    const [, key = "", what = "success"] = PATH.exec(request.path) ?? [];
    const policy = book.byKey(key);
    const now = clock.monotonicMs();
    const isAllowed = policy ? perKey.allow(key, now) : strangers.allow("", now);
    if (!isAllowed)
      return { status: 429, headers: { "retry-after": "1" }, body: "too many\n", isUnwelcome: true };
    if (!policy) return { status: 404, body: "no such heartbeat\n" };
    const exitCode = /^\d+$/.test(what) ? Number(what) : undefined;
    if (exitCode !== undefined && exitCode > 255)
      return { status: 400, body: "an exit code is at most 255\n" };
    const log = method === "POST" ? await request.readText(LOG_BYTES) : undefined;
    await book.ping(policy.name, {
      kind: kindOf(what, exitCode),
      at: clock.now(),
      ...(exitCode !== undefined && { exitCode }),
      ...(log !== undefined && log !== "" && { log: printable(log).slice(-LOG_KEPT) }),
    });
    return { status: 200, body: "OK\n" };
  };
}

function kindOf(what: string, exitCode: number | undefined): PingKind {
  if (exitCode !== undefined) return exitCode === 0 ? "success" : "fail";
  return what as PingKind;
}

/** Without what would move a terminal's cursor or end a line of a log early. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}

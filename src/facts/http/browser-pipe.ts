import { once } from "node:events";
import type { Shell } from "../../model/doors.ts";

/** Messages to and from a browser by its debugging pipe, in order. */
export interface BrowserPipe extends AsyncDisposable {
  send(text: string): void;
  /** The next message; undefined when none comes in this time, or when the browser has ended. */
  next(withinMs: number): Promise<string | undefined>;
  /** The last line of a browser that has ended. */
  lastWords(): string | undefined;
}

// A browser reads commands from descriptor 3 and answers on 4; it ends when 3 closes, which the kernel does for a
// parent that was killed. What it wrote goes with it.
const LEASH = `
profile=$1; shift
"$@" 3<&0 4>&1 </dev/null >&2
code=$?
rm -rf "$profile"
exit "$code"
`;
/** A browser that does not end by itself is ended. */
const END_LIMIT_MS = 5_000;

export function openBrowserPipe(
  shell: Shell,
  browser: { program: string; args: readonly string[]; profile: string; signal: AbortSignal },
): BrowserPipe {
  const { program, args, profile, signal } = browser;
  const running = shell.start({
    file: "/bin/sh",
    args: ["-c", LEASH, "sh", profile, program, "--remote-debugging-pipe", ...args],
    signal,
  });
  const kept: string[] = [];
  const news = new EventTarget();
  const tell = (): void => void news.dispatchEvent(new Event("news"));
  let begun: string[] = [];
  let end: string | undefined;
  running.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    const [first = "", ...rest] = chunk.split("\0");
    begun.push(first);
    for (const next of rest) {
      kept.push(begun.join(""));
      begun = [next];
    }
    if (rest.length > 0) tell();
  });
  const ended = running.ended
    .then(
      ({ stderr }) => stderr.trim().split("\n").at(-1) ?? "",
      (thrown: unknown) => String(thrown),
    )
    .then((words) => {
      end = words;
      tell();
    });
  return {
    send: (text) => void running.stdin.write(`${text}\0`),
    async next(withinMs) {
      const late = AbortSignal.timeout(withinMs);
      const until = AbortSignal.any([late, signal]);
      while (kept.length === 0 && end === undefined && !late.aborted) {
        signal.throwIfAborted();
        await once(news, "news", { signal: until }).catch(() => undefined);
      }
      return kept.shift();
    },
    lastWords: () => end,
    async [Symbol.asyncDispose]() {
      running.stdin.end();
      const late = setTimeout(() => running.end(), END_LIMIT_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

import { Agent, request } from "node:https";
import { setTimeout as delay } from "node:timers/promises";

/** One answer as a user got it; status 0: none. */
export interface Got {
  readonly status: number;
  readonly spoiled: boolean;
  readonly tookMs: number;
}

export interface Users extends AsyncDisposable {
  readonly got: readonly Got[];
}

const connections = new Agent({ keepAlive: true, maxSockets: 16 });

/** Asks for one page again and again until it is disposed of. */
export function startUsers(url: string, { everyMs = 500 } = {}): Users {
  const got: Got[] = [];
  const asked = new Set<Promise<unknown>>();
  const stop = new AbortController();
  const asking = (async () => {
    while (!stop.signal.aborted) {
      const one = ask(url).then((each) => got.push(each));
      asked.add(one);
      void one.finally(() => asked.delete(one));
      await delay(everyMs);
    }
  })();
  return {
    got,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await asking;
      await Promise.all(asked);
    },
  };
}

function ask(url: string): Promise<Got> {
  const { hostname, port, pathname } = new URL(url);
  const from = performance.now();
  return new Promise((resolve) => {
    const done = (status: number, spoiled: boolean) =>
      resolve({ status, spoiled, tookMs: performance.now() - from });
    // The copy's certificate is of its own authority, and its name is this machine.
    const asked = request(
      {
        agent: connections,
        host: "127.0.0.1",
        port,
        path: pathname,
        servername: hostname,
        headers: { host: `${hostname}:${port}` },
        rejectUnauthorized: false,
        timeout: 30_000,
      },
      (answer) => {
        answer.resume();
        answer.once("end", () => done(answer.statusCode ?? 0, answer.headers["x-spoiled"] !== undefined));
        answer.once("error", () => done(0, false));
      },
    );
    asked.once("error", () => done(0, false));
    asked.end();
  });
}

import type { Clock } from "../../model/doors.ts";
import { http } from "../../system/node-http.ts";

/** What came of asking an instance once. */
export interface HealthAnswer {
  readonly url: string;
  readonly at: number;
  readonly tookMs: number;
  readonly status: number | undefined;
  /** At most the first 200 characters. */
  readonly body: string;
  readonly location: string | undefined;
  /** "connection refused", "no answer within 2000 ms"; undefined when it answered. */
  readonly error: string | undefined;
}

export interface ProbeRequest {
  readonly port: number;
  readonly path: string;
  readonly timeoutMs: number;
  /** Name users type: an application that checks its host must not refuse the probe. */
  readonly host: string;
}

const BODY_CHARACTERS = 200;
const BODY_BYTES = 65_536;

export function isHealthy(probe: HealthAnswer): boolean {
  return probe.status !== undefined && probe.status >= 200 && probe.status < 300;
}

/**
 * Asks as the edge would, over the same network path, on a connection of its own. Redirects are an answer, not
 * followed: a login page behind one must not pass for health. Never rejects.
 */
export function probe({ port, path, timeoutMs, host }: ProbeRequest, clock: Clock): Promise<HealthAnswer> {
  const at = clock.now();
  const started = clock.monotonicMs();
  return new Promise((resolve) => {
    let text = "";
    let bytes = 0;
    const finish = (result: Partial<Pick<HealthAnswer, "status" | "location" | "error">>): void => {
      clearTimeout(timer);
      outgoing.destroy();
      resolve({
        url: `http://127.0.0.1:${port}${path}`,
        at,
        tookMs: Math.round(clock.monotonicMs() - started),
        status: undefined,
        location: undefined,
        error: undefined,
        body: text.slice(0, BODY_CHARACTERS),
        ...result,
      });
    };
    const outgoing = http.request({
      host: "127.0.0.1",
      port,
      path,
      agent: false,
      headers: {
        host,
        "user-agent": "gonogo-health",
        accept: "*/*",
        // An application that insists on HTTPS would answer with a redirect otherwise.
        "x-forwarded-proto": "https",
        "x-forwarded-host": host,
      },
    });
    // Not the socket's idle time-out: a body that trickles must not keep the probe.
    const timer = setTimeout(() => finish({ error: `no answer within ${timeoutMs} ms` }), timeoutMs);
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      finish({ error: error.code === "ECONNREFUSED" ? "connection refused" : error.message });
    });
    outgoing.on("response", (answer) => {
      const done = (): void => finish({ status: answer.statusCode, location: answer.headers.location });
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => {
        if (text.length < BODY_CHARACTERS) text += chunk;
        bytes += chunk.length;
        if (bytes > BODY_BYTES) done();
      });
      answer.on("end", done);
      answer.on("error", (error) => finish({ error: error.message }));
    });
    outgoing.end();
  });
}

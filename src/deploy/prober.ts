import type { DowntimeRecord } from "../model/deploy.ts";
import type { Doors } from "../model/doors.ts";
import { messageOf } from "../model/errors.ts";
import type { Address } from "../model/subject.ts";

/** Asks the public address as a user would, many times a second, through a switch and its bake. */
export interface Prober {
  /** Samples since a monotonic time, oldest first. */
  since(monotonicMs: number): readonly ProbeSample[];
  figures(): DowntimeRecord;
  stop(): Promise<DowntimeRecord>;
}

export interface ProbeSample {
  /** Monotonic milliseconds when it was sent. */
  readonly at: number;
  readonly path: string;
  readonly tookMs: number;
  /** Release that answered, as the edge says in x-gonogo-release. */
  readonly release: string | undefined;
  /** Undefined when the answer was below 500. */
  readonly failure: string | undefined;
}

const RATE_HZ = 20;
const TIMEOUT_MS = 5_000;

/** Starts probing at 20 Hz, the paths in turn, every second request on a connection of its own. */
export function startProber(options: { doors: Doors; address: Address; paths: readonly string[] }): Prober {
  const { doors, address, paths } = options;
  const samples: ProbeSample[] = [];
  const open = new Set<Promise<void>>();
  let sent = 0;

  async function probe(path: string, fresh: boolean): Promise<void> {
    const at = doors.clock.monotonicMs();
    try {
      const response = await doors.http.send({
        url: `${address.url}${path}`,
        timeoutMs: TIMEOUT_MS,
        fresh,
        ...(address.ca !== undefined && { ca: address.ca }),
      });
      const release = response.headerLines.find(([name]) => name.toLowerCase() === "x-gonogo-release")?.[1];
      const failure = response.status >= 500 ? `${path} answered ${response.status}` : undefined;
      samples.push({ at, path, tookMs: response.tookMs, release, failure });
    } catch (thrown) {
      const tookMs = doors.clock.monotonicMs() - at;
      samples.push({ at, path, tookMs, release: undefined, failure: `${path}: ${messageOf(thrown)}` });
    }
  }

  const ask = () => {
    const path = paths[sent % paths.length] ?? "/";
    const running: Promise<void> = probe(path, sent % 2 === 1).finally(() => open.delete(running));
    open.add(running);
    sent += 1;
  };
  ask();
  const timer = setInterval(ask, 1_000 / RATE_HZ);

  const figures = (): DowntimeRecord => ({
    requests: samples.length,
    failed: samples.filter((sample) => sample.failure !== undefined).length,
    worstMs: Math.round(Math.max(0, ...samples.map((sample) => sample.tookMs))),
    firstFailure: samples.find((sample) => sample.failure !== undefined)?.failure,
  });

  return {
    since: (monotonicMs) => samples.filter((sample) => sample.at >= monotonicMs),
    figures,
    async stop() {
      clearInterval(timer);
      await Promise.all(open);
      return figures();
    },
  };
}

import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** Who asks, and whom. */
export interface Crowd {
  readonly host: string;
  readonly port: number;
  /** PEM of the authority; undefined for plain HTTP. */
  readonly ca: string | undefined;
  /** Users on a connection of their own that stays. */
  readonly keepAlive: number;
  /** Users who open a connection for every request. */
  readonly fresh: number;
  /** Users with an answer of 5 s always under way. */
  readonly slow: number;
  readonly webSockets: number;
  readonly pauseMs: number;
}

/** What they saw so far. */
export interface CrowdFigures {
  readonly requests: number;
  /** No whole answer with 200. */
  readonly failed: number;
  readonly failures: Readonly<Record<string, number>>;
  /** Of the failed ones: reset on a connection that was used before, which a browser would ask again. */
  readonly stale: number;
  readonly slow: number;
  /** Of the quick requests. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  readonly firstFailureAt: number | undefined;
  readonly lastFailureAt: number | undefined;
  /** How many WebSockets were closed with each code. */
  readonly closes: Readonly<Record<string, number>>;
  readonly closedInOneSecond: number;
  /** Held now. */
  readonly webSockets: number;
}

export interface GatheredCrowd extends Disposable {
  sofar(): Promise<CrowdFigures>;
  /** Lets what is under way end. */
  leave(): Promise<CrowdFigures>;
}

/** Lets them loose; resolves when they have begun. */
export async function gather(crowd: Crowd): Promise<GatheredCrowd> {
  const child = fork(path.join(import.meta.dirname, "crowd.ts"), { serialization: "advanced" });
  child.send(crowd);
  await once(child, "message");
  async function figures(word: "so far" | "leave"): Promise<CrowdFigures> {
    child.send(word);
    const [told] = (await once(child, "message")) as [CrowdFigures];
    return told;
  }
  return {
    sofar: () => figures("so far"),
    leave: () => figures("leave"),
    [Symbol.dispose]: () => void child.kill("SIGKILL"),
  };
}

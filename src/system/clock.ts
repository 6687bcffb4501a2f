import type { Clock } from "../model/doors.ts";

export function openClock(): Clock {
  return {
    now: () => Date.now(),
    monotonicMs: () => performance.now(),
    delay: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        const onAbort = (): void => {
          clearTimeout(timer);
          reject(signal?.reason as Error);
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        }, ms);
        timer.unref();
        signal?.addEventListener("abort", onAbort, { once: true });
      }),
  };
}

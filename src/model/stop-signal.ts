/** By which a person ends a command. A closed terminal hangs up: Node would end at once and leave a deploy half done. */
export const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

export function stoppedBy(signal: StopSignal): Error {
  return new Error(`stopped by ${signal}`);
}

/** Whether a deploy's reason, "bake: stopped by SIGINT" or no step's, is that a person ended it. */
export function isStopped(reason: string | undefined): boolean {
  return STOP_SIGNALS.some((signal) => {
    const { message } = stoppedBy(signal);
    return reason === message || reason?.endsWith(`: ${message}`);
  });
}

import type { Clock } from "../../model/doors.ts";
import { messageOf } from "../../model/errors.ts";
import type { Store } from "../../store/store.ts";

/** As long as the status page looks back: what was told and is over is kept for this. */
export const KEPT_MS = 90 * 86_400_000;
const LOOK_EVERY_MS = 6 * 3_600_000;
/** A watcher that begins has more urgent things to do. */
const FIRST_MS = 60_000;

/** Keeps the store from growing for ever; what could not be removed is tried again at the next look. */
export function startRetention(request: {
  readonly store: Pick<Store, "alerts">;
  readonly environment: string;
  readonly clock: Clock;
  readonly onTrouble: (text: string) => void;
  readonly firstMs?: number;
}): AsyncDisposable {
  const { store, environment, clock, onTrouble, firstMs = FIRST_MS } = request;
  const ended = new AbortController();

  async function run(): Promise<void> {
    for (let pause = firstMs; ; pause = LOOK_EVERY_MS) {
      await clock.delay(pause, ended.signal).catch(() => undefined);
      if (ended.signal.aborted) return;
      await store.alerts.forget(environment, clock.now() - KEPT_MS).catch((thrown: unknown) => {
        onTrouble(`old messages cannot be removed: ${messageOf(thrown)}`);
      });
    }
  }

  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      ended.abort(new Error("the watch ends"));
      await running;
    },
  };
}

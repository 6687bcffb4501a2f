import type { OutboxRow, OutgoingMessage } from "../model/alert.ts";
import type { Channel } from "../model/alert-policy.ts";
import type { Doors } from "../model/doors.ts";
import type { Secret } from "../model/secret.ts";
import type { OutboxStore } from "../store/alert-stores.ts";
import { startNotifier } from "./notifier.ts";

export interface SendNowRequest {
  readonly environment: string;
  readonly channels: readonly Channel[];
  readonly outbox: OutboxStore;
  readonly doors: Doors;
  readonly variables: () => Promise<ReadonlyMap<string, Secret>>;
  readonly signal: AbortSignal;
  /** What has not been taken by then stays in the outbox, for whoever watches. */
  readonly patienceMs: number;
}

const LOOK_EVERY_MS = 100;

/**
 * Sends messages from a command, beside a daemon or without one: each message is sent by whoever takes it first.
 * Gives them back as they stand when all were sent or given up, or when patience ends.
 */
export async function sendNow(
  messages: readonly OutgoingMessage[],
  request: SendNowRequest,
): Promise<OutboxRow[]> {
  const { environment, outbox, doors, signal, patienceMs } = request;
  await outbox.add(environment, messages, doors.clock.now());
  const keys = new Set(messages.map(({ notice }) => notice.key));
  const until = doors.clock.monotonicMs() + patienceMs;
  await using notifier = await startNotifier({ ...request, holder: `command ${doors.random.hex(6)}` });
  for (;;) {
    const rows = (await Promise.all([...keys].map((key) => outbox.byKey(environment, key)))).flat();
    const isOpen = rows.some(({ state }) => state === "waiting");
    if (!isOpen || doors.clock.monotonicMs() >= until) return rows;
    notifier.wake();
    await doors.clock.delay(LOOK_EVERY_MS, signal);
  }
}

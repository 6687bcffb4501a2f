import type { OutboxRow } from "../model/alert.ts";
import type { Channel } from "../model/alert-policy.ts";
import type { Doors } from "../model/doors.ts";
import { messageOf, OutsideError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import type { OutboxStore } from "../store/alert-stores.ts";
import { nextAttemptAt } from "./attempts.ts";
import { fixFor, troubleLine } from "./channel-health.ts";

export interface NotifierSetting {
  readonly environment: string;
  readonly channels: readonly Channel[];
  readonly outbox: OutboxStore;
  readonly doors: Doors;
  /** Credentials of the channels, as they are now. */
  readonly variables: () => Promise<ReadonlyMap<string, Secret>>;
  /** Whoever sends; what it had taken when it was killed is free again once it is back. */
  readonly holder: string;
  /** How long one try may take. */
  readonly timeoutMs?: number;
  /** How long what is on its way may take when it ends. */
  readonly lastMs?: number;
  /** What the store or a channel refuses is told here, once a stretch. */
  readonly onTrouble?: (text: string) => void;
}

export interface Notifier extends AsyncDisposable {
  /** There may be something to send. */
  wake(): void;
  /** Resolves when nothing waits that is due. */
  idle(): Promise<void>;
}

const TIMEOUT_MS = 20_000;
/** Other processes write messages too. */
const LOOK_EVERY_MS = 1_000;
/** What is on its way when we are asked to end gets this long. */
const LAST_MS = 5_000;
const RECEIPT_CHARACTERS = 200;

/**
 * Sends what stands in the outbox, each channel's messages in their order, the channels side by side: one that hangs
 * delays nobody else. What was sent and not yet written down is sent again with the same key.
 */
export async function startNotifier(setting: NotifierSetting): Promise<Notifier> {
  const { environment, channels, outbox, holder, lastMs = LAST_MS } = setting;
  await outbox.releaseClaims(environment, holder);
  await outbox.giveUpOthers(
    environment,
    channels.map(({ name }) => name),
  );
  const stop = new AbortController();
  const kill = new AbortController();
  const lanes = channels.map((channel) =>
    startLane(channel, setting, { stop: stop.signal, kill: kill.signal }),
  );
  return {
    wake: () => {
      for (const lane of lanes) lane.wake();
    },
    idle: async () => {
      await Promise.all(lanes.map((lane) => lane.idle()));
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      const last = setTimeout(() => kill.abort(new Error("the watch ends")), lastMs);
      await Promise.all(lanes.map((lane) => lane.ended));
      clearTimeout(last);
      await outbox.releaseClaims(environment, holder);
    },
  };
}

interface Lane {
  wake(): void;
  idle(): Promise<void>;
  readonly ended: Promise<void>;
}

function startLane(
  channel: Channel,
  setting: NotifierSetting,
  { stop, kill }: { stop: AbortSignal; kill: AbortSignal },
): Lane {
  const { environment, outbox, doors, holder, timeoutMs = TIMEOUT_MS } = setting;
  let bell = Promise.withResolvers<void>();
  let waiting: PromiseWithResolvers<void>[] = [];
  let refused: string | undefined;
  stop.addEventListener("abort", () => bell.resolve(), { once: true });

  async function rest(ms: number): Promise<void> {
    const timer = new AbortController();
    await Promise.race([bell.promise, doors.clock.delay(ms, timer.signal).catch(() => undefined)]);
    timer.abort();
    bell = Promise.withResolvers();
    if (stop.aborted) bell.resolve();
  }

  /** Milliseconds until there may be more. */
  async function next(): Promise<number> {
    const now = doors.clock.now();
    // Whoever asks while this look is on its way is answered by the next: this one may miss what they mean.
    const asked = waiting.length;
    // Longer than a try may take: whoever holds a claim that long is gone.
    const until = now + 2 * timeoutMs;
    const claimed = await outbox.claim(environment, { channel: channel.name, by: holder, now, until });
    if (claimed && "row" in claimed) {
      const found = await deliver(claimed.row, channel, setting, kill);
      // What is cut off by our own end says nothing about the channel.
      if (!kill.aborted) tellRefusal(found);
      return 0;
    }
    for (const each of waiting.splice(0, asked)) each.resolve();
    return claimed ? Math.min(LOOK_EVERY_MS, Math.max(1, claimed.dueAt - now)) : LOOK_EVERY_MS;
  }

  /** Said once, however many messages and tries it costs, and once more when it is over. */
  function tellRefusal(found: string | undefined): void {
    const { name, kind } = channel;
    if (found !== undefined && found !== refused)
      setting.onTrouble?.(
        troubleLine({ channel: name, kind: kind.kind, found, fix: fixFor(channel, { environment, found }) }),
      );
    if (found === undefined && refused !== undefined) setting.onTrouble?.(`${name} takes messages again`);
    refused = found;
  }

  async function run(): Promise<void> {
    let isTold = false;
    while (!stop.aborted) {
      try {
        const pause = await next();
        isTold = false;
        if (pause > 0) await rest(pause);
      } catch (thrown) {
        if (!isTold)
          setting.onTrouble?.(`messages to ${channel.name} cannot be read or kept: ${messageOf(thrown)}`);
        isTold = true;
        await rest(LOOK_EVERY_MS);
      }
    }
    for (const each of waiting.splice(0)) each.resolve();
  }

  return {
    wake: () => bell.resolve(),
    idle() {
      const asked = Promise.withResolvers<void>();
      waiting = [...waiting, asked];
      bell.resolve();
      return stop.aborted ? Promise.resolve() : asked.promise;
    },
    ended: run(),
  };
}

/** Undefined, or why it was not taken. */
async function deliver(
  row: OutboxRow,
  channel: Channel,
  setting: NotifierSetting,
  kill: AbortSignal,
): Promise<string | undefined> {
  const { outbox, doors, variables, timeoutMs = TIMEOUT_MS } = setting;
  try {
    const receipt = await within(timeoutMs, doors, kill, async (signal) =>
      channel.kind.send(row.notice, {
        options: channel.options,
        variables: await variables(),
        doors,
        signal,
      }),
    );
    await outbox.sent(row, { at: doors.clock.now(), receipt: receipt.slice(0, RECEIPT_CHARACTERS) });
    return undefined;
  } catch (thrown) {
    // Not its fault: it is sent by whoever comes next.
    if (kill.aborted) return undefined;
    const now = doors.clock.now();
    const chance = (doors.random.bytes(1)[0] ?? 0) / 255;
    const nextAt = nextAttemptAt(thrown, row, { now, chance });
    const error = messageOf(thrown);
    await outbox.failed(row, { nextAt, error });
    return error;
  }
}

/** A channel that does not heed its signal is left behind. */
async function within<Value>(
  ms: number,
  doors: Doors,
  kill: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const limit = new AbortController();
  const signal = AbortSignal.any([kill, limit.signal]);
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  const late = new OutsideError(`no answer within ${ms / 1_000} s`, { retryable: true });
  const timer = new AbortController();
  doors.clock.delay(ms, timer.signal).then(
    () => limit.abort(late),
    () => undefined,
  );
  try {
    return await Promise.race([work(signal), promise]);
  } finally {
    timer.abort();
  }
}

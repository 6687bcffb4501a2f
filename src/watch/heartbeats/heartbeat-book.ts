import { createHmac } from "node:crypto";
import type { Clock } from "../../model/doors.ts";
import { afterPing, type Heartbeat, newHeartbeat, type Ping } from "../../model/heartbeat.ts";
import type { HeartbeatPolicy } from "../../model/watch-policy.ts";
import type { HeartbeatStore } from "../../store/heartbeat-store.ts";

/** What declared heartbeats have said, kept before it is confirmed. */
export interface HeartbeatBook {
  /** Undefined: no heartbeat has this key. */
  byKey(key: string): HeartbeatPolicy | undefined;
  /** Resolves when it is kept. */
  ping(name: string, ping: Ping): Promise<void>;
  get(name: string): Heartbeat | undefined;
  /** Path after "/beat/" that only those know who were told. */
  keyOf(name: string): string;
}

/** Pings that come together are one write. */
const GATHER_MS = 20;

export async function openHeartbeatBook(options: {
  readonly environment: string;
  readonly policies: readonly HeartbeatPolicy[];
  /** The store's own secret: keys follow from it, so that they are the same after a restart. */
  readonly salt: string;
  readonly store: HeartbeatStore;
  readonly clock: Clock;
}): Promise<HeartbeatBook> {
  const { environment, policies, salt, store, clock } = options;
  const kept = new Map((await store.list(environment)).map((each) => [each.name, each]));
  const now = clock.now();
  const missing = policies.filter(({ name }) => !kept.has(name)).map(({ name }) => newHeartbeat(name, now));
  await store.keep(environment, missing);
  for (const each of missing) kept.set(each.name, each);
  const keyOf = (name: string): string =>
    createHmac("sha256", salt).update(`heartbeat\n${environment}\n${name}`).digest("hex").slice(0, 32);
  const policyByKey = new Map(policies.map((policy) => [keyOf(policy.name), policy]));
  let changed = new Set<string>();
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    await clock.delay(GATHER_MS);
    writing = undefined;
    const names = changed;
    changed = new Set();
    await store.keep(
      environment,
      [...names].flatMap((name) => kept.get(name) ?? []),
    );
  }

  return {
    byKey: (key) => policyByKey.get(key),
    async ping(name, ping) {
      const heartbeat = kept.get(name);
      if (!heartbeat) return;
      kept.set(name, afterPing(heartbeat, ping));
      changed.add(name);
      writing ??= write();
      await writing;
    },
    get: (name) => kept.get(name),
    keyOf,
  };
}

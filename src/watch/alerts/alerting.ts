import type { Alert } from "../../model/alert.ts";
import type { AlertPolicy } from "../../model/alert-policy.ts";
import type { Doors } from "../../model/doors.ts";
import { formatDuration } from "../../model/duration.ts";
import { messageOf } from "../../model/errors.ts";
import type { AlertChange } from "../../model/incident.ts";
import type { DeployPolicy } from "../../model/launch.ts";
import type { Monitor, Reading, ReadingSink } from "../../model/monitor.ts";
import type { Secret } from "../../model/secret.ts";
import { startNotifier } from "../../notify/notifier.ts";
import type { Store } from "../../store/store.ts";
import { createClockWatch } from "../clock-watch.ts";
import { REOPEN_MS } from "../incidents/lifecycle.ts";
import { readCircumstances } from "./circumstances.ts";
import { createEvaluator } from "./evaluator.ts";
import type { Illness } from "./illness.ts";
import { stateFrom } from "./state.ts";

export interface AlertingSetting {
  readonly launch: string;
  readonly environment: string;
  readonly policy: AlertPolicy;
  readonly deploy: DeployPolicy;
  readonly monitors: readonly Monitor[];
  /** Components whose processes a deploy replaces. */
  readonly touched: readonly string[];
  readonly store: Pick<
    Store,
    "alerts" | "incidents" | "silences" | "deploys" | "releases" | "stops" | "outbox"
  >;
  readonly doors: Doors;
  /** Credentials of the channels, as they are now. */
  readonly variables: () => Promise<ReadonlyMap<string, Secret>>;
  /** Where people reach the dashboard and the status page. */
  readonly watchUrl?: string | undefined;
  readonly channelTimeoutMs?: number;
  /** For the log; each stretch of trouble is told once. */
  readonly onTrouble?: (text: string) => void;
}

/** Turns readings into transitions, incidents and messages, and sends these. */
export interface Alerting extends ReadingSink, AsyncDisposable {
  /** What keeps the watcher from telling up from down; undefined: nothing. */
  ill(illness: Illness | undefined): void;
  /** What is down now and believed, with the incident it is in. */
  firing(): readonly { readonly alert: Alert; readonly incident: string }[];
  /** Resolves when every reading taken so far was evaluated and kept. */
  settled(): Promise<void>;
}

/** More than a few minutes of readings of the largest watch; beyond it the oldest are forgotten. */
const MOST_READINGS = 200_000;
/** Readings that come together are one step. */
const GATHER_MS = 50;
const RETRY_MS = 1_000;
/** What others have written is looked up this often at most. */
const PREPARED_MS = 200;
const HOLDER = "daemon";

type Work = { readonly readings: readonly Reading[] } | { readonly illness: Illness | undefined };

export async function startAlerting(setting: AlertingSetting): Promise<Alerting> {
  const { environment, launch, policy, store, doors, watchUrl } = setting;
  const { clock } = doors;
  const kept = await store.alerts.load(environment);
  const incidents = await store.incidents.list(environment, { since: clock.now() - REOPEN_MS, limit: 500 });
  const { unreadable } = kept;
  if (unreadable.length > 0)
    setting.onTrouble?.(`what was kept of ${unreadable.join(", ")} cannot be read: it is begun anew`);
  const state = stateFrom({ ...kept, incidents });
  const ids: string[] = [];
  const evaluator = createEvaluator({
    head: { launch, environment, watchUrl },
    policy,
    monitors: setting.monitors,
    state,
    newIncidentId: () => {
      const id = ids.shift();
      if (id === undefined) throw new Error("no incident number was reserved");
      return id;
    },
    newKey: () => `msg_${doors.random.hex(12)}`,
  });
  const notifier = await startNotifier({
    ...setting,
    channels: policy.channels,
    outbox: store.outbox,
    holder: HOLDER,
    ...(setting.channelTimeoutMs !== undefined && { timeoutMs: setting.channelTimeoutMs }),
  });
  // The watcher's own trouble is an incident apart.
  const mostOpened = policy.grouping.by === "component" ? componentsOf(setting.monitors) + 1 : 2;
  const clockWatch = createClockWatch(clock);
  let preparedAt = Number.NEGATIVE_INFINITY;
  let queue: Work[] = [{ readings: [] }];
  let queued = 0;
  let bell = Promise.withResolvers<void>();
  let settled: PromiseWithResolvers<void>[] = [];
  let isStopping = false;
  bell.resolve();

  async function rest(): Promise<void> {
    const due = evaluator.dueAt();
    const timer = new AbortController();
    const now = clock.now();
    // What is due and could not be done, as for a silenced incident, is looked at again a little later.
    const pause = due === undefined ? undefined : due > now ? due - now : RETRY_MS;
    const turn = pause === undefined ? [] : [clock.delay(pause, timer.signal).catch(() => undefined)];
    await Promise.race([bell.promise, ...turn]);
    timer.abort();
    bell = Promise.withResolvers();
    if (!isStopping && queue.length > 0) await clock.delay(GATHER_MS);
  }

  async function step(): Promise<void> {
    await heedClock();
    const work = queue;
    queue = [];
    queued = 0;
    const asked = settled;
    settled = [];
    const isNews = work.some((each) => !("readings" in each) || each.readings.some(evaluator.isNews));
    if (isNews || evaluator.dueAt() !== undefined) await prepare();
    for (const each of work) {
      const now = clock.now();
      await keep("readings" in each ? evaluator.take(each.readings, now) : evaluator.ill(each.illness, now));
    }
    await keep(evaluator.tick(clock.now()));
    for (const each of asked) each.resolve();
  }

  async function heedClock(): Promise<void> {
    const jump = clockWatch.look();
    if (!jump) return;
    const { from, to } = jump;
    const way = to > from ? "forward" : "back";
    setting.onTrouble?.(`this machine's clock was put ${way} by ${formatDuration(Math.abs(to - from))}`);
    if (to > from) return;
    evaluator.clockWasPutBack(to);
    await patiently(() => store.outbox.hurry(environment, to));
    notifier.wake();
  }

  /** Numbers for the incidents a step may open, and what others have written meanwhile. */
  async function prepare(): Promise<void> {
    if (clock.monotonicMs() - preparedAt < PREPARED_MS && ids.length >= mostOpened) return;
    await patiently(async () => {
      while (ids.length < mostOpened) ids.push(await store.alerts.reserveIncident(environment));
      const { deploy, touched } = setting;
      const now = clock.now();
      evaluator.notice(await readCircumstances({ store, environment, policy: deploy, touched, now }));
      preparedAt = clock.monotonicMs();
    });
  }

  async function keep(change: AlertChange | undefined): Promise<void> {
    if (!change) return;
    await patiently(() => store.alerts.commit(change));
    if (change.messages.length > 0) notifier.wake();
  }

  /** A full disk or a locked store is waited for: a change that was decided on is never dropped. */
  async function patiently(work: () => Promise<void>): Promise<void> {
    for (let isTold = false; ; isTold = true) {
      try {
        return await work();
      } catch (thrown) {
        if (isStopping) throw thrown;
        if (!isTold) setting.onTrouble?.(`alerts cannot be kept: ${messageOf(thrown)}`);
        await clock.delay(RETRY_MS);
      }
    }
  }

  async function run(): Promise<void> {
    await keep(evaluator.begin(clock.now()));
    while (!isStopping || queue.length > 0) {
      await rest();
      await step();
    }
  }

  const running = run();
  const add = (work: Work) => {
    queue.push(work);
    bell.resolve();
  };
  return {
    take(readings) {
      queued += readings.length;
      while (queued > MOST_READINGS && queue.length > 0) {
        const dropped = queue.shift();
        queued -= dropped && "readings" in dropped ? dropped.readings.length : 0;
      }
      add({ readings });
    },
    ill: (illness) => add({ illness }),
    firing: () =>
      [...state.groups.values()].flatMap(({ alerts, incident }) =>
        alerts.filter((each) => each.resolvedAt === undefined).map((alert) => ({ alert, incident })),
      ),
    settled() {
      const asked = Promise.withResolvers<void>();
      settled.push(asked);
      bell.resolve();
      return asked.promise;
    },
    async [Symbol.asyncDispose]() {
      isStopping = true;
      bell.resolve();
      await running;
      await notifier[Symbol.asyncDispose]();
    },
  };
}

function componentsOf(monitors: readonly Monitor[]): number {
  return new Set(monitors.map(({ component }) => component)).size;
}

import type { DeployScene } from "../../deploy/scene.ts";
import type { Monitor, Reading, ReadingSink } from "../../model/monitor.ts";
import type { MeasurementStore } from "../../store/measurements/measurement-store.ts";
import type { Task } from "../schedule/scheduler.ts";
import { type Burn, burnOf, FAST, leftOf, SLOW, suddenWindows } from "./burn.ts";
import { type Counts, createLedger, type Ledger } from "./ledger.ts";
import { type Objective, objectivesOf } from "./objectives.ts";
import { rollbackMonitor, rollbackReading } from "./rollback-promise.ts";
import { thresholdMonitor, thresholdObjective, thresholdReading } from "./thresholds.ts";
import { createTrafficWatch, TRAFFIC_MONITORS } from "./traffic-watch.ts";

/** How a promise stands. Shares are 0..1. */
export interface PromiseStanding {
  readonly id: string;
  readonly title: string;
  readonly windowMs: number;
  readonly total: number;
  readonly bad: number;
  readonly mayBeBad: number;
  /** Below 0 when more was spent than there was. */
  readonly budgetLeft: number;
  readonly burnsFast: number;
  readonly burnsSlowly: number;
}

/** Counts what was promised and says when a budget is being spent too fast. */
export interface PromiseKeeper extends ReadingSink {
  readonly monitors: readonly Monitor[];
  readonly tasks: readonly Task[];
  standing(): PromiseStanding[];
}

/** What is counted of an objective, and the monitors that judge it. */
interface Kept {
  readonly objective: Objective;
  readonly ledger: Ledger;
  readonly monitors: readonly { readonly monitor: Monitor; judge(now: number): Burn }[];
}

const TRAFFIC_EVERY_MS = 10_000;
const BURN_EVERY_MS = 20_000;
const ROLLBACK_EVERY_MS = 60_000;

export async function openPromises(request: {
  readonly scene: DeployScene;
  readonly measurements: MeasurementStore;
  /** Monitors whose answers are what availability is counted by. */
  readonly answering: readonly Monitor[];
  readonly hand: (readings: readonly Reading[]) => void;
  readonly live: () => string | undefined;
  readonly signal: AbortSignal;
}): Promise<PromiseKeeper> {
  const { scene, measurements, answering, hand, live, signal } = request;
  const { launch, environment, doors, target, store } = scene;
  const { clock } = doors;
  const promised = objectivesOf(launch.promises).map((objective): Kept => {
    const ledger = createLedger();
    const judging = (speed: "fast" | "slow", windows: typeof FAST) => ({
      monitor: burnMonitor(objective, speed, answering),
      judge: (now: number) => burnOf(objective, { ledger, now, windows }),
    });
    return { objective, ledger, monitors: [judging("fast", fastWindows(objective)), judging("slow", SLOW)] };
  });
  const thresholds = launch.alerts.thresholds.map((threshold): Kept => {
    const [objective, ledger] = [thresholdObjective(threshold), createLedger()];
    const monitor = thresholdMonitor(objective, dependenciesOf(answering));
    return {
      objective,
      ledger,
      monitors: [{ monitor, judge: (now) => thresholdReading(objective, ledger, now) }],
    };
  });
  const kept = [...promised, ...thresholds];
  const isAnswering = new Set(answering.map(({ id }) => id));
  const slower = kept.flatMap(({ objective: { id, counts } }) =>
    counts.of === "slower" ? [{ id, thanMs: counts.thanMs }] : [],
  );
  const traffic = createTrafficWatch({ target, clock, slower, signal });
  const rollbackMs = launch.promises.rollbackMs;

  /** One reading more of a series that some promises are counted by. */
  function count({ monitor, at, state, value = 0 }: Reading): void {
    for (const { objective, ledger } of kept) {
      const { counts } = objective;
      if (counts.of === "probes" || isAnswering.has(monitor)) {
        const asked = isAnswering.has(monitor) ? askedOf(counts, { state, value }) : undefined;
        if (asked) ledger.add(at, asked);
      } else if (monitor === TRAFFIC_MONITORS.requests.id) ledger.add(at, { total: value, bad: 0 });
      else if (monitor === badSeries(objective)) ledger.add(at, { total: 0, bad: value });
    }
  }

  function judge(): void {
    const at = clock.now();
    const release = live();
    hand(
      kept.flatMap(({ monitors }) =>
        monitors.map(({ monitor, judge }): Reading => {
          const { state, detail, rate } = judge(at);
          return {
            monitor: monitor.id,
            at,
            state,
            detail,
            tookMs: 0,
            release,
            value: Number(rate.toPrecision(4)),
          };
        }),
      ),
    );
  }

  await restore(kept, { measurements, answering, now: clock.now() });
  return {
    monitors: [
      ...Object.values(TRAFFIC_MONITORS),
      ...slower.map(({ id }) => slowMonitor(id)),
      ...kept.flatMap(({ monitors }) => monitors.map(({ monitor }) => monitor)),
      ...(rollbackMs === undefined ? [] : [rollbackMonitor(rollbackMs)]),
    ],
    tasks: [
      { id: "traffic", everyMs: TRAFFIC_EVERY_MS, run: async () => hand(await traffic.look()) },
      { id: "burn rates", everyMs: BURN_EVERY_MS, run: async () => judge() },
      ...(rollbackMs === undefined
        ? []
        : [
            {
              id: "rollbacks",
              everyMs: ROLLBACK_EVERY_MS,
              run: async () =>
                hand(await rollbackReading({ store, clock, environment: environment.name, rollbackMs })),
            },
          ]),
    ],
    take: (readings) => readings.forEach(count),
    standing() {
      const now = clock.now();
      return promised.map(({ objective, ledger }) => {
        const { id, title, windowMs, mayBeBad } = objective;
        const { total, bad, left } = leftOf(objective, ledger, now);
        const rateOf = (windows: typeof FAST): number => burnOf(objective, { ledger, now, windows }).rate;
        return {
          id,
          title,
          windowMs,
          mayBeBad,
          total,
          bad,
          budgetLeft: left,
          burnsFast: rateOf(FAST),
          burnsSlowly: rateOf(SLOW),
        };
      });
    },
  };
}

const PROMISE = "promise";

function fastWindows(objective: Objective): typeof FAST {
  return objective.counts.of === "slower" ? [...FAST, suddenWindows(objective)] : FAST;
}

function burnMonitor(objective: Objective, speed: "fast" | "slow", answering: readonly Monitor[]): Monitor {
  return {
    id: `${PROMISE}/${objective.id}.${speed}`,
    component: PROMISE,
    check: undefined,
    title: objective.title,
    consequence:
      speed === "fast"
        ? "The promise will be broken within days: somebody has to look now."
        : "The promise will be broken before its time is over.",
    fix: "see which requests are bad: the monitors that are down, then gonogo logs",
    severity: speed === "fast" ? "P1" : "P2",
    every: "20s",
    dependsOn: dependenciesOf(answering),
    confirm: { failures: 1, successes: 1 },
  };
}

/** When what answers is down, that requests fail is no news. */
function dependenciesOf(answering: readonly Monitor[]): string[] {
  return [...new Set(answering.flatMap(({ component, dependsOn }) => [component, ...dependsOn]))];
}

function slowMonitor(id: string): Monitor {
  return {
    ...TRAFFIC_MONITORS.failed,
    id: `edge/slower.${id}`,
    title: `Requests slower than ${id} lets them be, in 10 s`,
  };
}

/** What one question of the watcher's own counts for a promise; slowness can be seen where no user is. */
function askedOf(
  counts: Objective["counts"],
  { state, value }: { state: Reading["state"]; value: number },
): Counts | undefined {
  if (state === "unknown" || counts.of === "failed") return undefined;
  if (counts.of === "probes") return { total: 1, bad: state === "down" ? 1 : 0 };
  return state === "down" ? undefined : { total: 1, bad: value > counts.thanMs ? 1 : 0 };
}

/** The series whose values are what is bad of a promise about requests. */
function badSeries({ id, counts }: Objective): string {
  return counts.of === "slower" ? `edge/slower.${id}` : TRAFFIC_MONITORS.failed.id;
}

const MINUTES_BACK_MS = 3 * 86_400_000 + 120_000;
const HOUR_MS = 3_600_000;

/** What was counted before this process began. */
async function restore(
  kept: readonly Kept[],
  {
    measurements,
    answering,
    now,
  }: { measurements: MeasurementStore; answering: readonly Monitor[]; now: number },
): Promise<void> {
  const firstMinute = now - MINUTES_BACK_MS;
  // Hours that the minutes below reach into are counted by those.
  const hoursUntil = firstMinute - (firstMinute % HOUR_MS);
  for (const { objective, ledger } of kept) {
    const isProbes = objective.counts.of === "probes";
    const bads = isProbes ? [] : [badSeries(objective)];
    const totals = isProbes ? answering.map(({ id }) => id) : [TRAFFIC_MONITORS.requests.id];
    for (const monitor of [...totals, ...bads]) {
      const countsOf = (sum: { up: number; down: number; total: number | undefined }) => {
        if (isProbes) return { total: sum.up + sum.down, bad: sum.down };
        return bads.includes(monitor) ? { total: 0, bad: sum.total ?? 0 } : { total: sum.total ?? 0, bad: 0 };
      };
      const hours = await measurements.sums({
        monitor,
        step: "hour",
        from: hoursUntil - objective.windowMs,
        until: hoursUntil,
      });
      for (const sum of hours) ledger.addHour(sum.at, countsOf(sum));
      const minutes = await measurements.sums({ monitor, step: "minute", from: hoursUntil, until: now + 1 });
      for (const sum of minutes) ledger.add(sum.at, countsOf(sum));
    }
  }
}

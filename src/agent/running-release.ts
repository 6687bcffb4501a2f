import { stat } from "node:fs/promises";
import { join } from "node:path";
import { createMask } from "../model/masking.ts";
import type { Process } from "../model/process.ts";
import { quantity } from "../model/quantity.ts";
import type { Edge, Route, RoutedRelease } from "./edge/edge.ts";
import { guessCause } from "./instances/cause.ts";
import type { HealthAnswer } from "./instances/health-probe.ts";
import { createInstance, type Ground, type Instance, type InstanceRecord } from "./instances/instance.ts";
import { type Place, planInstance } from "./instances/instance-plan.ts";
import { listeningPorts } from "./instances/listening-ports.ts";
import { lastLines } from "./instances/log-file.ts";
import { treeOf } from "./instances/process-table.ts";
import { steadyLimitMs } from "./instances/steady-answer.ts";
import type { ReleaseOnWire, StagingFailure } from "./protocol.ts";

/** Thrown by the gate. */
export class NotReady extends Error {
  readonly failure: StagingFailure;
  constructor(failure: StagingFailure) {
    super(failure.what);
    this.failure = failure;
  }
}

/** The processes of one release that run on this machine. */
export interface RunningRelease {
  readonly release: ReleaseOnWire;
  instances(): readonly Instance[];
  /** Everything but schedules; takes charge of what an earlier agent started. */
  start(records: ReadonlyMap<string, InstanceRecord>, options: { workers: boolean }): void;
  /** A warm release answers, but does no work of its own. */
  stopWorkers(): Promise<void>;
  /** Once those of an earlier time are gone. */
  startWorkers(): void;
  /** Instances that are not ready. */
  waitingFor(): readonly string[];
  /** Web processes of which no instance is ready. */
  silent(): readonly string[];
  /** Resolves when every instance is ready; throws NotReady at the first that cannot be. */
  gate(since: number, signal: AbortSignal): Promise<void>;
  routed(): RoutedRelease;
  stop(): Promise<void>;
}

interface Surroundings extends Place {
  readonly ground: Ground;
  readonly edge: Pick<Edge, "quiet">;
  onChange(): void;
}

const GATE_POLL_MS = 20;
const LOG_LINES = 50;
const FAILURES_ALLOWED = 2;
const WITHOUT_HEALTH_MS = 60_000;

export function runRelease(release: ReleaseOnWire, surroundings: Surroundings): RunningRelease {
  const { ground, edge } = surroundings;
  const { clock } = ground;
  let instances: Instance[] = [];
  let leaving: Instance[] = [];
  let left: Promise<unknown> = Promise.resolve();
  let workersWanted = false;

  function create(process: Process): Instance[] {
    return Array.from({ length: process.instances }, (_, index) => {
      const callbacks = {
        onChange: surroundings.onChange,
        drain: (port: number, limitMs: number) => edge.quiet(release.id, port, limitMs),
      };
      return createInstance(planInstance({ ...surroundings, release, process, index }, callbacks), ground);
    });
  }

  function startAll(kinds: readonly Process["kind"][], records: ReadonlyMap<string, InstanceRecord>): void {
    const started = release.processes.filter(({ kind }) => kinds.includes(kind)).flatMap(create);
    instances.push(...started);
    for (const instance of started) instance.start(records.get(instance.plan.key));
  }

  const workers = (): Instance[] =>
    instances.filter(({ plan }) => kindOf(release, plan.process) === "worker");

  async function describe(instance: Instance, what: string): Promise<StagingFailure> {
    const { plan } = instance;
    const { pid, port, lastExit } = instance.status();
    const mask = createMask(release.variables);
    const logLines = (await lastLines(plan.logFile, LOG_LINES)).map((line) => mask(line));
    const lastProbe = maskProbe(instance.lastProbe(), mask);
    const process = release.processes.find(({ name }) => name === plan.process);
    const clues = {
      start: process?.start ?? "",
      port,
      healthPath: process?.health?.path,
      lastProbe,
      exit: lastExit,
      logLines,
      listening: pid === undefined ? [] : listeningPorts(treeOf(pid)),
      variableNames: Object.keys(release.variables),
      heartbeatFile: plan.readiness.by === "heartbeat" ? plan.readiness.file : undefined,
    };
    return {
      release: release.id,
      process: plan.process,
      index: plan.index,
      what,
      lastProbe,
      exit: lastExit && { code: lastExit.code, signal: lastExit.signal },
      logLines,
      cause: guessCause(clues),
    };
  }

  async function findBroken(since: number): Promise<StagingFailure | undefined> {
    for (const instance of instances) {
      const limitMs = startLimitOf(release, instance.plan.process);
      if (instance.failures() > FAILURES_ALLOWED) {
        return await describe(instance, `ended ${quantity(instance.failures(), "time")} while starting`);
      }
      const refusedMs = instance.refusedMs();
      if (refusedMs >= steadyLimitMs(limitMs)) {
        return await describe(instance, refusedAs(instance.lastProbe(), refusedMs));
      }
      if (instance.status().state !== "ready" && clock.now() - since >= limitMs) {
        return await describe(instance, `was not ready within ${limitMs} ms`);
      }
    }
    return undefined;
  }

  async function findMissingSite(): Promise<StagingFailure | undefined> {
    for (const { name, site } of release.processes) {
      if (!site) continue;
      const path = join(release.directory, site.directory);
      if ((await stat(path).catch(() => undefined))?.isDirectory()) continue;
      return {
        release: release.id,
        process: name,
        index: 0,
        what: `there is no directory ${site.directory} in the release`,
        lastProbe: undefined,
        exit: undefined,
        logLines: [],
        cause: "the build did not write it, or writes it elsewhere",
      };
    }
    return undefined;
  }

  const waitingFor = (): string[] =>
    instances
      .filter((each) => each.status().state !== "ready")
      .map(({ plan }) => `${plan.process}.${plan.index}`);

  return {
    release,
    instances: () => [...instances, ...leaving],
    start(records, options) {
      workersWanted = options.workers;
      startAll(workersWanted ? ["web", "worker"] : ["web"], records);
    },
    startWorkers() {
      workersWanted = true;
      void left.then(() => {
        if (workersWanted && workers().length === 0) startAll(["worker"], new Map());
      });
    },
    async stopWorkers() {
      workersWanted = false;
      leaving = [...leaving, ...workers()];
      instances = instances.filter((each) => !leaving.includes(each));
      left = Promise.all(leaving.map((each) => each.stop())).then(() => {
        leaving = [];
      });
      await left;
    },
    waitingFor,
    silent: () =>
      release.processes
        .filter(({ kind }) => kind === "web")
        .map(({ name }) => name)
        .filter(
          (name) => !instances.some((each) => each.plan.process === name && each.status().state === "ready"),
        ),
    async gate(since, signal) {
      const missing = await findMissingSite();
      if (missing) throw new NotReady(missing);
      while (waitingFor().length > 0) {
        const broken = await findBroken(since);
        if (broken) throw new NotReady(broken);
        await clock.delay(GATE_POLL_MS, signal);
      }
    },
    routed: () => ({
      id: release.id,
      routes: release.processes.flatMap((each) => routesOf(release, each, instances)),
    }),
    async stop() {
      workersWanted = false;
      await Promise.all([...instances, ...leaving].map((each) => each.stop()));
    },
  };
}

function maskProbe(
  probe: HealthAnswer | undefined,
  mask: (text: string) => string,
): HealthAnswer | undefined {
  return probe && { ...probe, body: mask(probe.body), location: probe.location && mask(probe.location) };
}

function routesOf(release: ReleaseOnWire, process: Process, instances: readonly Instance[]): Route[] {
  const { site, routes } = process;
  if (site) {
    const directory = join(release.directory, site.directory);
    const { fallback, headers } = site;
    return routes.map((route) => ({ ...route, site: { directory, fallback, ...(headers && { headers }) } }));
  }
  if (process.kind !== "web") return [];
  const mine = instances.filter(({ plan }) => plan.process === process.name).map((each) => each.status());
  const anyReady = mine.some(({ state }) => state === "ready");
  const upstreams = mine.flatMap(({ port, state }) => {
    if (port === undefined || state === "backing off" || state === "stopped") return [];
    // An unwell instance is better than none: its health page is not all it serves.
    return [{ port, ready: state === "ready" || (state === "unhealthy" && !anyReady) }];
  });
  return routes.map((route) => ({ ...route, upstreams }));
}

function refusedAs(probe: HealthAnswer | undefined, forMs: number): string {
  const path = probe ? new URL(probe.url).pathname : "its health path";
  return `has answered ${path} with ${probe?.status} for ${Math.round(forMs / 1_000)} s: waiting longer changes nothing`;
}

function startLimitOf(release: ReleaseOnWire, name: string): number {
  return release.processes.find((each) => each.name === name)?.health?.startTimeoutMs ?? WITHOUT_HEALTH_MS;
}

function kindOf(release: ReleaseOnWire, name: string): Process["kind"] | undefined {
  return release.processes.find((each) => each.name === name)?.kind;
}

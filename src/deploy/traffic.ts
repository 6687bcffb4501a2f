import { OutsideError } from "../model/errors.ts";
import type { Release } from "../model/release.ts";
import type { Address } from "../model/subject.ts";
import { processesOf } from "./commands.ts";
import { evaluate, expectGo } from "./evaluate.ts";
import { forProcesses } from "./handed-values.ts";
import type { Journal } from "./journal.ts";
import { type Prober, startProber } from "./prober.ts";
import type { DeployRun, Ready } from "./run.ts";
import { smoke } from "./smoke.ts";

const UNDO_LIMIT_MS = 60_000;

/** Where the new release answers users. */
export interface Switched {
  /** Runs from just before the switch until the bake is over. */
  readonly prober: Prober;
  readonly address: Address;
}

/** Starts the new release beside the old one; taken back by stopping it. */
export async function stage(run: DeployRun, ready: Ready, journal: Journal): Promise<Address> {
  const { launch, target, lease } = run;
  const processes = processesOf(launch);
  const timeoutMs = 5_000 + Math.max(60_000, ...processes.map((each) => each.health?.startTimeoutMs ?? 0));
  return await journal.step(
    "stage",
    {
      timeoutMs,
      putsBackMs: UNDO_LIMIT_MS,
      undo: () => takeDown(run, ready),
      detail: (address) => ({ address: address.url }),
    },
    async (signal) => {
      const { release, directory } = ready;
      const variables = forProcesses(ready.variables);
      const spec = { id: release.id, commit: release.commit, directory, variables, processes };
      try {
        return await target.stage(lease, spec, signal);
      } catch (thrown) {
        await takeDown(run, ready);
        throw thrown;
      }
    },
  );
}

async function takeDown({ target, lease }: DeployRun, { release }: Ready): Promise<void> {
  const signal = AbortSignal.timeout(UNDO_LIMIT_MS);
  const { live, warm, releases } = await target.status(signal);
  if (live === release.id)
    throw new OutsideError(`${release.id} is the only release there is; it stays live`);
  if (warm?.release === release.id) await target.retire(lease, release.id, 0, signal);
  else if (releases.includes(release.id)) await target.discard(lease, release.id, signal);
}

/** Asks the staged release everything users and the checklist will ask, before any user does. */
export async function verify(
  run: DeployRun,
  options: { ready: Ready; staged: Address; limit: AbortSignal },
): Promise<void> {
  const { ready, staged, limit } = options;
  await smoke(run.launch.deploy.smoke, { staged, doors: run.doors, signal: limit });
  run.found.evaluation = await evaluate(run, {
    variables: ready.variables,
    release: ready.release,
    address: staged,
    reach: ["schema", "application"],
    earlier: run.found.evaluation,
    signal: limit,
  });
  expectGo(run.found.evaluation, `the staged ${ready.release.id}`);
}

/** Moves traffic, under the eyes of the prober, and asks the public address which release answers. */
export async function switchOver(
  run: DeployRun,
  { release, journal }: { release: Release; journal: Journal },
): Promise<Switched> {
  const { target, lease, doors, before, found } = run;
  return await journal.step(
    "switch",
    {
      timeoutMs: 30_000,
      putsBackMs: UNDO_LIMIT_MS,
      detail: () => ({ switchedInMs: found.switchedInMs }),
      undo: async ({ prober }) => {
        await switchBack(run, prober);
        if (!before) throw new OutsideError("there is no earlier release to go back to");
      },
    },
    async (signal) => {
      const { address } = await target.status(signal);
      if (address === undefined) throw new OutsideError("the target gave no public address");
      // Before the first release there is nobody to disturb, and every probe would fail.
      const early = before ? startProber({ doors, address, paths: probePaths(run) }) : undefined;
      try {
        const { tookMs } = await target.switchTo(lease, release.id, signal);
        found.switchedInMs = tookMs;
        await confirmRelease(run, { address, release: release.id, signal });
      } catch (thrown) {
        await switchBack(run, early);
        throw thrown;
      }
      return { prober: early ?? startProber({ doors, address, paths: probePaths(run) }), address };
    },
  );
}

async function switchBack(
  { target, lease, before, found }: DeployRun,
  prober: Prober | undefined,
): Promise<void> {
  try {
    if (before) await target.switchTo(lease, before.id, AbortSignal.timeout(UNDO_LIMIT_MS));
  } finally {
    found.downtime = await prober?.stop();
  }
}

function probePaths({ launch }: DeployRun): string[] {
  const { smoke } = launch.deploy;
  const health = processesOf(launch).flatMap((each) =>
    each.kind === "web" && each.health ? [each.health.path] : [],
  );
  return [...new Set([...health, ...smoke, ...(health.length + smoke.length === 0 ? ["/"] : [])])];
}

async function confirmRelease(
  { doors, launch }: DeployRun,
  options: { address: Address; release: string; signal: AbortSignal },
): Promise<void> {
  const { address, release, signal } = options;
  const path = processesOf(launch).find((each) => each.health)?.health?.path ?? "/";
  const response = await doors.http.send({
    url: `${address.url}${path}`,
    fresh: true,
    signal,
    ...(address.ca !== undefined && { ca: address.ca }),
  });
  const answers = response.headerLines.find(([name]) => name.toLowerCase() === "x-gonogo-release")?.[1];
  if (answers !== release) {
    throw new OutsideError(
      `${address.url} is answered by ${answers ?? "no named release"}, not by ${release}`,
    );
  }
}

/** The old release stays warm for a while, then the target drains and stops it by itself. */
export async function retire(run: DeployRun, { release }: Ready, signal: AbortSignal): Promise<void> {
  const { target, lease, launch, before, store, environment } = run;
  if (before) await target.retire(lease, before.id, launch.deploy.warmMs, signal);
  const kept = (await store.releases.list(environment.name, 100))
    .filter((each) => each.state === "replaced" || each.state === "live")
    .slice(0, launch.deploy.keep)
    .map((each) => each.id);
  await target.prune(lease, [...new Set([release.id, ...(before ? [before.id] : []), ...kept])], signal);
}

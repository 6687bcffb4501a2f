import { OutsideError } from "../model/errors.ts";
import type { Release } from "../model/release.ts";
import type { Secret } from "../model/secret.ts";
import type { Address } from "../model/subject.ts";
import type { Variables } from "../model/variable.ts";
import { bake } from "./bake.ts";
import { answerTrigger, askedBy } from "./bake-triggers.ts";
import { processesOf } from "./commands.ts";
import { evaluate, expectGo, noGo } from "./evaluate.ts";
import type { Journal } from "./journal.ts";
import { type Prober, startProber } from "./prober.ts";
import type { DeployRun, HeldFinding, Ready } from "./run.ts";
import { isUselessAgain, stillDown } from "./second-thoughts.ts";
import { smoke } from "./smoke.ts";

const UNDO_LIMIT_MS = 60_000;

/** The prober that runs from just before the switch until the bake is over. */
export interface Watch {
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
    { timeoutMs, undo: () => takeDown(run, ready), detail: (address) => ({ address: address.url }) },
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

/** What the application's processes get: everything but what only commands may have. */
export function forProcesses({ declared, values }: Variables): Map<string, Secret> {
  const kept = new Set(declared.filter((each) => each.readBy).map((each) => each.name));
  return new Map([...values].flatMap(([name, { value }]) => (kept.has(name) ? [] : [[name, value]])));
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
): Promise<Watch> {
  const { target, lease, doors, before, found } = run;
  return await journal.step(
    "switch",
    {
      timeoutMs: 30_000,
      detail: () => ({ switchedInMs: found.switchedInMs }),
      undo: async ({ prober }) => {
        try {
          if (before) await target.switchTo(lease, before.id, AbortSignal.timeout(UNDO_LIMIT_MS));
        } finally {
          found.downtime = await prober.stop();
        }
      },
    },
    async (signal) => {
      const { address } = await target.status(signal);
      if (address === undefined) throw new OutsideError("the target tells no public address");
      // Before the first release there is nobody to disturb, and every probe would fail.
      const early = before ? startProber({ doors, address, paths: probePaths(run) }) : undefined;
      try {
        const { tookMs } = await target.switchTo(lease, release.id, signal);
        found.switchedInMs = tookMs;
        await confirmRelease(run, { address, release: release.id, signal });
      } catch (thrown) {
        try {
          if (before) await target.switchTo(lease, before.id, AbortSignal.timeout(UNDO_LIMIT_MS));
        } finally {
          found.downtime = await early?.stop();
        }
        throw thrown;
      }
      return { prober: early ?? startProber({ doors, address, paths: probePaths(run) }), address };
    },
  );
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

/** Watches the new release; a breach ends the deploy, and with that goes back, unless the policy holds. */
export async function bakeStep(
  run: DeployRun,
  options: { ready: Ready; watch: Watch; journal: Journal },
): Promise<void> {
  const { launch, doors, target, found, before } = run;
  const { ready, watch, journal } = options;
  const { bakeMs } = launch.deploy;
  await journal.step(
    "bake",
    {
      timeoutMs: bakeMs + 5 * UNDO_LIMIT_MS,
      detail: () => ({ state: found.bake?.state, ...found.downtime }),
    },
    async (signal) => {
      const startedAt = doors.clock.now();
      found.bake = await bake({
        doors,
        target,
        prober: watch.prober,
        release: ready.release.id,
        before: before?.id,
        promises: launch.promises,
        triggers: launch.deploy.rollbackOn,
        ...asking(run, { ready, address: watch.address }),
        bakeMs,
        signal,
      });
      if (found.bake.state === "bad") await decide(run, found.bake.reason, watch);
      if (found.bake.state === "no data")
        hold(run, { reason: found.bake.reason, why: NO_DATA, severity: "P2" });
      // Only now: checks provoke errors on purpose, which must not be held against the release that is watched.
      found.evaluation = await evaluate(run, {
        variables: ready.variables,
        release: ready.release,
        address: watch.address,
        reach: ["application"],
        access: ["read"],
        earlier: found.evaluation,
        signal,
      });
      if (!found.evaluation.verdict.go)
        await decide(run, noGo(found.evaluation, `the live ${ready.release.id}`), watch);
      const red = await stillDown(run, {
        touched: processesOf(launch).map(({ name }) => name),
        since: startedAt,
      });
      if (red !== undefined) await decide(run, red, watch);
      found.downtime = await watch.prober.stop();
    },
  );
}

/** Asks the checks that triggers name, as the bake goes on. */
function asking(
  run: DeployRun,
  { ready, address }: { ready: Ready; address: Address },
): { askTriggers?: (signal: AbortSignal) => Promise<string | undefined> } {
  const { rollbackOn } = run.launch.deploy;
  const only = askedBy(rollbackOn);
  if (only.length === 0) return {};
  const { variables, release } = ready;
  const asked = { variables, release, address, only, reach: ["application"], access: ["read"] } as const;
  return {
    askTriggers: async (signal) => {
      const { answers } = await evaluate(run, { ...asked, signal });
      return answerTrigger(rollbackOn, answers);
    },
  };
}

/** Never sent back for that, and never taken for good: somebody has to look. */
const NO_DATA = "whether it is good could not be told";

/** What becomes of a release that went bad after the switch: throws unless it may stay. */
async function decide(run: DeployRun, reason: string, { prober }: Watch): Promise<void> {
  const { launch, keep, found, before } = run;
  const { onBadBake } = launch.deploy;
  const { previous, verdict } = found.release?.rehearsal ?? {};
  const stays = (why: string): void => hold(run, { reason, why, severity: "P1" });
  if (verdict === "restore needed") return stays(`${previous} does not run on the migrated schema`);
  if (onBadBake === "hold") return stays('the policy is "hold"');
  const answer = onBadBake === "ask" ? await keep?.(reason) : false;
  if (answer === undefined) return stays('the policy is "ask", and nobody was there to be asked');
  if (!answer) {
    const isUseless = onBadBake === "rollback" && (await isUselessAgain(run, prober.since(0)));
    if (!isUseless) throw new OutsideError(reason);
    return stays(`the deploy before went back too, and ${before?.id} does no better`);
  }
  found.told.push(`kept although ${reason}: somebody said so`);
}

/** Nobody has decided that it stays: that is asked when all else is done. */
function hold({ found, doors }: DeployRun, finding: Omit<HeldFinding, "at">): void {
  found.told.push(`kept although ${finding.reason}: ${finding.why}`);
  found.held ??= { ...finding, at: doors.clock.now() };
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

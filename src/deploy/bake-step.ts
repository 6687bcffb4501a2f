import { OutsideError } from "../model/errors.ts";
import type { Address } from "../model/subject.ts";
import { bake } from "./bake.ts";
import { answerTrigger, askedBy } from "./bake-triggers.ts";
import { processesOf } from "./commands.ts";
import { evaluate, noGo } from "./evaluate.ts";
import type { Journal } from "./journal.ts";
import type { DeployRun, HeldFinding, Ready } from "./run.ts";
import { isUselessAgain, stillDown } from "./second-thoughts.ts";
import type { Switched } from "./traffic.ts";

/** What is asked once the time of watching is over takes some, too. */
const AROUND_MS = 300_000;

/** Watches the new release; a breach ends the deploy, and with that goes back, unless the policy holds. */
export async function bakeStep(
  run: DeployRun,
  options: { ready: Ready; switched: Switched; journal: Journal },
): Promise<void> {
  const { launch, doors, target, found, before } = run;
  const { ready, switched, journal } = options;
  const { bakeMs } = launch.deploy;
  await journal.step(
    "bake",
    {
      timeoutMs: bakeMs + AROUND_MS,
      detail: () => ({ state: found.bake?.state, ...found.downtime }),
    },
    async (signal) => {
      const startedAt = doors.clock.now();
      found.bake = await bake({
        doors,
        target,
        prober: switched.prober,
        release: ready.release.id,
        before: before?.id,
        promises: launch.promises,
        triggers: launch.deploy.rollbackOn,
        ...asking(run, { ready, address: switched.address }),
        bakeMs,
        signal,
      });
      if (found.bake.state === "bad") await decide(run, found.bake.reason, switched);
      if (found.bake.state === "no data")
        hold(run, { reason: found.bake.reason, why: NO_DATA, severity: "P2" });
      // Only now: checks provoke errors on purpose, which must not be held against the release that is watched.
      found.evaluation = await evaluate(run, {
        variables: ready.variables,
        release: ready.release,
        address: switched.address,
        reach: ["application"],
        access: ["read"],
        earlier: found.evaluation,
        signal,
      });
      if (!found.evaluation.verdict.go)
        await decide(run, noGo(found.evaluation, `the live ${ready.release.id}`), switched);
      const red = await stillDown(run, {
        touched: processesOf(launch).map(({ name }) => name),
        since: startedAt,
      });
      if (red !== undefined) await decide(run, red, switched);
      found.downtime = await switched.prober.stop();
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

/** No reason to go back, and no proof that it is good: a person has to look. */
const NO_DATA = "whether it is good could not be told";

/** What becomes of a release that went bad after the switch: throws unless it may stay. */
async function decide(run: DeployRun, reason: string, { prober }: Switched): Promise<void> {
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

import type { DeployScene } from "../deploy/scene.ts";
import type { Doors } from "../model/doors.ts";
import type { Reading } from "../model/monitor.ts";
import type { LightHttp } from "../system/light-http.ts";
import { askRound } from "./checks/check-round.ts";
import type { EvidenceKeeper } from "./checks/evidence-keeper.ts";
import type { CheckRound, ProbeMonitor } from "./monitors/monitors.ts";
import { isOwnTrouble, type OwnHealth } from "./own-health.ts";
import { askProbe, farHostOf } from "./probes/ask-probe.ts";
import { cannotTell, down, type ProbeGround, type Sighting } from "./probes/sighting.ts";
import { type Surroundings, type SurroundingsKeeper, unseen } from "./surroundings.ts";

/** Asks one question and gives its readings. Never rejects; nothing where nothing was ever deployed, or somebody stopped it. */
export interface Asking {
  probe(monitor: ProbeMonitor): Promise<Reading[]>;
  round(round: CheckRound): Promise<Reading[]>;
}

export function createAsking(request: {
  readonly scene: DeployScene;
  readonly http: LightHttp;
  readonly health: OwnHealth;
  readonly surroundings: SurroundingsKeeper;
  readonly evidence: EvidenceKeeper;
  /** Whether the last that was said of a monitor is something else than that all is well. */
  readonly isTroubled: (monitor: string) => boolean;
  readonly signal: AbortSignal;
}): Asking {
  const { scene, http, health, surroundings, evidence, isTroubled, signal } = request;
  const doors: Doors = scene.doors;

  async function lookAt(
    { probe }: ProbeMonitor,
    around: Surroundings,
  ): Promise<{ seen: Sighting; far: string | undefined }> {
    const { address, variables } = around;
    const ground: ProbeGround = {
      doors,
      http,
      address,
      variables,
      signal,
      host: () => scene.target.host(signal),
    };
    if (!address) return { seen: nothingRuns(around), far: undefined };
    return { seen: await askProbe(probe, ground), far: farHostOf(probe, ground) };
  }

  /** "down" only when nothing of the watcher's own can be the reason. */
  async function believed(
    seen: Sighting,
    { from, far }: { from: number; far: string | undefined },
  ): Promise<Sighting> {
    if (seen.state !== "down") return seen;
    if (isOwnTrouble(seen.detail)) return doubted(seen, "this machine has run out of something");
    const cutOff = far === undefined ? undefined : await health.cutOff();
    const trouble = cutOff ?? health.trouble(from);
    return trouble === undefined ? seen : doubted(seen, trouble);
  }

  return {
    async probe(monitor) {
      const at = doors.clock.now();
      const from = doors.clock.monotonicMs();
      let seen: Sighting;
      try {
        const around = await surroundings.now();
        if (isNowhere(around)) return [];
        const looked = await lookAt(monitor, around);
        if (looked.seen.state === "down" && (await surroundings.isStopped())) return [];
        seen = await believed(looked.seen, { from, far: looked.far });
      } catch (thrown) {
        seen = cannotTell(unseen(thrown));
      }
      const { release = surroundings.last?.release?.id, ...rest } = seen;
      const tookMs = doors.clock.monotonicMs() - from;
      return [{ monitor: monitor.monitor.id, at, tookMs, release, ...rest }];
    },
    async round(round) {
      const at = doors.clock.now();
      const from = doors.clock.monotonicMs();
      try {
        const around = await surroundings.now();
        if (isNowhere(around)) return [];
        const { answers, ...seen } = await askRound(round, { scene, surroundings: around, signal });
        const isWell = seen.readings.every(({ state }) => state === "up");
        if (!isWell && (await surroundings.isStopped())) return [];
        // What failed and no longer applies is over: left unsaid, its alert would stand for ever.
        const readings = [...seen.readings, ...seen.moot.filter(({ monitor }) => isTroubled(monitor))];
        const trouble = health.trouble(from);
        if (trouble === undefined) await evidence.keep(answers, { at, release: around.release?.id });
        return readings.map((each) => (trouble && each.state === "down" ? doubted(each, trouble) : each));
      } catch (thrown) {
        const told = { at, tookMs: 0, release: undefined, state: "unknown" as const, detail: unseen(thrown) };
        return round.checks.map(({ monitor }) => ({ monitor: monitor.id, ...told }));
      }
    },
  };
}

/**
 * Users never had a release, or somebody stopped it: there is nobody to ask, though the agent of a first deploy may be
 * there already.
 */
function isNowhere({ status, missing, stopped }: Surroundings): boolean {
  if (stopped) return true;
  return status.live === undefined && missing === undefined;
}

function nothingRuns({ missing }: Surroundings): Sighting {
  return down(`${missing?.id ?? "a release"} should run and nothing does: its agent is not there`);
}

function doubted<T extends { readonly detail: string }>(seen: T, why: string): T & { state: "unknown" } {
  return { ...seen, state: "unknown", detail: `${why}; asked meanwhile: ${seen.detail}` };
}

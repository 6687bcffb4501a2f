import path from "node:path";
import { findingsOf } from "../../model/finding.ts";
import type { Launch } from "../../model/launch.ts";
import type { StoreGlance } from "../../store/store-glance.ts";
import { isActive } from "../../watch/alerts/muting.ts";
import type { World } from "../../wiring.ts";
import { short } from "../texts.ts";
import type { Candidate } from "./completes.ts";

/** What the store of a project knows, each as a shell offers it, newest first. */
export interface KnownHere {
  releases(environment: string, only?: { wasLive: boolean }): Promise<Candidate[]>;
  backups(environment: string): Promise<Candidate[]>;
  findings(environment: string): Promise<Candidate[]>;
  incidents(environment: string): Promise<Candidate[]>;
  silences(environment: string): Promise<Candidate[]>;
  keys(): Promise<Candidate[]>;
}

const WAS_LIVE = ["replaced", "rolled back"];

/** Throws where the store lies on a server: a shell that completes a word connects to nothing. */
export async function knownHere(
  launch: Launch,
  { isElsewhere, world: { doors } }: { isElsewhere: boolean; world: World },
): Promise<KnownHere> {
  if (isElsewhere || launch.store !== undefined) throw new Error("the store is on a server");
  const file = path.join(launch.directory, ".gonogo", "gonogo.db");
  const { glanceAtStore } = await import("../../store/store-glance.ts");
  const look = async <Found>(read: (store: StoreGlance) => Promise<Found>): Promise<Found> => {
    await using store = await glanceAtStore(file, doors);
    return await read(store);
  };
  return {
    releases: (environment, { wasLive } = { wasLive: false }) =>
      look(async ({ releases }) =>
        (await releases.list(environment, 50))
          .filter(({ state }) => !wasLive || WAS_LIVE.includes(state))
          .map(({ id, state, commit }) => ({ value: id, about: `${state}, ${short(commit)}` })),
      ),
    backups: (environment) =>
      look(async ({ releases }) =>
        (await releases.list(environment, 50)).flatMap(({ id, backup }) =>
          backup === undefined ? [] : [{ value: backup, about: `with ${id}` }],
        ),
      ),
    findings: (environment) =>
      look(async ({ evidence }) =>
        (await evidence.latest(environment)).flatMap(({ component, check, outcome }) =>
          outcome.status === "fail" || outcome.status === "warn"
            ? findingsOf(component, check, outcome).map(({ name, fingerprint }) => ({
                value: fingerprint,
                about: `${component}/${check} ${name}`.trim(),
              }))
            : [],
        ),
      ),
    incidents: (environment) =>
      look(async ({ incidents }) =>
        (await incidents.list(environment, { limit: 50 })).map(({ id, state, title }) => ({
          value: id,
          about: `${state}: ${title}`,
        })),
      ),
    silences: (environment) =>
      look(async ({ silences }) =>
        (await silences.list(environment))
          .filter((each) => isActive(each, doors.clock.now()))
          .map(({ id, fits, reason }) => ({
            value: id,
            about: `${fits.join(", ") || "everything"}: ${reason}`,
          })),
      ),
    keys: () =>
      look(async ({ keys }) =>
        (await keys.list())
          .filter(({ revokedAt }) => revokedAt === undefined)
          .map(({ name, scope }) => ({ value: name, about: scope })),
      ),
  };
}

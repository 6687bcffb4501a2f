import path from "node:path";
import { findingsOf } from "../../model/finding.ts";
import type { Launch } from "../../model/launch.ts";
import type { Release } from "../../model/release.ts";
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

const MOST = 50;
const WAS_LIVE = ["replaced", "rolled back"];

/**
 * A shell that completes a word connects to nothing: of a store on a server, its releases as the last command here saw
 * them are known, and the rest throws.
 */
export async function knownHere(
  launch: Launch,
  { isElsewhere, world: { doors } }: { isElsewhere: boolean; world: World },
): Promise<KnownHere> {
  if (isElsewhere || launch.store !== undefined) return knownOfServer(launch, doors);
  const file = path.join(launch.directory, ".gonogo", "gonogo.db");
  const { glanceAtStore } = await import("../../store/store-glance.ts");
  const look = async <Found>(read: (store: StoreGlance) => Promise<Found>): Promise<Found> => {
    await using store = await glanceAtStore(file, doors);
    return await read(store);
  };
  return {
    releases: (environment, only) =>
      look(async ({ releases }) => offeredReleases(await releases.list(environment, MOST), only)),
    backups: (environment) =>
      look(async ({ releases }) => offeredBackups(await releases.list(environment, MOST))),
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

function knownOfServer(launch: Launch, { files }: Pick<World["doors"], "files">): KnownHere {
  const releasesOf = async (environment: string): Promise<Known[]> => {
    const { idOf } = await import("../../store/numbered-id.ts");
    const { knownFileOf, knownIn } = await import("../../store/known-rows.ts");
    const file = knownFileOf(path.join(launch.directory, ".gonogo", environment));
    return knownIn(await files.read(file))
      .releases.slice(0, MOST)
      .map(({ number, state, commit_id: commit, backup }) => {
        return { id: idOf("r", number), state, commit, backup: backup ?? undefined };
      });
  };
  const unknown = (): Promise<never> => Promise.reject(new Error("the store is on a server"));
  return {
    releases: async (environment, only) => offeredReleases(await releasesOf(environment), only),
    backups: async (environment) => offeredBackups(await releasesOf(environment)),
    findings: unknown,
    incidents: unknown,
    silences: unknown,
    keys: unknown,
  };
}

type Known = Pick<Release, "id" | "state" | "commit" | "backup">;

function offeredReleases(releases: readonly Known[], only?: { readonly wasLive: boolean }): Candidate[] {
  return releases
    .filter(({ state }) => !only?.wasLive || WAS_LIVE.includes(state))
    .map(({ id, state, commit }) => ({ value: id, about: `${state}, ${short(commit)}` }));
}

function offeredBackups(releases: readonly Known[]): Candidate[] {
  return releases.flatMap(({ id, backup }) =>
    backup === undefined ? [] : [{ value: backup, about: `with ${id}` }],
  );
}

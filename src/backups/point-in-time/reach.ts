import type { PostgresOptions } from "../../components/postgres/options.ts";
import type { Place } from "../../model/destination.ts";
import { messageOf, UserError } from "../../model/errors.ts";
import { type BackupScene, placesOf } from "../scene.ts";
import { readArchive } from "./archive.ts";
import { bringAway } from "./bring-away.ts";
import { ownServers } from "./own-server.ts";
import { type Stretch, stretchesOf, type Window, windowFor, windowsOf } from "./window.ts";

/** To which times one database can be brought back, from everything that lies at its destinations. */
export interface Reach {
  readonly component: string;
  readonly windows: readonly (Window & { readonly destination: string; readonly place: Place })[];
  /** Earliest first. */
  readonly stretches: readonly Stretch[];
  readonly unreachable: readonly { readonly destination: string; readonly reason: string }[];
  /** Why the newest could not be brought away just now. */
  readonly behind: string | undefined;
}

/** Databases that are declared to be recoverable to any time. */
export function recoverableOf({ launch }: Pick<BackupScene, "launch">): string[] {
  return launch.components
    .filter(({ kind, options }) => kind.kind === "postgres" && isDeclared(options as PostgresOptions))
    .map(({ name }) => name);
}

function isDeclared({ backup }: PostgresOptions): boolean {
  return backup?.pointInTime !== undefined;
}

export interface ReachRequest {
  readonly component: string;
  /** Only this one of the destinations. */
  readonly from?: string | undefined;
  readonly signal: AbortSignal;
}

/** First brings away what was written up to now, where the server answers. */
export async function readReach(scene: BackupScene, request: ReachRequest): Promise<Reach> {
  const { component, from, signal } = request;
  const behind = await bringNewest(scene, component, signal);
  const windows: Reach["windows"][number][] = [];
  const unreachable: Reach["unreachable"][number][] = [];
  for (const { name: destination, place } of placesOf(scene, from)) {
    try {
      const found = windowsOf(await readArchive(place, component, signal));
      windows.push(...found.map((window) => ({ ...window, destination, place })));
    } catch (thrown) {
      signal.throwIfAborted();
      unreachable.push({ destination, reason: messageOf(thrown) });
    }
  }
  return { component, windows, stretches: stretchesOf(windows), unreachable, behind };
}

/** A server that is down, or a destination that is full, must not keep anybody from what is already there. */
async function bringNewest(
  scene: BackupScene,
  component: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const server = (await ownServers(scene)).find((each) => each.component === component);
    if (!server) return "no server of this environment is Gonogo's own";
    const { until } = await bringAway(scene, server, signal);
    return until === undefined ? "its server does not answer" : undefined;
  } catch (thrown) {
    signal.throwIfAborted();
    return messageOf(thrown);
  }
}

/** Throws UserError saying what can be recovered when this time cannot. */
export function expectReach(
  at: number,
  { windows, stretches, behind, component, unreachable }: Reach,
): Reach["windows"][number] {
  const found = windowFor(at, windows);
  if (found) return found;
  const away = unreachable.map(({ destination, reason }) => `; ${destination}: ${reason}`).join("");
  const [first] = stretches;
  const last = stretches.at(-1);
  if (!first || !last) {
    throw new UserError(
      `${component} cannot be brought back to any time yet: there is no copy of its server${away}`,
      {
        fix: "gonogo backup makes the first one; gonogo serve keeps it going",
      },
    );
  }
  const reach = stretches
    .map(({ from, until }) => `${timeText(from, Math.ceil)} to ${timeText(until)}`)
    .join(", and ");
  const why =
    at < first.from
      ? "is before the earliest copy of the server that is kept"
      : at > last.until
        ? `is after the last that was brought away${behind ? ` (${behind})` : ""}`
        : "falls into a gap: what was written then is not where it was brought";
  throw new UserError(`${timeText(at)} ${why}: ${component} can be brought back to ${reach}${away}`, {
    fix: `--at with a time within it, such as ${at < first.from ? timeText(first.from, Math.ceil) : timeText(lastBefore(at, stretches))}`,
  });
}

function lastBefore(at: number, stretches: readonly Stretch[]): number {
  return Math.max(...stretches.filter(({ from }) => from <= at).map(({ until }) => Math.min(until, at)));
}

/** "2026-11-21T10:00:00Z", as --at takes it; to the second before, or after where the one before is not to be had. */
export function timeText(at: number, round: (seconds: number) => number = Math.floor): string {
  return new Date(round(at / 1_000) * 1_000).toISOString().replace(".000Z", "Z");
}

import type { PostgresOptions } from "../../components/postgres/options.ts";
import type { BackupProblem } from "../../model/backup.ts";
import type { Place } from "../../model/destination.ts";
import { UserError } from "../../model/errors.ts";
import type { Component } from "../../model/launch.ts";
import type { Secret } from "../../model/secret.ts";
import { type LiveServer, liveServer } from "../live-database.ts";
import { expectName, nameBeside } from "../name-beside.ts";
import { expectEmpty } from "../postgres/committed.ts";
import { holdDatabase } from "../postgres/held-database.ts";
import type { BackupScene } from "../scene.ts";
import type { Base } from "./archive.ts";
import { type Incoming, makeIncoming } from "./incoming.ts";
import { expectReach, readReach, recoverableOf, timeText } from "./reach.ts";
import { restoreAt } from "./restore-at.ts";
import { stampOf } from "./segments.ts";
import type { Window } from "./window.ts";

export interface ToTimeRequest {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Needed where several databases are recoverable. */
  readonly component?: string | undefined;
  /** Only this one of the destinations. */
  readonly from?: string | undefined;
  /** An empty database elsewhere; without it a new one beside the live one. */
  readonly into?: Secret | undefined;
  /** Of the new database; default: the live one's name and the time. */
  readonly name?: string | undefined;
  readonly signal: AbortSignal;
  /** Told of each database that a killed restore had left beside the live one, once it is removed. */
  readonly onLeft?: ((database: string) => void) | undefined;
  readonly onProgress?: (amount: { readonly bytes: number; readonly ofBytes: number }) => void;
}
export interface RestoredToTime {
  readonly base: Base;
  /** Of the new database beside the live one; undefined when it went elsewhere. */
  readonly database: string | undefined;
  /** What differs between the recovered server and the database it was copied into. */
  readonly problems: readonly BackupProblem[];
}

/** A database as it was at a time, in a new one; the live one is not touched. Throws UserError saying what can be had. */
export async function restoreToTime(scene: BackupScene, request: ToTimeRequest): Promise<RestoredToTime> {
  const { into } = request;
  if (into) return { ...(await restoreElsewhere(scene, request, into)), database: undefined };
  const server = await liveServer(scene, recoverableComponent(scene, request.component));
  const database = request.name ?? nameBeside(server.database, `_at_${stampOf(request.at).toLowerCase()}`);
  expectName(database);
  await expectNone(server, database, request.signal);
  const { base, problems, incoming } = await restoreIncoming(scene, request);
  try {
    await incoming.publish(database);
    return { base, problems, database };
  } catch (thrown) {
    await incoming.drop();
    throw thrown;
  }
}

/** Into one that is empty, and into which nobody else restores. */
async function restoreElsewhere(
  scene: BackupScene,
  request: ToTimeRequest,
  url: Secret,
): Promise<Omit<RestoredToTime, "database">> {
  const { at, signal } = request;
  const { doors } = scene;
  const found = await findTime(scene, request);
  await using _ = await holdDatabase(url, { backup: timeText(at), doors, signal });
  await expectEmpty({ url, doors, signal });
  return { base: found.window.base, problems: await copyTime(scene, { ...request, ...found, url }) };
}

/** Beside the live one, whole, and still without a name that promises anything; for the caller to publish or drop. */
export async function restoreIncoming(
  scene: BackupScene,
  request: Omit<ToTimeRequest, "into" | "name">,
): Promise<Omit<RestoredToTime, "database"> & { readonly incoming: Incoming }> {
  const found = await findTime(scene, request);
  const server = await liveServer(scene, found.component);
  const incoming = await makeIncoming(server, { ...request, doors: scene.doors });
  try {
    const problems = await copyTime(scene, { ...request, ...found, url: incoming.url });
    return { base: found.window.base, problems, incoming };
  } catch (thrown) {
    await incoming.drop();
    throw thrown;
  }
}

interface FoundTime {
  readonly component: Component;
  readonly window: Window & { readonly place: Place };
}

/** What the time is recovered from. */
async function findTime(
  scene: BackupScene,
  { at, component: name, from, signal }: Pick<ToTimeRequest, "at" | "component" | "from" | "signal">,
): Promise<FoundTime> {
  const now = scene.doors.clock.now();
  if (at > now) {
    throw new UserError(`${timeText(at)} is in the future: it is ${timeText(now)}`, {
      fix: "a time that has passed; --at reads the zone it is given, and Z is UTC",
    });
  }
  const component = recoverableComponent(scene, name);
  const reach = await readReach(scene, { component: component.name, from, signal });
  return { component, window: expectReach(at, reach) };
}

function copyTime(
  scene: BackupScene,
  copy: FoundTime & Pick<ToTimeRequest, "at" | "signal" | "onProgress"> & { readonly url: Secret },
): Promise<readonly BackupProblem[]> {
  const { at, window, component, url, signal, onProgress } = copy;
  let bytes = 0;
  const ofBytes = window.base.sizeBytes + window.segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return restoreAt(scene, {
    at,
    window,
    place: window.place,
    url,
    options: component.options as PostgresOptions,
    signal,
    onBytes: (more) => {
      bytes += more;
      onProgress?.({ bytes, ofBytes });
    },
  });
}

/** The one that is named, or the only one. Throws UserError. */
export function recoverableComponent(scene: BackupScene, name: string | undefined): Component {
  const known = recoverableOf(scene);
  const [only, other] = known;
  const wanted = name ?? (other === undefined ? only : undefined);
  const found = scene.launch.components.find((each) => each.name === wanted);
  if (found && known.includes(found.name)) return found;
  if (known.length === 0) {
    throw new UserError("no database is declared to be recoverable to a time", {
      where: scene.launch.configFile,
      fix: "postgres({ backup: { pointInTime: true } }), then gonogo deploy",
    });
  }
  throw new UserError(
    name === undefined
      ? "several databases can be brought back to a time"
      : `${name} cannot be brought back to a time`,
    { fix: `--component with one of: ${known.join(", ")}` },
  );
}

/** Asked before hours of recovery. Throws UserError. */
async function expectNone(server: LiveServer, database: string, signal: AbortSignal): Promise<void> {
  await using session = await server.open(signal);
  const found = await session.query("select 1 from pg_database where datname = $1", [database]);
  if (found.length === 0) return;
  throw new UserError(`there is a database ${database} already`, {
    fix: "look at it, or drop it first; --beside with a name makes another one",
  });
}

import { quoteIdentifier } from "../../components/postgres/identifiers.ts";
import type { PostgresOptions } from "../../components/postgres/options.ts";
import type { BackupProblem } from "../../model/backup.ts";
import { UserError } from "../../model/errors.ts";
import type { Component } from "../../model/launch.ts";
import type { Secret } from "../../model/secret.ts";
import { liveServer, makeAlike } from "../live-database.ts";
import type { BackupScene } from "../scene.ts";
import type { Base } from "./archive.ts";
import { expectReach, readReach, recoverableOf, timeText } from "./reach.ts";
import { restoreAt } from "./restore-at.ts";
import { stampOf } from "./segments.ts";

/** Whatever ended the restore, perhaps the caller. */
const DROP_LIMIT_MS = 30_000;

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
  const { at, from, into, signal, onProgress } = request;
  const { doors } = scene;
  const now = doors.clock.now();
  if (at > now) {
    throw new UserError(`${timeText(at)} is in the future: it is ${timeText(now)}`, {
      fix: "a time that has passed; --at reads the zone it is given, and Z is UTC",
    });
  }
  const component = recoverableComponent(scene, request.component);
  const reach = await readReach(scene, { component: component.name, from, signal });
  const window = expectReach(at, reach);
  const beside = into ? undefined : await makeBeside(scene, component, request);
  let bytes = 0;
  const ofBytes = window.base.sizeBytes + window.segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  try {
    const problems = await restoreAt(scene, {
      at,
      window,
      place: window.place,
      url: beside?.url ?? (into as Secret),
      options: component.options as PostgresOptions,
      signal,
      onBytes: (more) => {
        bytes += more;
        onProgress?.({ bytes, ofBytes });
      },
    });
    return { base: window.base, database: beside?.name, problems };
  } catch (thrown) {
    // Half a database under a name that promises a time is worse than none.
    await beside?.drop();
    throw thrown;
  }
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

interface Beside {
  readonly name: string;
  readonly url: Secret;
  drop(): Promise<void>;
}

/** An empty database like the live one, on its server. Throws UserError when there is one of this name. */
async function makeBeside(
  scene: BackupScene,
  component: Component,
  { at, name, signal }: ToTimeRequest,
): Promise<Beside> {
  const server = await liveServer(scene, component);
  const database = name ?? `${server.database}_at_${stampOf(at).toLowerCase()}`;
  await using session = await server.open(signal);
  if (!(await makeAlike(session, server.database, database))) {
    throw new UserError(`there is a database ${database} already`, {
      fix: `look at it, or drop it first; --beside with a name makes another one`,
    });
  }
  return {
    name: database,
    url: server.addressOf(database),
    async drop() {
      await using open = await server.open(AbortSignal.timeout(DROP_LIMIT_MS));
      await open.query(`drop database ${quoteIdentifier(database)} with (force)`);
    },
  };
}

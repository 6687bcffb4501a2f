import { dirname, join } from "node:path";
import { ownTagText } from "../../agent/process-tag.ts";
import { chooseDump, findPrograms } from "../../components/postgres/server/binaries.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { recipientsOf } from "../keys.ts";
import { writeObject } from "../objects.ts";
import { lastWords, programEnvironment } from "../postgres/programs.ts";
import { type BackupScene, placesOf } from "../scene.ts";
import { BASE_OBJECT, type Base, baseFolder, baseManifest } from "./archive.ts";
import type { OwnServer } from "./own-server.ts";
import { isSegment, stampOf } from "./segments.ts";
import { inTurn } from "./turn.ts";

/** Since when PostgreSQL refuses to end a recovery before the time it was asked for. */
const OLDEST_MAJOR = 13;

/** As `copyServer`; undefined when another Gonogo is copying it at this moment. */
export async function copyInTurn(
  scene: BackupScene,
  server: OwnServer,
  options: { readonly signal: AbortSignal; readonly onBytes?: (bytes: number) => void },
): Promise<Base | undefined> {
  const { doors } = scene;
  await doors.files.makeDirectory(server.outbox, { mode: 0o700 });
  const waiting = { doors, signal: options.signal, waitMs: 0 };
  return await inTurn(join(server.outbox, "copying"), waiting, () => copyServer(scene, server, options));
}

/**
 * Copies the whole server and brings the copy to every destination; its manifest comes last, and with it the copy
 * exists there. Throws UserError where this machine or this server cannot.
 */
async function copyServer(
  scene: BackupScene,
  server: OwnServer,
  options: { readonly signal: AbortSignal; readonly onBytes?: (bytes: number) => void },
): Promise<Base> {
  const { doors, launch, environment } = scene;
  const { signal, onBytes } = options;
  const recipients = await recipientsOf({ ...scene, project: launch.directory });
  const about = await lookAt(server, doors, signal);
  if (about.serverMajor < OLDEST_MAJOR) {
    throw new UserError(
      `recovery to a time needs PostgreSQL ${OLDEST_MAJOR} or newer; this is ${about.serverVersion}`,
    );
  }
  const startedAt = doors.clock.now();
  const id = `p${stampOf(startedAt)}-${doors.random.hex(2)}`;
  const file = join(server.outbox, `${id}.${ownTagText()}.making`);
  try {
    const written = await copyTo(file, {
      id,
      server,
      major: about.serverMajor,
      recipients,
      doors,
      signal,
      onBytes,
    });
    const base: Base = {
      version: 1,
      id,
      launch: launch.name,
      environment: environment.name,
      component: server.component,
      startedAt,
      consistentAt: doors.clock.now(),
      firstSegment: await firstSegment(id, server, doors),
      platform: `${process.platform}-${process.arch}`,
      superuser: server.superuser,
      database: server.database,
      recipients: [...recipients],
      ...about,
      ...written,
    };
    await bring(scene, { base, file, signal });
    return base;
  } finally {
    await doors.files.remove(file);
  }
}

type About = Pick<Base, "system" | "segmentBytes" | "serverVersion" | "serverMajor">;

async function lookAt({ url }: OwnServer, doors: Doors, signal: AbortSignal): Promise<About> {
  await using session = await doors.sql.open(url, { signal });
  const [found] = await session.query<About>(`
    select (select system_identifier::text from pg_control_system()) as system,
           pg_size_bytes(current_setting('wal_segment_size'))::float8 as "segmentBytes",
           split_part(current_setting('server_version'), ' ', 1) as "serverVersion",
           current_setting('server_version_num')::int / 10000 as "serverMajor"`);
  if (!found) throw new OutsideError("the server tells nothing about itself");
  return found;
}

async function copyTo(
  file: string,
  what: {
    readonly id: string;
    readonly server: OwnServer;
    readonly major: number;
    readonly recipients: readonly string[];
    readonly doors: Doors;
    readonly signal: AbortSignal;
    readonly onBytes: ((bytes: number) => void) | undefined;
  },
): Promise<Pick<Base, "sizeBytes" | "plainBytes" | "sha256">> {
  const { id, server, major, recipients, doors, signal, onBytes } = what;
  const running = doors.shell.start({
    file: await findCopier(major, doors),
    // The log of the time it takes is in the archive: a copy that carried its own could miss what was recycled.
    args: [
      "--pgdata=-",
      "--format=tar",
      "--wal-method=none",
      "--checkpoint=fast",
      `--label=${id}`,
      "--no-password",
    ],
    env: replicationEnvironment(server.url),
    signal,
  });
  running.stdin.end();
  try {
    const to = { file, recipients, doors, signal, ...(onBytes && { onBytes }) };
    const written = await writeObject(running.stdout, to);
    const { code, signal: by, stderr } = await running.ended;
    if (code !== 0)
      throw new OutsideError(`pg_basebackup ended with ${code ?? by}: ${lastWords(stderr, server.url)}`);
    return written;
  } finally {
    running.end();
  }
}

/** A walsender takes no time-outs of a session's. */
function replicationEnvironment(url: Secret): Record<string, string> {
  const { PGOPTIONS: _, ...environment } = programEnvironment(url);
  return environment;
}

async function findCopier(major: number, doors: Doors): Promise<string> {
  const { file } = chooseDump(await findPrograms("pg_dump", doors), major);
  const copier = join(dirname(file), "pg_basebackup");
  if (await doors.files.stat(copier)) return copier;
  throw new UserError(`there is a pg_dump in ${dirname(file)} and no pg_basebackup`, {
    where: copier,
    fix: `apt-get install postgresql-client-${major}`,
  });
}

/** From what the server left behind with the copy's label; such files of earlier copies go with it. */
async function firstSegment(id: string, { spool, component }: OwnServer, doors: Doors): Promise<string> {
  const names = (await doors.files.list(spool)).filter((name) => name.endsWith(".backup"));
  let found: string | undefined;
  for (const name of names) {
    const text = (await doors.files.read(join(spool, name))) ?? "";
    if (text.includes(`LABEL: ${id}\n`))
      found = /^START WAL LOCATION: .*\(file ([0-9A-F]+)\)/m.exec(text)?.[1];
    await doors.files.remove(join(spool, name));
  }
  if (found !== undefined && isSegment(found)) return found;
  throw new OutsideError(`the server of ${component} did not hand over where the copy ${id} begins`);
}

async function bring(
  scene: BackupScene,
  { base, file, signal }: { base: Base; file: string; signal: AbortSignal },
): Promise<void> {
  const { component, id, sizeBytes, sha256 } = base;
  for (const { place } of placesOf(scene)) {
    const name = `${baseFolder(component, id)}/${BASE_OBJECT}`;
    await place.store(name, { file, sizeBytes, sha256, mayMove: false }, { signal });
    await place.writeText(baseManifest(component, id), `${JSON.stringify(base, null, 1)}\n`, signal);
  }
}

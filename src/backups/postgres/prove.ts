import type { PostgresOptions } from "../../components/postgres/options.ts";
import type { PostgresPart } from "../../model/backup.ts";
import { UserError } from "../../model/errors.ts";
import { formatSize } from "../../model/size.ts";
import { readDatabaseContents } from "../contents.ts";
import { BackupFault } from "../fault.ts";
import { type ProvenPart, type Proving, timed } from "../proving.ts";
import type { BackupScene } from "../scene.ts";
import { startScratch } from "../scratch.ts";
import { temporaryRoot } from "../temporary.ts";
import { compareDatabase } from "./compare.ts";
import { restoreDatabase } from "./restore.ts";

/** Into a scratch server of the same major version, or the next newer one. */
export async function proveDatabase(sealed: PostgresPart, proving: Proving): Promise<ProvenPart> {
  const { scene, doors, signal } = proving;
  const { launch, policy } = scene;
  const request = { major: sealed.serverMajor, from: [launch.directory], doors, signal };
  await expectRoom(sealed, proving);
  const began = doors.clock.monotonicMs();
  await using scratch = await startScratch(request).catch((thrown: unknown) => {
    throw thrown instanceof UserError ? versionFault(thrown) : thrown;
  });
  const startMs = doors.clock.monotonicMs() - began;
  const { jobs } = policy;
  const proven = await timed(
    proving,
    async () => {
      const part = { ...sealed, contents: await readDatabaseContents(sealed, proving) };
      const url = await scratch.database(part.database);
      await restoreDatabase({ ...proving, part, url, makesRoles: true, jobs });
      return { part, url };
    },
    async ({ part, url }) => {
      const { tables } = part.contents;
      const options = invariantsOf(scene, part.component);
      return {
        problems: await compareDatabase({ part, url, options, major: scratch.major, jobs, doors, signal }),
        tables: tables.length,
        rows: tables.reduce((sum, { rows }) => sum + rows, 0),
        sampledRows: tables.reduce((sum, { sampledRows }) => sum + sampledRows, 0),
        serverVersion: scratch.version,
      };
    },
  );
  return { ...proven, restoreMs: startMs + proven.restoreMs };
}

/** Rows take more room in tables than in an archive, and indexes take theirs. */
const GROWTH = 1.5;

async function expectRoom({ component, objects }: PostgresPart, { doors }: Proving): Promise<void> {
  const directory = temporaryRoot(doors);
  const bytes = GROWTH * objects.reduce((sum, { plainBytes }) => sum + plainBytes, 0);
  const free = await doors.files.freeBytes(directory);
  if (free >= bytes) return;
  const what = `a copy of ${component}, some ${formatSize(bytes)}, does not fit: ${formatSize(free)} are free in ${directory}`;
  throw new BackupFault("no room", what);
}

function versionFault({ message, fix }: UserError): BackupFault {
  return new BackupFault("wrong version", `${message}${fix ? `; ${fix}` : ""}`);
}

/** Rules of the data that must hold in a copy as well: all that do not hang on the time of day. */
export function invariantsOf(
  { launch, policy }: BackupScene,
  name: string,
): Pick<PostgresOptions, "invariants" | "rls"> {
  const component = launch.components.find((each) => each.name === name);
  if (component?.kind.kind !== "postgres") return { invariants: {}, rls: undefined };
  const { invariants, rls } = component.options as PostgresOptions;
  const asked = Object.entries(invariants).filter(([title]) => !policy.exceptInvariants.includes(title));
  return { invariants: Object.fromEntries(asked), rls };
}

import type { PostgresOptions } from "../components/postgres/options.ts";
import type {
  BackupManifest,
  BackupPart,
  BackupProblem,
  BackupProof,
  PostgresPart,
} from "../model/backup.ts";
import { messageOf, UserError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { BackupFault } from "./fault.ts";
import { identitiesOf } from "./keys.ts";
import { PROOF, proofText } from "./manifest.ts";
import { readObject } from "./objects.ts";
import { compareDatabase } from "./postgres/compare.ts";
import { restoreDatabase } from "./postgres/restore.ts";
import type { BackupScene } from "./scene.ts";
import { startScratch } from "./scratch.ts";
import type { StoredBackup } from "./shelf.ts";

export interface ProofOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ProofProgress) => void;
}
export interface ProofProgress {
  readonly doing: "restoring" | "comparing";
  readonly bytes: number;
  readonly ofBytes: number;
}

/** These say that it could not be told here, not that the backup is bad. */
const UNTOLD: ReadonlySet<BackupProblem["kind"]> = new Set([
  "missing extension",
  "unreachable",
  "wrong version",
]);

/**
 * Restores a backup into a scratch server and compares the copy with what was counted when it was made. The proof is
 * kept beside the backup, also a bad one. Only "proven" is a pass.
 */
export async function prove(
  scene: BackupScene,
  backup: StoredBackup,
  options: ProofOptions,
): Promise<BackupProof> {
  const { doors } = scene;
  const { manifest, manifestHash, place } = backup;
  const found = await attempt(scene, backup, options);
  options.signal.throwIfAborted();
  const { problems } = found;
  const verdict =
    problems.length === 0 ? "proven" : problems.every(({ kind }) => UNTOLD.has(kind)) ? "unproven" : "failed";
  const proof: BackupProof = {
    version: 1,
    backup: manifest.id,
    manifest: manifestHash,
    provenAt: doors.clock.now(),
    verdict,
    ...found,
    ...countsOf(manifest),
  };
  await place.writeText(`${manifest.id}/${PROOF}`, proofText(proof), options.signal);
  return proof;
}

type Found = Pick<BackupProof, "problems" | "restoreMs" | "compareMs" | "serverVersion">;

async function attempt(scene: BackupScene, backup: StoredBackup, options: ProofOptions): Promise<Found> {
  const found = { problems: [...backup.damage], restoreMs: 0, compareMs: 0, serverVersion: undefined };
  if (backup.damage.length > 0) return found;
  try {
    const identities = await identitiesOf({ ...scene, project: scene.launch.directory });
    return await restoreAndCompare(scene, backup, { ...options, identities });
  } catch (thrown) {
    return { ...found, problems: [problemOf(thrown)] };
  }
}

async function restoreAndCompare(
  scene: BackupScene,
  backup: StoredBackup,
  options: ProofOptions & { readonly identities: readonly Secret[] },
): Promise<Found> {
  const { clock } = scene.doors;
  let bytes = 0;
  const onBytes = (more: number): void => {
    bytes += more;
    options.onProgress?.({ doing: "restoring", bytes, ofBytes: backup.storedBytes });
  };
  const all: Found[] = [];
  for (const part of backup.manifest.parts) {
    const how = { ...options, onBytes };
    if (part.kind === "postgres") {
      all.push(await proveDatabase(scene, backup, part, how));
    } else {
      const from = clock.monotonicMs();
      await openAll(part, backup, how);
      all.push({
        problems: [],
        restoreMs: clock.monotonicMs() - from,
        compareMs: 0,
        serverVersion: undefined,
      });
    }
  }
  return {
    problems: all.flatMap(({ problems }) => problems),
    restoreMs: all.reduce((sum, { restoreMs }) => sum + restoreMs, 0),
    compareMs: all.reduce((sum, { compareMs }) => sum + compareMs, 0),
    serverVersion: all.find(({ serverVersion }) => serverVersion !== undefined)?.serverVersion,
  };
}

interface How extends ProofOptions {
  readonly identities: readonly Secret[];
  readonly onBytes: (bytes: number) => void;
}

async function proveDatabase(
  scene: BackupScene,
  backup: StoredBackup,
  part: PostgresPart,
  how: How,
): Promise<Found> {
  const { doors, policy, launch } = scene;
  const { signal, identities, onBytes, onProgress } = how;
  const from = doors.clock.monotonicMs();
  const request = { major: part.serverMajor, from: [launch.directory], doors, signal };
  await using scratch = await startScratch(request).catch((thrown: unknown) => {
    throw thrown instanceof UserError ? versionFault(thrown) : thrown;
  });
  const url = await scratch.database(part.database);
  await restoreDatabase({
    part,
    place: backup.place,
    backup: backup.manifest.id,
    identities,
    url,
    makesRoles: true,
    jobs: policy.jobs,
    doors,
    signal,
    onBytes,
  });
  const restored = doors.clock.monotonicMs();
  onProgress?.({ doing: "comparing", bytes: backup.storedBytes, ofBytes: backup.storedBytes });
  const problems = await compareDatabase({
    part,
    url,
    options: invariantsOf(scene, part),
    major: scratch.major,
    jobs: policy.jobs,
    doors,
    signal,
  });
  return {
    problems,
    restoreMs: restored - from,
    compareMs: doors.clock.monotonicMs() - restored,
    serverVersion: scratch.version,
  };
}

function versionFault({ message, fix }: UserError): BackupFault {
  return new BackupFault("wrong version", `${message}${fix ? `; ${fix}` : ""}`);
}

/** Rules of the data that must hold in a copy as well: all that do not hang on the time of day. */
function invariantsOf(
  { launch, policy }: BackupScene,
  part: PostgresPart,
): Pick<PostgresOptions, "invariants" | "rls"> {
  const component = launch.components.find(({ name }) => name === part.component);
  if (component?.kind.kind !== "postgres") return { invariants: {}, rls: undefined };
  const { invariants, rls } = component.options as PostgresOptions;
  const asked = Object.entries(invariants).filter(([title]) => !policy.exceptInvariants.includes(title));
  return { invariants: Object.fromEntries(asked), rls };
}

/** Opened and unpacked to the last byte. */
async function openAll(part: BackupPart, backup: StoredBackup, how: How): Promise<void> {
  for (const object of part.objects) {
    let bytes = 0;
    const from = { ...how, place: backup.place, backup: backup.manifest.id };
    await readObject(object, from, async (plain) => {
      for await (const chunk of plain) bytes += chunk.length;
    });
    if (bytes !== object.plainBytes)
      throw new BackupFault(
        "corrupt",
        `${object.name} unpacks to ${bytes} bytes, and held ${object.plainBytes}`,
      );
  }
}

function problemOf(thrown: unknown): BackupProblem {
  if (thrown instanceof BackupFault) return { kind: thrown.kind, what: thrown.message };
  if (thrown instanceof UserError) {
    const kind = /no key here|age identity/.test(thrown.message) ? "wrong key" : "unreachable";
    return { kind, what: `${thrown.message}${thrown.fix ? `; ${thrown.fix}` : ""}` };
  }
  return { kind: "unreachable", what: messageOf(thrown) };
}

function countsOf({ parts }: BackupManifest): Pick<BackupProof, "tables" | "rows" | "sampledRows"> {
  const tables = parts.flatMap((part) => (part.kind === "postgres" ? part.contents.tables : []));
  return {
    tables: tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    sampledRows: tables.reduce((sum, { sampledRows }) => sum + sampledRows, 0),
  };
}

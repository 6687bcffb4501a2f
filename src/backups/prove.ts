import type { BackupPart, BackupProblem, BackupProof } from "../model/backup.ts";
import { messageOf, UserError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { BackupFault } from "./fault.ts";
import { proveFiles } from "./files/prove.ts";
import { identitiesOf } from "./keys.ts";
import { PROOF, proofText } from "./manifest.ts";
import { proveStore } from "./own-store/prove.ts";
import { proveDatabase } from "./postgres/prove.ts";
import type { ProvenPart, Proving } from "./proving.ts";
import { proveRedis } from "./redis/prove.ts";
import type { BackupScene } from "./scene.ts";
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
  "no room",
]);

/**
 * Restores a backup, its databases and Redis into servers of their own, its files and Gonogo's store into a directory
 * for a while, and compares each with what was seen when it was made. The proof is kept beside the backup, also a bad
 * one. Only "proven" is a pass.
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
  };
  await place.writeText(`${manifest.id}/${PROOF}`, proofText(proof), options.signal);
  return proof;
}

type Found = Omit<BackupProof, "version" | "backup" | "manifest" | "provenAt" | "verdict">;
const NOTHING: Found = {
  problems: [],
  restoreMs: 0,
  compareMs: 0,
  tables: 0,
  rows: 0,
  sampledRows: 0,
  files: 0,
  keys: 0,
  evidenceRows: 0,
  serverVersion: undefined,
};

async function attempt(scene: BackupScene, backup: StoredBackup, options: ProofOptions): Promise<Found> {
  if (backup.damage.length > 0) return { ...NOTHING, problems: backup.damage };
  try {
    const identities = await identitiesOf({ ...scene, project: scene.launch.directory });
    return await restoreAndCompare(scene, backup, { ...options, identities });
  } catch (thrown) {
    return { ...NOTHING, problems: [problemOf(thrown)] };
  }
}

async function restoreAndCompare(
  scene: BackupScene,
  backup: StoredBackup,
  options: ProofOptions & { readonly identities: readonly Secret[] },
): Promise<Found> {
  const { identities, signal, onProgress } = options;
  const ofBytes = backup.storedBytes;
  let bytes = 0;
  const proving: Proving = {
    scene,
    doors: scene.doors,
    place: backup.place,
    backup: backup.manifest.id,
    identities,
    signal,
    onBytes: (more) => {
      bytes += more;
      onProgress?.({ doing: "restoring", bytes, ofBytes });
    },
    onComparing: () => onProgress?.({ doing: "comparing", bytes, ofBytes }),
  };
  const all: ProvenPart[] = [];
  for (const part of backup.manifest.parts) all.push(await provePart(part, proving));
  const sum = (of: (part: ProvenPart) => number | undefined): number =>
    all.reduce((total, part) => total + (of(part) ?? 0), 0);
  return {
    problems: all.flatMap(({ problems }) => problems),
    restoreMs: sum(({ restoreMs }) => restoreMs),
    compareMs: sum(({ compareMs }) => compareMs),
    tables: sum(({ tables }) => tables),
    rows: sum(({ rows }) => rows),
    sampledRows: sum(({ sampledRows }) => sampledRows),
    files: sum(({ files }) => files),
    keys: sum(({ keys }) => keys),
    evidenceRows: sum(({ evidenceRows }) => evidenceRows),
    serverVersion: all.find(({ serverVersion }) => serverVersion !== undefined)?.serverVersion,
  };
}

function provePart(part: BackupPart, proving: Proving): Promise<ProvenPart> {
  switch (part.kind) {
    case "postgres":
      return proveDatabase(part, proving);
    case "files":
      return proveFiles(part, proving);
    case "redis":
      return proveRedis(part, proving);
    case "store":
      return proveStore(part, proving);
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

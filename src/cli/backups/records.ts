import type { StoredBackup } from "../../backups/shelf.ts";
import { objectsOf } from "../../backups/shelf.ts";
import type { DeployScene } from "../../deploy/scene.ts";
import type { BackupObject, BackupPart } from "../../model/backup.ts";
import { quantity } from "../../model/quantity.ts";
import { formatSize } from "../../model/size.ts";
import type { JsonResult } from "../output/contracts/contract.ts";

export type BackupRecord = Extract<JsonResult, { kind: "backup" }>;
export type BackupsRecord = Extract<JsonResult, { kind: "backups" }>;
export type PruneRecord = Extract<JsonResult, { kind: "prune" }>;
export type RestoreRecord = Extract<JsonResult, { kind: "restore" }>;
export type BackupEntry = BackupsRecord["backups"][number];

export function headOf({ launch, environment }: Pick<DeployScene, "launch" | "environment">) {
  return {
    version: 1,
    launch: launch.name,
    environment: environment.name,
    stage: environment.stage,
  } as const;
}

export function backupEntry(destination: string, stored: StoredBackup): BackupEntry {
  const { manifest, place, damage, proof, storedBytes } = stored;
  return {
    id: manifest.id,
    destination,
    place: place.label,
    release: manifest.release ?? null,
    reason: manifest.reason,
    startedAt: manifest.startedAt,
    tookMs: manifest.finishedAt - manifest.startedAt,
    storedBytes,
    plainBytes: plainBytes(objectsOf(manifest)),
    parts: manifest.parts.map(partEntry),
    tools: manifest.tools,
    damage,
    proof: proof
      ? {
          provenAt: proof.provenAt,
          verdict: proof.verdict,
          problems: proof.problems,
          restoreMs: proof.restoreMs,
          compareMs: proof.compareMs,
          tables: proof.tables,
          rows: proof.rows,
          sampledRows: proof.sampledRows,
          files: proof.files,
          keys: proof.keys,
          evidenceRows: proof.evidenceRows,
          serverVersion: proof.serverVersion ?? null,
        }
      : null,
  };
}

function partEntry(part: BackupPart): BackupEntry["parts"][number] {
  const { component, kind, takenAt, objects } = part;
  const storedBytes = objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    component,
    kind,
    takenAt,
    holds: holdingOf(part),
    objects: objects.length,
    storedBytes,
    plainBytes: plainBytes(objects),
  };
}

function plainBytes(objects: readonly BackupObject[]): number {
  return objects.reduce((sum, each) => sum + each.plainBytes, 0);
}

function holdingOf(part: BackupPart): string {
  switch (part.kind) {
    case "postgres":
      return `database ${part.database} of PostgreSQL ${part.serverVersion}`;
    case "redis":
      return `Redis ${part.serverVersion}, ${formatSize(part.usedBytes)} in memory`;
    case "files":
      // A relative path of an application leads into the directory of its release, which goes with the release.
      return part.files === 0
        ? `no file in ${part.directory}; does the application write somewhere else, as into its own release?`
        : `${quantity(part.files, "file")} of ${part.directory}, ${formatSize(part.sizeBytes)}`;
    case "store":
      return `Gonogo's own store, ${quantity(part.evidenceRows, "row")} of evidence`;
  }
}

import type { StoredBackup } from "../backups/shelf.ts";
import { objectsOf } from "../backups/shelf.ts";
import type { DeployScene } from "../deploy/scene.ts";
import type { JsonResult } from "./output/contract.ts";

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
    plainBytes: objectsOf(manifest).reduce((sum, { plainBytes }) => sum + plainBytes, 0),
    parts: manifest.parts.map(({ component, kind, objects }) => ({
      component,
      kind,
      objects: objects.length,
    })),
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
          serverVersion: proof.serverVersion ?? null,
        }
      : null,
  };
}

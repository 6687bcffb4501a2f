import { dirname, join } from "node:path";
import { backupSceneOf } from "../../backups/open-scene.ts";
import { restoreInto } from "../../backups/restore.ts";
import { placesOf } from "../../backups/scene.ts";
import { listBackups, type StoredBackup } from "../../backups/shelf.ts";
import { libpqEnvironment } from "../../components/postgres/connection/libpq-environment.ts";
import { chooseDump, findPrograms } from "../../components/postgres/server/binaries.ts";
import type { Doors } from "../../model/doors.ts";
import { formatDuration } from "../../model/duration.ts";
import { OutsideError } from "../../model/errors.ts";
import { quantity } from "../../model/quantity.ts";
import type { Secret } from "../../model/secret.ts";
import type { DeployRun, Ready } from "../run.ts";
import type { Restorable } from "./copy.ts";

/** What the step before has made of one component: a declared backup, or a dump where none is declared. */
export type MadeBackup =
  | { readonly component: string; readonly declared: string }
  | { readonly component: string; readonly file: string };

export function restorable(run: DeployRun, ready: Ready, made: MadeBackup): Restorable {
  const { doors } = run;
  if ("file" in made) {
    return {
      id: made.file,
      restore: async (url, { major, signal }) => {
        await restoreDump(made.file, { url, major, doors, signal });
        return undefined;
      },
    };
  }
  return {
    id: made.declared,
    restore: async (url, { signal }) => {
      const scene = backupSceneOf(run, { variables: ready.variables, release: run.before?.id });
      const stored = await find(scene, made.declared, signal);
      await restoreInto(scene, stored, { url, component: made.component, makesRoles: true, signal });
      return proofText(stored);
    },
  };
}

async function find(
  scene: Parameters<typeof placesOf>[0],
  id: string,
  signal: AbortSignal,
): Promise<StoredBackup> {
  for (const { place } of placesOf(scene)) {
    const found = (await listBackups(place, signal)).find(({ manifest }) => manifest.id === id);
    if (found) return found;
  }
  throw new OutsideError(`the backup ${id} is not found where it was brought`);
}

function proofText({ proof }: StoredBackup): string | undefined {
  if (!proof) return undefined;
  const { verdict, rows, tables, restoreMs, problems } = proof;
  if (verdict !== "proven") return `${verdict}: ${problems.map(({ what }) => what).join("; ")}`;
  return `proven: ${quantity(rows, "row")} of ${quantity(tables, "table")} agree, restored in ${formatDuration(restoreMs)}`;
}

/** Troubles of a restore that take nothing from the data: an extension that the scratch server does not have. */
const HARMLESS = /extension|event trigger|pg_stat_statements/i;

/** A dump in pg_dump's custom format, into an empty database. Throws OutsideError with what pg_restore said. */
export async function restoreDump(
  file: string,
  request: { url: Secret; major: number; doors: Doors; signal: AbortSignal },
): Promise<void> {
  const { url, doors, signal, major } = request;
  const program = chooseDump(await findPrograms("pg_dump", doors), major);
  const environment = libpqEnvironment(url);
  const result = await doors.shell.run({
    file: join(dirname(program.file), "pg_restore"),
    args: ["--no-password", "--jobs=2", `--dbname=${environment.PGDATABASE}`, file],
    env: { LC_ALL: "C", ...environment },
    signal,
  });
  signal.throwIfAborted();
  if (result.code === 0) return;
  const troubles = result.stderr
    .split("\n")
    .filter((line) => /pg_restore: error: (?!could not execute query: )|ERROR: /.test(line));
  const real = troubles.filter((line) => !HARMLESS.test(line));
  if (troubles.length > 0 && real.length === 0) return;
  const said = (real.length > 0 ? real : result.stderr.trim().split("\n")).slice(0, 3).join(" ");
  throw new OutsideError(`${file} could not be restored after ${formatDuration(result.tookMs)}: ${said}`);
}

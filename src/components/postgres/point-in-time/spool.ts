import { join } from "node:path";
import type { Doors } from "../../../model/doors.ts";
import { giveTo, outsideDirectories, type ServiceAccount } from "../../../system/service-account.ts";

/** Where a supplied server leaves finished segments of its write-ahead log, for Gonogo to seal and bring away. */
const SPOOL = "wal-archive";

/** Of the component whose own directory this is; its server need not run. */
export async function spoolOf(directory: string, doors: Doors): Promise<string> {
  const [outside] = await outsideDirectories(doors, directory);
  return join(outside ?? join(directory, "home"), SPOOL);
}

/** Settings under which a server keeps what is needed to bring it back to any time, and the directory for it. */
export async function archiveSettings(options: {
  readonly home: string;
  readonly everyMs: number;
  readonly account: ServiceAccount | undefined;
  readonly doors: Doors;
}): Promise<Record<string, string>> {
  const { home, everyMs, account, doors } = options;
  const spool = join(home, SPOOL);
  await doors.files.makeDirectory(spool, { mode: 0o700 });
  await giveTo(doors, account, [spool]);
  return {
    wal_level: "replica",
    archive_mode: "on",
    archive_command: archiveCommand(spool),
    // Gonogo asks for a new segment itself; this is for the time in which it does not run.
    archive_timeout: `${Math.max(60, Math.ceil(everyMs / 1_000) * 2)}s`,
  };
}

/**
 * Shell line for `archive_command`: there whole and on the disk, or not at all; never over another one (manual,
 * "Continuous Archiving and Point-in-Time Recovery").
 */
export function archiveCommand(spool: string): string {
  const kept = `'${spool.replaceAll("'", `'\\''`).replaceAll("%", "%%")}'/%f`;
  return `if test -f ${kept}; then cmp -s %p ${kept}; else cp %p ${kept}.part && sync ${kept}.part && mv ${kept}.part ${kept}; fi`;
}

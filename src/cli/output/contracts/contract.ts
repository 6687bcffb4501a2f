import { z } from "zod";
import { backupResult, backupsResult, pruneResult, restoreResult } from "./backup.ts";
import { checkResult } from "./check.ts";
import { deployResult, launchResult, planResult, rollbackResult } from "./deploy.ts";
import { drillResult, drillsResult } from "./drill.ts";
import { explainResult, importResult, nearResult } from "./import.ts";
import { incidentResult, incidentsResult, silencesResult } from "./incident.ts";
import { reportResult, ticksResult, verifyResult } from "./report.ts";
import { logsResult, releasesResult, statusResult, stopResult } from "./status.ts";
import { storeResult } from "./store.ts";
import { watchResult } from "./watch.ts";

// The shape of `--format json` of every command. A name or a meaning that changes raises `version`; names may be
// added without that, so readers ignore those they do not know.

const version = z.literal(1);

export {
  backupResult,
  backupsResult,
  checkResult,
  deployResult,
  drillResult,
  drillsResult,
  explainResult,
  importResult,
  incidentResult,
  incidentsResult,
  launchResult,
  logsResult,
  nearResult,
  planResult,
  pruneResult,
  releasesResult,
  reportResult,
  restoreResult,
  rollbackResult,
  silencesResult,
  statusResult,
  stopResult,
  storeResult,
  ticksResult,
  verifyResult,
  watchResult,
};

export const initResult = z.object({
  version,
  kind: z.literal("init"),
  directory: z.string(),
  written: z.array(z.string()).readonly(),
  guesses: z
    .array(z.object({ what: z.string(), because: z.string() }))
    .readonly()
    .describe("each thing that was guessed, and what it was guessed from"),
});

/** What a command may print as JSON, told apart by `kind`. */
export const jsonResult = z.discriminatedUnion("kind", [
  checkResult,
  planResult,
  deployResult,
  rollbackResult,
  launchResult,
  statusResult,
  releasesResult,
  logsResult,
  stopResult,
  drillResult,
  drillsResult,
  incidentsResult,
  incidentResult,
  silencesResult,
  backupResult,
  backupsResult,
  pruneResult,
  restoreResult,
  initResult,
  importResult,
  explainResult,
  nearResult,
  reportResult,
  verifyResult,
  ticksResult,
  storeResult,
  watchResult,
]);
export type JsonResult = z.infer<typeof jsonResult>;

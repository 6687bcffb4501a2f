import { z } from "zod";
import { backupResult, backupsResult, pruneResult, restoreResult } from "./backup.ts";
import { checkResult } from "./check.ts";
import { deployResult, launchResult, planResult, rollbackResult } from "./deploy.ts";
import { drillResult, drillsResult } from "./drill.ts";
import { errorResult } from "./error.ts";
import { evidenceResult } from "./evidence.ts";
import { doubtsResult, explainResult, importResult, nearResult } from "./import.ts";
import {
  acknowledgementResult,
  incidentResult,
  incidentsResult,
  postMortemResult,
  retryResult,
  silencesResult,
} from "./incident.ts";
import { keyResult, keysResult } from "./key.ts";
import { signResult, waiveResult } from "./people.ts";
import { reportResult, ticksResult, verifyResult } from "./report.ts";
import { serveResult, workerResult } from "./serve.ts";
import { logsResult, releasesResult, statusResult, stopResult } from "./status.ts";
import { storeResult } from "./store.ts";
import { watchResult } from "./watch.ts";

// The shape of `--format json` of every command. A name or a meaning that changes raises `version`; names may be
// added without that, so readers ignore those they do not know.

const version = z.literal(1);

export {
  acknowledgementResult,
  backupResult,
  backupsResult,
  checkResult,
  deployResult,
  doubtsResult,
  drillResult,
  drillsResult,
  errorResult,
  evidenceResult,
  explainResult,
  importResult,
  incidentResult,
  incidentsResult,
  keyResult,
  keysResult,
  launchResult,
  logsResult,
  nearResult,
  planResult,
  postMortemResult,
  pruneResult,
  releasesResult,
  reportResult,
  restoreResult,
  retryResult,
  rollbackResult,
  serveResult,
  signResult,
  silencesResult,
  statusResult,
  stopResult,
  storeResult,
  ticksResult,
  verifyResult,
  waiveResult,
  watchResult,
  workerResult,
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
  doubtsResult,
  reportResult,
  verifyResult,
  ticksResult,
  storeResult,
  watchResult,
  evidenceResult,
  signResult,
  waiveResult,
  keyResult,
  keysResult,
  serveResult,
  workerResult,
  retryResult,
  acknowledgementResult,
  postMortemResult,
  errorResult,
]);
export type JsonResult = z.infer<typeof jsonResult>;

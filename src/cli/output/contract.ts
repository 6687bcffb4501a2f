import { z } from "zod";
import { backupResult, backupsResult, pruneResult, restoreResult } from "./backup-contract.ts";
import { checkResult } from "./check-contract.ts";
import { deployResult, launchResult, planResult, rollbackResult } from "./deploy-contract.ts";
import { drillResult, drillsResult } from "./drill-contract.ts";
import { explainResult, importResult } from "./import-contract.ts";
import { incidentResult, incidentsResult, silencesResult } from "./incident-contract.ts";
import { reportResult, ticksResult, verifyResult } from "./report-contract.ts";
import { logsResult, releasesResult, statusResult, stopResult } from "./status-contract.ts";
import { storeResult } from "./store-contract.ts";
import { watchResult } from "./watch-contract.ts";

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
  reportResult,
  verifyResult,
  ticksResult,
  storeResult,
  watchResult,
]);
export type JsonResult = z.infer<typeof jsonResult>;

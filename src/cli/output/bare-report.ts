import type { CheckRecord } from "./contracts/check.ts";
import type { ReportRecord } from "./contracts/report.ts";
import { unblockSteps } from "./unblock.ts";

/** A check as a report: what only the store knows, who signed, what was deployed, is left to `gonogo report`. */
export function bareReport(check: CheckRecord): ReportRecord {
  const { version, launch, environment, stage, at } = check;
  return {
    version,
    kind: "report",
    launch,
    environment,
    stage,
    at,
    check,
    signOffs: [],
    waivers: [],
    unblock: unblockSteps(check),
    countdown: null,
    release: null,
    deploys: [],
    chains: null,
  };
}

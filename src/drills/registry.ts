import { alertDrill } from "./alert-drill.ts";
import { certificateDrill } from "./certificate-drill.ts";
import { databaseDrill } from "./database-drill.ts";
import type { Drill } from "./drill.ts";
import { loadDrill } from "./load-drill.ts";
import { pointInTimeDrill } from "./point-in-time-drill.ts";
import { restoreDrill } from "./restore-drill.ts";
import { rollbackDrill } from "./rollback-drill.ts";
import { workerDrill } from "./worker-drill.ts";

/** Every drill there is. Another one is a file of its own and an entry here. */
export const DRILLS: readonly Drill[] = [
  restoreDrill,
  pointInTimeDrill,
  rollbackDrill,
  workerDrill,
  databaseDrill,
  certificateDrill,
  alertDrill,
  loadDrill,
];

export function findDrill(name: string): Drill | undefined {
  return DRILLS.find((drill) => drill.name === name);
}

import { openDatabase } from "./database.ts";
import { createLog, reasonOf } from "./log.ts";
import { readSettings } from "./settings.ts";

const AUDITS = [
  "audit_wallets_off_ledger",
  "audit_negative_balances",
  "audit_orphan_sessions",
  "audit_minutes_off_ledger",
  "audit_missed_ticks",
  "audit_stuck_sessions",
] as const;

/** Asks every audit; exits 1 when one of them finds something, so that a scheduler sees it. */
async function reconcile(): Promise<void> {
  const settings = readSettings();
  const log = createLog("reconcile", settings.logLevel);
  const database = openDatabase({
    url: settings.databaseUrl,
    poolMax: 1,
    name: "reconcile",
    onIdleError: (error) => log.warn("idle connection lost", { reason: reasonOf(error) }),
  });
  try {
    for (const audit of AUDITS) {
      const rows = await database.asPerson("", (query) => query(`select * from ${audit}()`));
      if (rows.length === 0) continue;
      process.exitCode = 1;
      log.error("audit found something", { audit, rows: rows.length });
    }
    log.info("reconciled", { ms: Math.round(performance.now()) });
  } finally {
    await database.close();
  }
}

try {
  await reconcile();
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
}

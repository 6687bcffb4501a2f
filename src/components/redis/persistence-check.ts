import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, type Outcome, pass, unknown, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { savePoints, session } from "./facts.ts";

export const persistenceMatchesUse = defineCheck({
  id: "redis.persistence.matches-use",
  title: "What Redis holds survives a restart as far as it has to",
  consequence: "After a restart the queued jobs and the sessions are gone.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "15m",
  asks: ways(`
    enable Redis persistence (AOF + RDB) | Redis persistence configured | Redis data survives restart
    Redis persistence | Redis AOF enabled | Redis snapshot configured | appendonly yes
    Redis appendonly enabled | Redis save configured | Redis AOF on | AOF enabled | Redis persistence policy
    Redis persists data | appendonly on | queued jobs not lost when Redis restarts
    AOF durability for the queue | jobs survive a Redis restart | queue survives Redis restart
    AOF persistence | appendonly | Redis durability | Redis restart does not lose jobs
    jobs not lost on Redis restart
  `),
  source: "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/",
  needs: { session, savePoints },
  run({ session: { info }, savePoints: save }, { options: { use, persistence } }): Outcome {
    if (use === "cache" && persistence === undefined) return notApplicable("a cache can be filled again");
    const hasAof = info.get("aof_enabled") === "1";
    const hasRdb = save === undefined ? snapshotsSeen(info) : save !== "";
    const failed = FAILURES.filter(([field]) => (info.get(field) ?? "ok") !== "ok").map(([, what]) => what);
    const measured = { aof: hasAof, rdb: hasRdb ?? null };
    if (failed.length > 0) {
      return fail("the last write to disk failed", {
        expected: "every write to disk ok",
        found: failed.join(", "),
        fix: "Look into the log of Redis and at the space and rights of its directory (CONFIG GET dir)",
        measured,
      });
    }
    const wanted = persistence ?? "any";
    if (wanted === "none") {
      if (!hasAof && !hasRdb) return pass("nothing is written to disk, as declared", measured);
      return warn("Redis writes to disk, and was declared not to", {
        expected: "neither AOF nor snapshots",
        found: [hasAof ? "AOF" : "", hasRdb ? "snapshots" : ""].filter(Boolean).join(" and "),
        fix: 'CONFIG SET appendonly no; CONFIG SET save "", or declare the persistence',
        measured,
      });
    }
    if (hasRdb === undefined && (wanted === "any" ? !hasAof : wanted !== "aof")) {
      return unknown("this user may not ask for the save points, and no snapshot has been seen");
    }
    const missing = missingOf(wanted, hasAof, hasRdb ?? false);
    if (missing.length === 0) {
      return pass([hasAof ? "AOF" : "", hasRdb ? "snapshots" : ""].filter(Boolean).join(" and "), measured);
    }
    return fail(wanted === "any" ? "nothing is written to disk" : "persistence is not as declared", {
      expected: wanted === "any" ? "AOF or snapshots" : wanted.toUpperCase().replace("+", " and "),
      found: [hasAof ? "AOF" : "no AOF", hasRdb ? "snapshots" : "no snapshots"].join(", "),
      fix: missing.map((each) => FIXES[each]).join("; "),
      findings: missing,
      measured,
    });
  },
});

const FAILURES = [
  ["aof_last_write_status", "writing the append-only file"],
  ["aof_last_bgrewrite_status", "rewriting the append-only file"],
  ["rdb_last_bgsave_status", "writing a snapshot"],
] as const;

const FIXES = {
  aof: "CONFIG SET appendonly yes, and appendonly yes in redis.conf",
  rdb: 'CONFIG SET save "3600 1 300 100", and the same in redis.conf',
} as const;

function missingOf(
  wanted: "any" | "aof" | "rdb" | "aof+rdb",
  hasAof: boolean,
  hasRdb: boolean,
): ("aof" | "rdb")[] {
  if (wanted === "any") return hasAof || hasRdb ? [] : ["aof"];
  const parts = wanted.split("+") as ("aof" | "rdb")[];
  return parts.filter((part) => !(part === "aof" ? hasAof : hasRdb));
}

/** Snapshots counted since the start (Redis 7); undefined when none tells whether they are on. */
function snapshotsSeen(info: ReadonlyMap<string, string>): boolean | undefined {
  return Number(info.get("rdb_saves") ?? 0) > 0 ? true : undefined;
}

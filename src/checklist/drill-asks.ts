import type { Answerer } from "./ask-index.ts";

/** How people ask for a rehearsal: what was never tried out is not known to work. */
export const DRILLS: readonly Answerer[] = [
  drill("restore", "A backup was restored and compared with what it was made from", [
    "test backup restoration",
    "backup restore tested",
    "restore from backup tested",
    "test restore",
    "test backup restore process",
    "backup and restore tested",
    "test disaster recovery",
    "disaster recovery tested",
    "recovery tested",
    "recovery procedure tested",
    "backup restore drill",
    "verify backups can be restored",
  ]),
  drill("rollback", "The previous release came back in time, and users noticed nothing", [
    "test rollback",
    "rollback tested",
    "rollback procedure tested",
    "test rollback procedure",
    "rollback plan tested",
    "rollback drill",
    "rehearse rollback",
  ]),
  drill("load", "The load that is expected was put on it, and it kept its promises", [
    "load test",
    "run load test",
    "load testing completed",
    "stress test",
    "performance test under load",
    "concurrent users load test",
    "can handle expected load",
  ]),
  drill("alert", "An alert was raised on purpose, arrived, and somebody acknowledged it", [
    "test alerts",
    "alerts tested",
    "test alert notifications",
    "alert delivery tested",
    "test alert routing",
  ]),
];

function drill(name: string, title: string, asks: readonly string[]): Answerer {
  return { id: `drill.${name}`, kinds: [], title, asks };
}

import type { Answerer } from "./ask-index.ts";

/** "Rollback plan", "backup and restore procedure": what is only written down was not tried. */
export const TRIED = ["test", "rehearsal", "verify", "simulat", "kill", "survive", "surviv"];

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
    "DR drill",
    "disaster recovery drill completed",
  ]),
  drill("rollback", "The previous release came back in time, and users noticed nothing", [
    "test rollback",
    "rollback tested",
    "rollback procedure tested",
    "test rollback procedure",
    "rollback plan tested",
    "rollback drill",
    "rehearse rollback",
    "rollback verified",
    "rolled back in a test",
    "can be rolled back within minutes",
    "going back to the previous version was tried",
    "rollback rehearsed this week",
    "rollback tested in staging",
  ]),
  drill("worker", "A worker was killed, came back, and no job was lost or done twice", [
    "worker crash recovery tested",
    "worker failure tested",
    "kill a worker",
    "workers restart after a crash",
    "jobs survive a worker crash",
    "worker recovery tested",
  ]),
  drill("database", "The database went away and came back, and so did the application", [
    "database failover tested",
    "database restart tested",
    "database outage tested",
    "application survives a database restart",
    "simulate database failure",
    "failover tested",
    "database failure tested",
    "chaos test of the database",
  ]),
  drill("certificate", "The certificate was renewed before its time, and the new one is served", [
    "test certificate renewal",
    "test certificate renewal process",
    "certificate renewal tested",
    "certificate renewal drill",
    "renewal tested",
    "certbot renew --dry-run",
  ]),
  drill("alert", "An alert was raised on purpose, arrived, and somebody acknowledged it", [
    "test alerts",
    "alerts tested",
    "test alert notifications",
    "alert delivery tested",
    "test alert routing",
    "send a test alert",
    "alert channels tested",
  ]),
  {
    id: "drill.load",
    kinds: [],
    title: "The declared load was sent, and answers came as fast and as rarely wrong as promised",
    asks: [
      "concurrent users supported",
      "load test script run",
      "tested under expected load",
      "peak load tested",
      "no crashes under load",
      "stays stable under load",
      "performance benchmarks met",
      "run load tests",
      "load testing",
      "load test completed",
      "stress testing",
      "performance testing under load",
      "load test with concurrent users",
      "test WebSocket scalability",
      "performance baselines are set",
      "configure performance baselines",
    ],
  },
];

function drill(name: string, title: string, asks: readonly string[]): Answerer {
  return { id: `drill.${name}`, kinds: [], title, asks, saysOneOf: TRIED };
}

import { ways } from "../model/ways.ts";
import type { Answerer } from "./binder/answerer.ts";

/** "Rollback plan", "backup and restore procedure": what is only written down was not tried. */
export const TRIED = ["test", "rehearsal", "verify", "simulat", "kill", "survive", "surviv"];

/** How people ask for a rehearsal: what was never tried out is not known to work. */
export const DRILLS: readonly Answerer[] = [
  drill(
    "restore",
    "A backup was restored and compared with what it was made from",
    ways(`
      test backup restoration | backup restore tested | restore from backup tested | test restore
      test backup restore process | backup and restore tested
      recovery tested | recovery procedure tested | backup restore drill
      verify backups can be restored | restore successful
      restore works | test recovery | backups restorable, tested | at least one restore performed
      restore procedure tested on a copy | data recovery tested
      full restore tested | restore into a scratch database verified
      pg_restore verified | restored into a test database | backup restored once as a test
      restored backup verified | restore rehearsed | restore practised | try restoring the backup
      restore drill | restore exercised | backups tested by restoring | restoring a backup was tried
      backup restored on staging and verified | test restore into an empty database | dump restored in a test
      restored data compared | trial restore | practise restoring the dump
      perform a test restore | full restore performed as a test
      backup restored into a fresh database as a test | restore rehearsed and timed
      we restored a backup into a test database | verify that we can restore from the nightly backup
      backups restored at least once as a test | recovery rehearsal | restore procedure tested
      restore drill planned and tried | restore drill performed | restore tried out
      database restore tested | restores verified | restore documented and tested
      recovery rehearsal succeeds
    `),
  ),
  drill(
    "point-in-time",
    "The data was brought back as it was at one moment, and compared",
    ways(`
      point-in-time recovery tested | test point-in-time recovery | PITR tested | PITR drill
      recovery to a point in time tested | accidental deletion recovery tested
      restore the database to a moment tested | recovery to a timestamp tested | WAL replay tried
      PITR rehearsed | PITR exercised | point-in-time restore tested | point-in-time restore tried
      restore to a given minute tested | PITR restore exercised | PITR verified
      recovered to a point in time in a test | recovery to a specific time rehearsed
      point-in-time recovery practised | point-in-time recovery drill | test PITR
      recovery to an exact minute practised | restore to an exact time tested
    `),
  ),
  drill(
    "rollback",
    "The previous release came back in time, and users noticed nothing",
    ways(`
      test rollback | rollback tested | rollback procedure tested | test rollback procedure
      rollback plan tested | rollback drill | rehearse rollback | rollback verified | rolled back in a test
      can be rolled back within minutes | going back to the previous version was tried
      rollback tested in staging | rollback mechanism tested | blue/green rollback tested
      rollback capability verified | rollback to the previous image tested | rollback path tested
      one-click rollback verified | rollback procedure rehearsed | rollback practised | practice rolling back
      rollback exercised | tried rolling back | rollback to the previous release tested
      previous version redeployed as a test | rollback dry run | test rolling back a release
      rollback on staging verified | rollback simulated | reverting a release tested
      rolled back and forward once as a test | ability to roll back verified
      roll back once before launch as a test | roll back once as a test
      rolled back staging to the previous release as a test | rollback practised in minutes
      instant rollback tested | rollback rehearsed and timed | can roll back within 10 minutes, tested
      zero-downtime deployment tested | kubectl rollout undo tested
    `),
  ),
  drill(
    "worker",
    "A worker was killed, came back, and no job was lost or done twice",
    ways(`
      worker crash recovery tested | worker failure tested | kill a worker | workers restart after a crash
      jobs survive a worker crash | worker recovery tested
      test that workers recover from a crash | kill a worker and jobs survive
      jobs survive when a worker is killed | killing a worker loses no job
      worker killed, no jobs lost | chaos test of a worker
      terminate a worker in a test | worker failover tested
      worker outage simulated | test that jobs survive a crash | kill -9 the worker | worker restart tested
      job recovery tested | worker crash loses no jobs | no jobs lost when a worker restarts
      no job lost when a worker dies | simulate worker crash
    `),
    ["die", "lost", "lose"],
  ),
  drill(
    "database",
    "The database went away and came back, and so did the application",
    ways(`
      database restart tested | database outage tested
      application survives a database restart | simulate database failure
      database failure tested | chaos test of the database
      kill the database | test that the app recovers after a database restart
      simulate loss of the database | database outage simulated | app survives loss of the database
      database loss rehearsed | stop Postgres and see the app recover test
      test reconnect after database restart
      app survives database outage | kill Postgres and verify the app recovers
      app recovers after a database outage | app reconnects when the database restarts
      reconnects after a database restart | connection pool recovers after the database returns
      stop the database and check recovery
    `),
    ["outag", "reconnect"],
  ),
  drill(
    "certificate",
    "The certificate was renewed before its time, and the new one is served",
    ways(`
      test certificate renewal | test certificate renewal process | certificate renewal tested
      certificate renewal drill | renewal tested | certbot renew --dry-run | renewal of the certificate tested
      TLS renewal rehearsed | certificate renewal rehearsed | force a renewal and check the new certificate
      certificate renewal practised | practise the certificate renewal | renewal dry run
      renewed certificate picked up verified | certificate rotation tested | certificate replacement rehearsed
      renewal tested with dry-run | forced renewal tested | certificate renewal verified | ACME renewal tested
      cert-manager renewal tested
    `),
  ),
  drill(
    "alert",
    "An alert was raised on purpose, arrived, and somebody acknowledged it",
    ways(`
      test alerts | alerts tested | test alert notifications | alert delivery tested
      send a test alert | alert channels tested | test alert sent | test alerts sent successfully
      test notification received from monitoring | trigger a test alert
      alert delivery verified | test alert received | alerts verified with a test
      test alert received in Slack | test page sent to on-call | trigger a fake incident
      send a test notification to the pager | test page acknowledged | alert path tested
      alert path tested end to end | on-call acknowledged a test page | test alert fired and received
      test notification sent through Opsgenie | test alarm | alarms tested | fire drill for alerts
      trigger an alarm on purpose | test incident | paging tested
      alert triggered and acknowledged in a test | PagerDuty test | test alert triggered and received
      test notification to PagerDuty | send a test page | trigger a fake incident in PagerDuty
      test alert reached the on-call phone | test alert reached somebody
      test the PagerDuty integration
    `),
    ["test-message", "trigger", "fake"],
  ),
  {
    id: "drill.load",
    kinds: [],
    title: "The declared load was sent, and answers came as fast and as rarely wrong as promised",
    asks: ways(`
      concurrent users supported | load test script run | tested under expected load | peak load tested
      no crashes under load | stays stable under load | performance benchmarks met | run load tests
      load testing | load test completed | stress testing | performance testing under load
      load test with concurrent users | load-test and benchmark the service
      handles expected traffic | can handle expected traffic | simulate peak traffic
      concurrent users accessing the application | load testing at production scale | load tests pass
      stress test the API | site handles requests per second | handles 500 requests per second
      JMeter load test passed | load test passed | load tested | k6 load test | Locust run | Gatling run
      load test with expected peak traffic | throughput tested | load tests run | artillery load test
      wrk or ab benchmark | capacity tested | load test results within targets
      copes with parallel users | parallel users | 1000 parallel users
      copes with expected traffic | sustains requests per second | peak traffic simulated
      throughput verified under load
      operations per second under load | load test with virtual users below the error limit
      load test with production traffic | load test with realistic traffic
      load test with production-like traffic patterns | load test with real data volumes
      application handles expected load | handles the expected load
      system withstands the expected load | copes with peak load
    `),
  },
];

function drill(
  name: string,
  title: string,
  asks: readonly string[],
  alsoTried: readonly string[] = [],
): Answerer {
  return { id: `drill.${name}`, kinds: [], title, asks, saysOneOf: [...TRIED, ...alsoTried] };
}

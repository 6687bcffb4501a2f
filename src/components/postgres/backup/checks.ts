import type { BackupProblem } from "../../../model/backup.ts";
import { defineCheck } from "../../../model/check.ts";
import { formatDuration } from "../../../model/duration.ts";
import { type Fail, fail, pass } from "../../../model/outcome.ts";
import { formatSize } from "../../../model/size.ts";
import { ways } from "../../../model/ways.ts";
import { type DatabaseBackups, databaseBackups, type PlacedBackup } from "./facts.ts";

export const UNDECLARED = fail("nobody backs it up: no backups are declared", {
  expected: "a declaration of backups",
  found: "none",
  fix: 'backups: { destinations: { offsite: s3({ ... }) }, recipients: ["age1..."] }',
});

export const backupRecent = defineCheck({
  id: "postgres.backup.recent",
  title: "The newest backup is no older than the data that may be lost",
  consequence: "A lost disk takes more of the users' data than was promised.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "15m",
  asks: ways(`
    verify database backups running | backups enabled | automated daily backups | backup schedule configured
    last night's backup is there | final database backup | backup strategy configured
    backup taken before deployment | automated backups configured | backup created before migrations
    nightly pg_dump | nightly backup | backup ran | verify backups ran | backups ran
    daily backup | daily backups | backup every night | no backup for 25 hours
    backup job running | backup cron runs | automatic backup | automated backup | backups automated
    backups are automated | backup runs daily | scheduled database backups | daily automatic backups
    database dumped daily | database backed up | backup of the database | database snapshot taken
    full backup | regular database backups | backup before deployment | backup completed
    backup strategy implemented | backup strategy in place | nightly dump
    nightly dumps of the database | last backup less than a day old | backup job runs every night
    backup successful | initial backup created | backup scheduled | take a backup before deploying
    backup script works | backup script scheduled | backup frequency daily | pre-deployment backup
    last snapshot under 24 hours old
    latest backup is recent | newest backup from last night | backup scheduled daily at night UTC
    backup status checked | fresh backup before deployment | backup system verified
    backup systems working | backup timer active | systemd timer for backups | daily backup timer
    backup confirmed before rollout | backup system working
    database backup before release confirmed | backup systems in place | data backups
    data is backed up | first backup taken | initial backup taken | database backup
  `),
  source: "https://www.postgresql.org/docs/current/backup.html",
  needs: { backups: databaseBackups },
  run: ({ backups }, { component, environment }) => {
    if (!backups) return UNDECLARED;
    const { newest, policy, now } = backups;
    const most = formatDuration(policy.loseAtMostMs);
    const again = `gonogo backup --env ${environment.name}`;
    if (!newest) {
      return fail(`${component} was never backed up`, {
        expected: `a backup no older than ${most}`,
        found: "none",
        fix: again,
      });
    }
    const age = now - newest.takenAt;
    const measured = { ageMs: age, storedBytes: newest.storedBytes };
    if (newest.damage.length > 0) return damaged(newest, again, measured);
    if (age > policy.loseAtMostMs) {
      return fail(`the newest backup is ${formatDuration(age)} old`, {
        expected: `one no older than ${most}`,
        found: `${newest.id}, of ${formatDuration(age)} ago`,
        fix: `${again}, and see why no later one was made`,
        measured,
      });
    }
    return pass(
      `${newest.id}, ${formatDuration(age)} old, ${formatSize(newest.storedBytes)} in ${newest.place}`,
      measured,
    );
  },
});

export const backupRestored = defineCheck({
  id: "postgres.backup.restore-drill",
  title: "The newest backup was restored and compared",
  consequence: "A backup that nobody restored is found to be empty on the day it is needed.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "15m",
  asks: ways(`
    backup restoration tested | test disaster recovery (restore from backup) | restore from backup verified
    a backup was restored and compared | test backup restoration process | RTO and RPO measured
    restore tested | restore rehearsal done | restored last month's backup to verify
    backup restored in a test environment | restore from backup tried | backups tested regularly
    backup tested | backup restored to staging | restore rehearsed | Restored a backup
    a dump loaded into an empty database | backup integrity verified by a restore
    dump restored into staging | snapshot restored to a scratch instance | row counts compared after restore
    restored backup compared | snapshot restored successfully | restored dump and compared row counts
    backup restored to a throwaway database | latest backup restored | restored into a scratch database
    recovery rehearsal | restore procedure tested | restore drill planned and tried
    restore drill performed | restore tried out | database restore tested | restores verified
    restore documented and tested | recovery rehearsal succeeds
  `),
  source: "https://www.postgresql.org/docs/current/backup-dump.html",
  needs: { backups: databaseBackups },
  run: ({ backups }, { component, environment }) => {
    if (!backups) return UNDECLARED;
    const { newest } = backups;
    const verify = `gonogo backups verify --env ${environment.name}`;
    if (!newest) {
      return fail(`no backup of ${component} can have been restored: there is none`, {
        expected: "a backup, restored and compared",
        found: "none",
        fix: `gonogo backup --env ${environment.name}`,
      });
    }
    if (newest.damage.length > 0) return damaged(newest, `gonogo backup --env ${environment.name}`, {});
    const { proof } = newest;
    if (!proof) {
      return fail(`${newest.id} was never restored: nobody knows whether it is a backup`, {
        expected: "restored into a scratch server and compared",
        found: "no proof",
        fix: verify,
      });
    }
    if (proof.verdict !== "proven") {
      const what = proof.verdict === "failed" ? "was restored and is not good" : "could not be restored here";
      return fail(`${newest.id} ${what}: ${told(proof.problems)}`, {
        expected: "a restored copy that agrees with what was backed up",
        found: told(proof.problems),
        fix:
          proof.verdict === "failed"
            ? `gonogo backup --env ${environment.name}`
            : `mend that, then ${verify}`,
        findings: proof.problems.map(({ kind, what: each }) => `${kind}: ${each}`),
      });
    }
    return withinPromises(backups, newest);
  },
});

function withinPromises({ policy, now, isUnchanged }: DatabaseBackups, newest: PlacedBackup) {
  const { proof } = newest;
  const rtoMs = (proof?.restoreMs ?? 0) + (proof?.compareMs ?? 0);
  // What a loss at this moment would cost: everything written since it was taken.
  const rpoMs = isUnchanged ? 0 : now - newest.takenAt;
  const measured = { rtoMs: Math.round(rtoMs), rpoMs, rows: proof?.rows ?? 0, tables: proof?.tables ?? 0 };
  const figures = `RTO ${formatDuration(rtoMs)}, RPO ${rpoMs === 0 ? "0 s" : formatDuration(rpoMs)}`;
  const ago = formatDuration(Math.max(0, now - (proof?.provenAt ?? now)));
  const words = `restored and compared ${ago} ago, ${figures}`;
  const trouble = (expected: string, found: string, fix: string): Fail =>
    fail(words, { expected, found, fix, measured });
  if (rtoMs > policy.restoreWithinMs) {
    return trouble(
      `restored within ${formatDuration(policy.restoreWithinMs)}`,
      `it took ${formatDuration(rtoMs)}`,
      "raise backups.jobs, or promise a longer restoreWithin",
    );
  }
  if (rpoMs > policy.loseAtMostMs) {
    return trouble(
      `at most ${formatDuration(policy.loseAtMostMs)} of data lost`,
      `${formatDuration(rpoMs)} would be`,
      "back up more often, or promise a longer loseAtMost",
    );
  }
  return pass(words, measured);
}

function damaged(newest: PlacedBackup, fix: string, measured: Record<string, number>): Fail {
  return fail(`${newest.id} is damaged: ${told(newest.damage)}`, {
    expected: "every object as it was written, opened by the key that is here",
    found: told(newest.damage),
    fix: newest.damage.some(({ kind }) => kind === "wrong key")
      ? "bring back the key the backups were sealed to, or back up anew for the new one"
      : fix,
    findings: newest.damage.map(({ kind, what }) => `${kind}: ${what}`),
    measured,
  });
}

function told(problems: readonly BackupProblem[]): string {
  const [first, ...more] = problems;
  if (!first) return "no reason was kept";
  return `${first.kind}: ${first.what}${more.length > 0 ? `, and ${more.length} more` : ""}`;
}

import { defineCheck } from "../../model/check.ts";
import { formatDuration, msOf } from "../../model/duration.ts";
import { fail, notApplicable, pass, warn } from "../../model/outcome.ts";
import type { ScheduleStatus } from "../../model/runtime.ts";
import { ways } from "../../model/ways.ts";
import { scheduleSeen } from "./facts.ts";
import { DEFAULT_TIME_ZONE, type ScheduleOptions } from "./options.ts";
import { describeTiming, dueAfter, formatTime, shortestInterval } from "./timing.ts";

export const cronRegistered = defineCheck({
  id: "cron.registered",
  title: "The schedule is registered as it is declared",
  consequence: "The job runs at another time than the team believes, or never.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "15m",
  asks: ways(`
    cron jobs configured | scheduled tasks set up
    periodic jobs scheduled | periodic tasks registered | cron jobs set up | scheduled jobs configured
    cron configured | scheduled tasks configured | cron jobs scheduled | task scheduler configured
    crontab configured | periodic tasks configured | background scheduler configured
    cron entry added | scheduler cron entry | crontab entry added | schedule:run in crontab
    timers enabled | systemd timers enabled | scheduled tasks added | crontab installed
    cron entries installed | cron job added | Cron jobs | job scheduled every 15 minutes
    cron: * * * * * artisan schedule:run | cron jobs deployed
    cron job for the scheduler | cron job for cleanup | crons active | cron jobs registered
    cron jobs registered in production | schedule registered | cron tasks registered
    time zone of scheduled jobs configured | Cron timezone
    systemd timer active | cron entry for the backup script | nightly cron scheduled
    systemd timers active
    artisan schedule:list shows the jobs | schedule list complete | crontab -l shows the jobs
    list of scheduled jobs checked
  `),
  needs: { seen: scheduleSeen },
  run({ seen: { status } }, { options, component, environment }) {
    const expected = describeTiming(options);
    const fix = `gonogo deploy --env ${environment.name} registers it`;
    if (!status) return fail(`${component} is not registered`, { expected, found: "no such schedule", fix });
    if (isAsDeclared(status, options)) {
      const next = status.nextAt === undefined ? "" : `, next at ${formatTime(status.nextAt)}`;
      return pass(`${expected}${next}`, { nextAt: status.nextAt ?? null });
    }
    const zone = status.timeZone === undefined ? "" : ` (${status.timeZone})`;
    const found =
      status.everyMs === undefined ? `${status.cron}${zone}` : `every ${formatDuration(status.everyMs)}`;
    return fail(`${component} is registered for another time`, { expected, found, fix });
  },
});

function isAsDeclared(status: ScheduleStatus, options: ScheduleOptions): boolean {
  if (options.every !== undefined) return status.everyMs === msOf(options.every);
  const zone = options.timeZone ?? DEFAULT_TIME_ZONE;
  return status.cron === options.cron && (status.timeZone ?? zone) === zone;
}

export const cronRan = defineCheck({
  id: "cron.ran",
  title: "The last run was on time and ended well",
  consequence: "What the job should have done, charging, cleaning, mailing, is missing and nobody is told.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "1m",
  asks: ways(`
    cron jobs running | scheduled jobs executed successfully | verify the scheduled task ran
    billing tick runs every minute | no missed ticks | scheduler is running | cron jobs working
    scheduled tasks running | cron jobs tested | scheduled jobs run | cron executed
    scheduled jobs verified | cron jobs running correctly | periodic tasks running | cron running
    cron job runs | cron job executed | cron jobs execute | cron jobs run on schedule
    scheduled job ran last night | timer fired | scheduler ran | nightly job ran | cron works
    cron jobs ran over night | nightly jobs succeeded | cron job runs daily
    reminder cron runs | cron runs hourly | cron jobs execute without failures
    scheduled tasks run on time | cron runs on time | periodic tasks executed | cron monitoring
    nightly report job ran | cron log shows successful runs
    hourly sync job runs | last scheduled run successful
    scheduled tasks have run at least once | daily report job ran last night
    hourly sync completed in the last hour | sync runs on schedule
    backup cron ran | nightly cron tested | sync runs every 15 minutes | email sync runs on schedule
    jobs run as scheduled | cron jobs are running on their schedule | scheduled jobs running on schedule
  `),
  needs: { seen: scheduleSeen },
  run({ seen }, { options, component }) {
    const { at, status, releasedAt } = seen;
    if (!status) {
      return fail("it never ran", {
        expected: describeTiming(options),
        found: `${component} is not registered`,
        fix: "see cron.registered",
      });
    }
    const { lastStartedAt, lastExitCode, failures } = status;
    const from = lastStartedAt ?? releasedAt;
    const dueAt = from === undefined ? status.nextAt : dueAfter(options, from);
    const isRunning = lastStartedAt !== undefined && !hasEnded(status);
    // Runs do not overlap: one that takes longer than the interval moves the next one.
    const latest = (dueAt ?? Number.POSITIVE_INFINITY) + msOf(options.grace) + (status.lastTookMs ?? 0);
    const measured = {
      lastStartedAt: lastStartedAt ?? null,
      lastExitCode: lastExitCode ?? null,
      lastTookMs: status.lastTookMs ?? null,
      failuresInARow: failures,
    };
    const logs = `gonogo logs ${component}`;
    if (at > latest && !isRunning) {
      return fail(lastStartedAt === undefined ? "it never ran" : "a run is missing", {
        expected: `${describeTiming(options)}: a run at ${formatTime(dueAt ?? at)}, at most ${options.grace} late`,
        found: lastStartedAt === undefined ? "none" : `the last one began at ${formatTime(lastStartedAt)}`,
        fix: `is the target's agent running? gonogo status; then ${logs}`,
        measured,
      });
    }
    if (lastStartedAt === undefined) {
      return notApplicable(`its first run is due at ${dueAt === undefined ? "no time" : formatTime(dueAt)}`);
    }
    if (isRunning && failures === 0) {
      return pass(`running for ${formatDuration(at - lastStartedAt)}`, measured);
    }
    if (failures > 0 || lastExitCode !== 0) {
      const how =
        isRunning || lastExitCode === undefined ? "was ended" : `ended with exit code ${lastExitCode}`;
      return fail(failures > 1 ? `the last ${failures} runs failed` : "the last run failed", {
        expected: "exit code 0",
        found: `\`${options.run}\` ${how}${lastExitCode === undefined ? ` (time-out: ${options.timeout})` : ""}`,
        fix: `${logs} shows its last lines`,
        measured,
      });
    }
    return pass(
      `ran ${formatDuration(at - lastStartedAt)} ago for ${formatDuration(status.lastTookMs ?? 0)}`,
      measured,
    );
  },
});

function hasEnded({ lastStartedAt = 0, lastFinishedAt }: ScheduleStatus): boolean {
  return lastFinishedAt !== undefined && lastFinishedAt >= lastStartedAt;
}

/** Beyond this part of the interval the next slow day makes runs collide. */
const NEAR = 0.8;

export const cronOverlap = defineCheck({
  id: "cron.overlap",
  title: "A run ends before the next one is due",
  consequence: "Runs fall behind for good: a job meant for every minute comes when it can.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "15m",
  asks: ways(`
    cron jobs do not overlap | scheduled jobs finish within their interval
    no concurrent runs of the same job | prevent overlapping cron runs | Jobs do not overlap
    cron runs do not overlap | runs do not overlap | long tasks without overlapping
    cron without parallel runs | no parallel cron runs
    only one instance of a scheduled job runs at a time | only one instance of the job at a time
  `),
  needs: { seen: scheduleSeen },
  run({ seen: { at, status } }, { options, component }) {
    const intervalMs = shortestInterval(options, at);
    if (!status || status.lastStartedAt === undefined || intervalMs === undefined) {
      return notApplicable("no run was seen yet");
    }
    const tookMs = hasEnded(status) ? (status.lastTookMs ?? 0) : at - status.lastStartedAt;
    const measured = { tookMs, intervalMs };
    const trouble = {
      expected: `less than ${formatDuration(intervalMs)}`,
      found: `${formatDuration(tookMs)}${hasEnded(status) ? "" : " and still running"}`,
      fix: `make the run shorter (a part of the work each time), or the interval of ${component} longer`,
      measured,
    };
    if (tookMs >= intervalMs) return fail("a run takes longer than the interval", trouble);
    if (tookMs >= intervalMs * NEAR) return warn("a run takes nearly the whole interval", trouble);
    return pass(`the last run took ${formatDuration(tookMs)} of ${formatDuration(intervalMs)}`, measured);
  },
});

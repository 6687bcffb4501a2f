import { defineCheck } from "../../model/check.ts";
import { formatDuration, msOf } from "../../model/duration.ts";
import { fail, pass } from "../../model/outcome.ts";
import type { InstanceStatus } from "../../model/runtime.ts";
import { ways } from "../../model/ways.ts";
import { workerInstances } from "./facts.ts";

export const workerRunning = defineCheck({
  id: "jobs.worker.running",
  title: "Every declared worker runs and says so",
  consequence: "Jobs are accepted and never done: nobody is billed, no mail is sent, and no error is shown.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "1m",
  asks: ways(`
    background workers running | Celery workers are up
    Sidekiq workers running | queue workers healthy | worker process running
    worker dynos | scale worker dynos | workers running
    worker running | background workers started | Celery worker running | Sidekiq running
    queue worker running | job workers deployed | background jobs configured | queue workers configured
    worker processes healthy | background job processing configured | workers up | worker status
    queue:work running | Supervisor keeps queue:work running | Horizon running
    Celery worker running under systemd | worker containers running | worker started | consumers running
    worker pods running | worker is up | Background jobs | queue worker under Supervisor
    worker health check passes | worker health monitored | queue workers monitored
    worker health verified | background workers online | worker healthy | worker deployed
    worker replicas running | worker process running in the background
    background worker process running | worker running in the background | workers online
    Hangfire server running | queue consumers up | worker deployment ready | Solid Queue running
    rq worker running | Oban running | BullMQ worker running | Sidekiq process alive | worker service active
    worker heartbeat | Celery responds to ping | Hangfire servers active
    worker deployed to Railway | worker deployed to Render
    queue worker service started
  `),
  needs: { seen: workerInstances },
  run({ seen: { at, instances } }, { options, component }) {
    const limitMs = msOf(options.heartbeat) * 2;
    const ageOf = ({ heartbeatAt }: InstanceStatus): number | undefined =>
      heartbeatAt === undefined ? undefined : at - heartbeatAt;
    const silent = instances.filter((each) => (ageOf(each) ?? Number.POSITIVE_INFINITY) >= limitMs);
    const well = instances.filter((each) => each.state === "ready" && !silent.includes(each));
    const oldestMs = Math.max(0, ...well.map((each) => ageOf(each) ?? 0));
    const measured = { running: well.length, declared: options.instances, oldestHeartbeatMs: oldestMs };
    if (well.length >= options.instances) {
      return pass(
        `${well.length} of ${options.instances} alive, last heartbeat ${formatDuration(oldestMs)} ago at most`,
        measured,
      );
    }
    const expected = `${options.instances} ready, each with a heartbeat in the last ${formatDuration(limitMs)}`;
    if (instances.length === 0) {
      return fail(`${component} does not run`, {
        expected,
        found: "no instance of this release",
        fix: `gonogo deploy starts it: \`${options.start}\``,
        measured,
      });
    }
    const neverHeard = silent.filter((each) => each.heartbeatAt === undefined && each.state === "ready");
    return fail(`${well.length} of ${options.instances} workers are alive`, {
      expected,
      found: instances
        .filter((each) => !well.includes(each))
        .map((each) => tell(each, ageOf(each)))
        .join("; "),
      fix:
        neverHeard.length > 0
          ? `let ${component} touch the file named by GONOGO_HEARTBEAT_FILE every ${options.heartbeat}, from the loop that takes jobs`
          : `gonogo logs ${component} tells what it does instead`,
      findings: instances
        .filter((each) => !well.includes(each))
        .map(({ process, index }) => `${process}.${index}`),
      measured,
    });
  },
});

function tell({ process, index, state }: InstanceStatus, ageMs: number | undefined): string {
  const heard = ageMs === undefined ? "never heard of" : `last heard of ${formatDuration(ageMs)} ago`;
  return `${process}.${index} is ${state}, ${heard}`;
}

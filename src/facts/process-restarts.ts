import { defineCheck } from "../model/check.ts";
import { defineFact, NotObserved } from "../model/fact.ts";
import { fail, pass, unknown, warn } from "../model/outcome.ts";
import { quantity } from "../model/quantity.ts";
import type { InstanceStatus } from "../model/runtime.ts";
import type { Subject } from "../model/subject.ts";
import { ways } from "../model/ways.ts";

/**
 * Instances of the subject's component that belong to its release, or to any when none is known. Throws
 * NotObserved before the first deploy.
 */
export function instancesOf({ runtime, environment, component, release }: Subject): InstanceStatus[] {
  if (!runtime) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
  return runtime.instances.filter(
    (each) => each.process === component && (release === undefined || each.release === release.id),
  );
}

const processInstances = defineFact<readonly InstanceStatus[], unknown>({
  id: "process.instances",
  access: "read",
  reach: "application",
  collect: async ({ subject }) => instancesOf(subject),
});

/** From here on it is a loop, not an accident. */
const LOOP = 3;

export const processRestarts = defineCheck({
  id: "process.restarts",
  title: "Instances run without being started again and again",
  consequence: "Each crash loses the work in progress, and the next start may be the one that fails.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "5m",
  asks: ways(`
    no crash loops | no unexpected restarts | no crashes | application stable | no pods in CrashLoopBackOff
    pods not restarting | process stays up | containers stay up | No CrashLoopBackOff
    container restart count zero
    no OOMKilled containers | OOMKilled | app stays up without restarts | process does not crash
    no crash loop | pods not restarting continuously | no container restarts | restart count
    pods do not restart all the time | service has not restarted since deploy
    containers not restarting repeatedly | application does not keep restarting | no CrashLoopBackOff pods
    restart counter stays at zero | dyno crashes | no H10 crashes | app does not crash | processes stable
    no restart loops | restart loop
  `),
  needs: { instances: processInstances },
  run({ instances }, { component }) {
    if (instances.length === 0) return unknown(`no instance of ${component} is there to be looked at`);
    const measured = {
      instances: instances.length,
      restarts: instances.reduce((sum, { restarts }) => sum + restarts, 0),
    };
    const looping = instances.filter(({ restarts, state }) => restarts >= LOOP || state === "backing off");
    const troubled = looping.length > 0 ? looping : instances.filter(({ restarts }) => restarts > 0);
    if (troubled.length === 0)
      return pass(`${quantity(instances.length, "instance")}, none started again`, measured);
    const trouble = {
      expected: "no restart since the release was started",
      found: troubled.map(tell).join("; "),
      fix: `gonogo logs ${component}: its last lines before each end tell why`,
      findings: troubled.map(({ process, index }) => `${process}.${index}`),
      measured,
    };
    return looping.length > 0
      ? fail(`${component} keeps crashing`, trouble)
      : warn(`${component} was started again`, trouble);
  },
});

function tell({ process, index, restarts, state, lastExit }: InstanceStatus): string {
  const how = lastExit ? `, ended by ${lastExit.signal ?? `exit code ${lastExit.code}`}` : "";
  const now = state === "backing off" ? ", waiting to be started" : "";
  return `${process}.${index}: ${restarts === 1 ? "1 restart" : `${restarts} restarts`}${how}${now}`;
}

import { join } from "node:path";
import { DoesNotApply, defineFact, NotObserved } from "../../../model/fact.ts";
import type { VariablesOptions } from "../options.ts";

export interface RunningMode {
  readonly process: string;
  readonly index: number;
  readonly pid: number;
  /** NODE_ENV of the running process; undefined when it has none. */
  readonly nodeEnv: string | undefined;
}

/** A site is served from its files: no program of it has a mode. */
const RUNNING: ReadonlySet<string> = new Set(["web", "worker", "schedule"]);

/** NODE_ENV of each running instance, as the system keeps it; nothing else of its environment is kept. */
export const runningModes = defineFact<readonly RunningMode[], VariablesOptions>({
  id: "variables.running-modes",
  access: "read",
  reach: "application",
  async collect({ subject, doors }) {
    if (!(await doors.files.stat(join(subject.directory, "package.json")))) {
      throw new DoesNotApply("the project is not a Node application: it has no package.json");
    }
    if (!subject.siblings.some(({ kind }) => RUNNING.has(kind))) {
      throw new DoesNotApply("no declared component runs a process of the application");
    }
    const nothingYet = `nothing is deployed in ${subject.environment.name} yet`;
    if (!subject.runtime) throw new NotObserved(nothingYet);
    const running = subject.runtime.instances.filter(
      (instance) => instance.release !== "" && instance.state === "ready" && instance.pid !== undefined,
    );
    if (running.length === 0) throw new NotObserved(subject.release ? "no instance is running" : nothingYet);
    return Promise.all(
      running.map(async ({ process, index, pid = 0 }) => {
        const text = await doors.files.read(`/proc/${pid}/environ`);
        if (text === undefined) {
          throw new NotObserved(`the environment of ${process} (pid ${pid}) cannot be read on this system`);
        }
        const line = text.split("\0").find((each) => each.startsWith("NODE_ENV="));
        return { process, index, pid, nodeEnv: line?.slice("NODE_ENV=".length) };
      }),
    );
  },
});

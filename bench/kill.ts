import { STEPS } from "../src/model/deploy.ts";
import { boundariesOf, deployAndKill, settled, type Victim } from "../test/faults/aftermath.ts";
import { createProject, gonogo, ownPorts } from "../test/fixtures/project.ts";

export const title = "how soon it is in order again after SIGKILL at every step of a deploy";

const LIMIT_S = 10;
/** There is none of these without a database and on this machine; test/faults and the ssh target's tests kill there. */
const OF_OTHERS: readonly string[] = ["backup", "rehearse", "migrate", "upload"];

export async function run(report: (line: string) => void): Promise<void> {
  for (const victim of ["command", "agent"] satisfies Victim[]) {
    await using project = createProject();
    await ownPorts(project);
    if (gonogo(project, ["deploy"]).code !== 0) throw new Error("the first deploy failed");
    const took: { readonly at: string; readonly seconds: number }[] = [];
    const steps = STEPS.filter((step) => !OF_OTHERS.includes(step));
    for (const boundary of boundariesOf(steps)) {
      const { killed } = await deployAndKill(project, boundary, victim);
      if (!killed) continue;
      const from = performance.now();
      await settled(project);
      took.push({
        at: `${boundary.step} ${boundary.state}`,
        seconds: (performance.now() - from) / 1_000,
      });
    }
    const last = gonogo(project, ["deploy"]).code;
    const worst = took.toSorted((a, b) => b.seconds - a.seconds)[0];
    report(
      `the ${victim} killed at ${took.length} of ${2 * steps.length} boundaries: one release live, nothing staged, the lock free ` +
        `within ${worst?.seconds.toFixed(1)} s at worst (${worst?.at}; under ${LIMIT_S}); the deploy after all of them: exit ${last}`,
    );
  }
}

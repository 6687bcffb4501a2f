// Deploys a project and sends SIGKILL at one step's boundary: to itself, or to the agent that runs the environment.
// Usage: node deploy-and-die.ts PROJECT STEP intent|done command|agent
import path from "node:path";
import { createClient } from "../../src/agent/client.ts";
import { socketPathOf } from "../../src/agent/socket-path.ts";
import { openScene } from "../../src/cli/scene.ts";
import { deploy } from "../../src/deploy/deploy.ts";
import { openWorld } from "../../src/wiring.ts";

const [project = "", step, state, victim] = process.argv.slice(2);
await using world = await openWorld();
await using scene = await openScene(world, { args: [], options: { project } });
const agent = createClient({
  socketPath: socketPathOf(path.join(project, ".gonogo/staging")),
  clock: world.doors.clock,
});
let agentPid: number | undefined;

const result = await deploy(scene, {
  by: "fault test",
  reason: undefined,
  signal: world.signal,
  onEvent(event) {
    if (event.step === "lock" && event.state === "done") {
      void agent.send("status", {}).then(({ pid }) => {
        agentPid = pid;
      });
    }
    if (event.step !== step || event.state !== state) return;
    process.stdout.write(`killing the ${victim} at ${step} ${state}\n`);
    if (victim === "command") process.kill(process.pid, "SIGKILL");
    else if (agentPid !== undefined) process.kill(agentPid, "SIGKILL");
  },
});
process.stdout.write(`${result.deploy.state} ${result.deploy.reason ?? ""}\n`);
process.exitCode = result.deploy.state === "done" ? 0 : 1;

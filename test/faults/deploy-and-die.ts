// Deploys a project and sends SIGKILL at one step's boundary: to itself, or to the agent that runs the environment.
// Usage: node deploy-and-die.ts PROJECT STEP intent|done command|agent
import { flushCompileCache } from "node:module";
import path from "node:path";
import { createClient } from "../../src/agent/client.ts";
import { socketPathOf } from "../../src/agent/socket-path.ts";
import { openScene } from "../../src/cli/scene.ts";
import { deploy } from "../../src/deploy/deploy.ts";
import { openWorld } from "../../src/wiring.ts";

// Whoever is killed does not come to keep what was compiled, and the next one would compile it again.
flushCompileCache();

const [project = "", step, state, victim] = process.argv.slice(2);
await using world = await openWorld();
await using scene = await openScene(world, { args: [], options: { project } });
const agent = createClient({
  socketPath: socketPathOf(path.join(project, ".gonogo/staging/agent")),
  clock: world.doors.clock,
});
// Before the deploy: an agent that does not answer here would never be killed, and the test would prove nothing.
const pids = { command: process.pid, agent: (await agent.send("status", {})).pid };

const result = await deploy(scene, {
  by: "fault test",
  reason: undefined,
  signal: world.signal,
  onEvent(event) {
    if (event.step !== step || event.state !== state) return;
    process.stdout.write(`killing the ${victim} at ${step} ${state}\n`);
    process.kill(victim === "agent" ? pids.agent : pids.command, "SIGKILL");
  },
});
process.stdout.write(`${result.deploy.state} ${result.deploy.reason ?? ""}\n`);
process.exitCode = result.deploy.state === "done" ? 0 : 1;

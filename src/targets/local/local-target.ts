import { createClient } from "../../agent/client.ts";
import { endEnvironment } from "../../agent/end-environment.ts";
import { launchParent, runningParent } from "../../agent/launch-parent.ts";
import { PROTOCOL } from "../../agent/protocol.ts";
import { lastPulse } from "../../agent/pulse.ts";
import { keptReleases } from "../../agent/release-shelf.ts";
import { socketPathOf } from "../../agent/socket-path.ts";
import { NOTHING_RUNS, publicStatus, targetVerbs } from "../../agent/target-verbs.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError } from "../../model/errors.ts";
import type { Target } from "../../model/target.ts";

interface LocalOptions {
  readonly hostName: string;
  readonly stateDirectory: string;
  readonly environmentDirectory: string;
  readonly port: number | undefined;
  readonly httpPort: number | undefined;
  readonly doors: Pick<Doors, "clock" | "random" | "files">;
}

const START_LIMIT_MS = 15_000;

/** Talks to the agent on this machine. Nothing runs before `prepare`. */
export function openLocalTarget(options: LocalOptions): Target {
  const { stateDirectory, environmentDirectory, doors } = options;
  const { clock } = doors;
  const socketPath = socketPathOf(stateDirectory);
  const agent = createClient({ socketPath, clock });
  const isRunning = (): boolean => runningParent(stateDirectory) !== undefined;

  return {
    ...targetVerbs(agent, doors),
    async prepare(signal) {
      await launchParent({ ...options, bindTo: "127.0.0.1" }, signal);
      const starting = createClient({ socketPath, clock, patienceMs: START_LIMIT_MS });
      const { protocol } = await starting.send("status", {}, signal).catch(async (thrown) => {
        throw thrown instanceof OutsideError ? await notStarted(stateDirectory, doors, thrown) : thrown;
      });
      if (protocol !== PROTOCOL) await agent.send("restart", {}, signal);
    },
    async status(signal) {
      if (isRunning()) return publicStatus(await agent.send("status", {}, signal));
      const seenAt = await lastPulse(stateDirectory);
      return { ...NOTHING_RUNS, releases: await keptReleases(stateDirectory), seenAt };
    },
    async trafficSpan(span, signal) {
      return isRunning() ? await agent.send("traffic/span", span, signal) : [];
    },
    async host(signal) {
      return isRunning() ? await agent.send("host", {}, signal) : undefined;
    },
    async stop({ purge }, signal) {
      await endEnvironment({ stateDirectory, agent, clock, signal });
      if (purge) await doors.files.remove(environmentDirectory);
    },
  };
}

async function notStarted(
  stateDirectory: string,
  { files }: Pick<Doors, "files">,
  cause: OutsideError,
): Promise<OutsideError> {
  const log = (await files.read(`${stateDirectory}/agent.log`).catch(() => undefined)) ?? "";
  const end = log.trimEnd().split("\n").slice(-10).join("\n");
  return new OutsideError(`the agent did not start; the end of ${stateDirectory}/agent.log:\n${end}`, {
    cause,
  });
}

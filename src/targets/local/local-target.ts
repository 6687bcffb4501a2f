import path from "node:path";
import { createClient } from "../../agent/client.ts";
import { endEnvironment } from "../../agent/end-environment.ts";
import { identifyThis } from "../../agent/instances/process-table.ts";
import { runningParent } from "../../agent/launch-parent.ts";
import { type AgentStatus, PROTOCOL } from "../../agent/protocol.ts";
import { isGone, lastPulse } from "../../agent/pulse.ts";
import { keptReleases } from "../../agent/release-shelf.ts";
import { socketPathOf } from "../../agent/socket-path.ts";
import { startAgent } from "../../agent/start-agent.ts";
import { NOTHING_RUNS, publicStatus, targetVerbs } from "../../agent/target-verbs.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Stage } from "../../model/phase.ts";
import type { Target } from "../../model/target.ts";
import { declaredOtherwise } from "./declared-otherwise.ts";

interface LocalOptions {
  readonly hostName: string;
  readonly stateDirectory: string;
  readonly environmentDirectory: string;
  readonly stage: Stage | undefined;
  readonly port: number | undefined;
  readonly httpPort: number | undefined;
  readonly doors: Pick<Doors, "clock" | "random" | "files">;
}

/** Talks to the agent on this machine. Nothing runs before `prepare`. */
export function openLocalTarget(options: LocalOptions): Target {
  const { stateDirectory, environmentDirectory, doors } = options;
  const { clock } = doors;
  const socketPath = socketPathOf(stateDirectory);
  const declared = { ...options, environment: path.basename(environmentDirectory) };
  const agent = createClient({ socketPath, clock });
  const isRunning = (): boolean => runningParent(stateDirectory) !== undefined;

  async function asked(signal: AbortSignal): Promise<AgentStatus> {
    try {
      return await agent.send("status", {}, signal);
    } catch (thrown) {
      throw (thrown instanceof OutsideError && (await cutOff(options))) || thrown;
    }
  }

  return {
    ...targetVerbs(agent, doors, { process: identifyThis() }),
    async prepare(signal) {
      const starting = { clock, signal, hopeless: () => cutOff(options) };
      const { protocol, address } = await startAgent({ ...options, bindTo: "127.0.0.1" }, starting).catch(
        async (thrown: unknown) => {
          if (!(thrown instanceof OutsideError)) throw thrown;
          throw await notStarted(stateDirectory, doors, thrown);
        },
      );
      if (protocol !== PROTOCOL) await agent.send("restart", {}, signal);
      const differing = address && declaredOtherwise(address, declared);
      if (differing) throw differing;
    },
    async obstacle(signal) {
      if (!isRunning()) return undefined;
      const { address } = await asked(signal);
      return address && declaredOtherwise(address, declared);
    },
    async status(signal) {
      if (isRunning()) return publicStatus(await asked(signal));
      const seenAt = await lastPulse(stateDirectory);
      return { ...NOTHING_RUNS, releases: await keptReleases(stateDirectory), seenAt };
    },
    async trafficSpan(span, signal) {
      return isRunning() ? await agent.send("traffic/span", span, signal) : [];
    },
    async host(signal, asked = {}) {
      return isRunning() ? await agent.send("host", asked, signal) : undefined;
    },
    async stop({ owner, purge, outside = [] }, signal) {
      const left = purge ? [environmentDirectory, ...outside] : [];
      await endEnvironment({
        ...{ stateDirectory, agent, owner, clock, signal },
        afterwards: async () => {
          for (const each of left) await doors.files.remove(each);
        },
      });
    },
  };
}

/** An agent goes on when its directory is deleted, and the way to it was in there. */
async function cutOff({
  stateDirectory,
  environmentDirectory,
}: LocalOptions): Promise<UserError | undefined> {
  const parent = runningParent(stateDirectory);
  if (!parent || !(await isGone(stateDirectory))) return undefined;
  const what = `the agent of this directory still runs as process ${parent.pid}; what it keeps here was deleted, so no command reaches it`;
  const environment = path.basename(environmentDirectory);
  return new UserError(what, {
    where: environmentDirectory,
    fix: `gonogo stop --env ${environment} ends it with all it runs, then gonogo deploy --env ${environment}`,
  });
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

import { type AgentClient, createClient, pause } from "../../agent/client.ts";
import { endEnvironment } from "../../agent/end-environment.ts";
import { launchParent, runningParent } from "../../agent/launch-parent.ts";
import { type AgentStatus, PROTOCOL, type ReleaseOnWire, type StagingState } from "../../agent/protocol.ts";
import { keptReleases } from "../../agent/release-shelf.ts";
import { socketPathOf } from "../../agent/socket-path.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Address } from "../../model/subject.ts";
import type { ReleaseToRun, Target, TargetStatus } from "../../model/target.ts";
import { holdLease } from "./held-lease.ts";
import { stagingError } from "./staging-error.ts";

interface LocalOptions {
  readonly hostName: string;
  readonly stateDirectory: string;
  readonly environmentDirectory: string;
  readonly port: number | undefined;
  readonly httpPort: number | undefined;
  readonly doors: Pick<Doors, "clock" | "random" | "files">;
}

const POLL_MS = 25;
const START_LIMIT_MS = 15_000;

/** Talks to the agent on this machine. Nothing runs before `prepare`. */
export function openLocalTarget(options: LocalOptions): Target {
  const { stateDirectory, environmentDirectory, doors } = options;
  const { clock } = doors;
  const socketPath = socketPathOf(stateDirectory);
  const agent = createClient({ socketPath, clock });
  const isRunning = (): boolean => runningParent(stateDirectory) !== undefined;

  return {
    async prepare(signal) {
      await launchParent({ ...options, bindTo: "127.0.0.1" }, signal);
      const starting = createClient({ socketPath, clock, patienceMs: START_LIMIT_MS });
      const { protocol } = await starting.send("status", {}, signal).catch(async (thrown) => {
        throw thrown instanceof OutsideError ? await notStarted(stateDirectory, doors, thrown) : thrown;
      });
      if (protocol !== PROTOCOL) await agent.send("restart", {}, signal);
    },
    async lock(owner, purpose, signal, { steal } = {}) {
      return await holdLease({ agent, doors, owner, purpose, steal, signal });
    },
    async status(signal) {
      if (isRunning()) return publicStatus(await agent.send("status", {}, signal));
      return { ...NOTHING_RUNS, releases: await keptReleases(stateDirectory) };
    },
    async supply(service, signal) {
      for (let anew = true; ; anew = false) {
        const now = await agent.send("service/supply", { service, anew }, signal);
        if (now.state === "ready") return;
        if (now.state === "failing") {
          throw new UserError(`${now.what}\n${now.logLines.map((line) => `    ${line}`).join("\n")}`);
        }
        await pause(POLL_MS, signal);
      }
    },
    async port(label, signal) {
      return (await agent.send("port", { label }, signal)).port;
    },
    async stage({ token }, release, signal) {
      const first = await agent.send("release/stage", { token, release: onWire(release) }, signal);
      return await awaitStaged(agent, release.id, first, signal);
    },
    async revive({ token }, id, signal) {
      const first = await agent.send("release/revive", { token, id }, signal);
      return await awaitStaged(agent, id, first, signal);
    },
    async switchTo({ token }, id, signal) {
      return await agent.send("release/switch", { token, id }, signal);
    },
    async retire({ token }, id, afterMs, signal) {
      await agent.send("release/retire", { token, id, afterMs }, signal);
    },
    async discard({ token }, id, signal) {
      await agent.send("release/discard", { token, id }, signal);
    },
    async prune({ token }, keep, signal) {
      await agent.send("release/prune", { token, keep }, signal);
    },
    async hold({ token }, name, signal) {
      await agent.send("service/hold", { token, name }, signal);
      return {
        async [Symbol.asyncDispose]() {
          await agent.send("service/resume", { token }, AbortSignal.timeout(START_LIMIT_MS));
        },
      };
    },
    async reissue({ token }, signal) {
      await agent.send("certificate/reissue", { token }, signal);
    },
    async traffic(sinceMs, signal) {
      return await agent.send("traffic", { sinceMs }, signal);
    },
    async trafficSpan(span, signal) {
      return isRunning() ? await agent.send("traffic/span", span, signal) : [];
    },
    async logs(request, signal) {
      return await agent.send("logs", request, signal);
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

const NOTHING_RUNS: Omit<TargetStatus, "releases"> = {
  live: undefined,
  warm: undefined,
  staged: undefined,
  lease: undefined,
  instances: [],
  schedules: [],
  address: undefined,
};

function publicStatus(status: AgentStatus): TargetStatus {
  const { live, warm, staged, lease, releases, address, instances, schedules, stops } = status;
  return { live, warm, staged, lease, releases, address, instances, schedules, stops };
}

function onWire({ id, commit, directory, processes, variables }: ReleaseToRun): ReleaseOnWire {
  const revealed = Object.fromEntries([...variables].map(([name, value]) => [name, value.reveal()]));
  return { id, commit, directory, processes, variables: revealed };
}

async function awaitStaged(
  agent: AgentClient,
  id: string,
  first: StagingState,
  signal: AbortSignal,
): Promise<Address> {
  for (let now = first; ; now = await agent.send("release/staging", { id }, signal)) {
    if (now.state === "ready") return now.address;
    if (now.state === "failed") throw stagingError(now.failure);
    await pause(POLL_MS, signal);
  }
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

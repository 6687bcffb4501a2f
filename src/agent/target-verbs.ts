import type { Doors } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import { revealed } from "../model/secret.ts";
import type { Address } from "../model/subject.ts";
import type { ReleaseToRun, Target, TargetStatus } from "../model/target.ts";
import { type AgentClient, pause } from "./client.ts";
import { holdLease } from "./held-lease.ts";
import type { LocalProcess } from "./instances/process-table.ts";
import type { AgentStatus, ReleaseOnWire, StagingState } from "./protocol.ts";
import { stagingError } from "./staging-error.ts";

/** What a target does by asking its agent, wherever that runs. */
export type TargetVerbs = Required<
  Pick<
    Target,
    | "lock"
    | "supply"
    | "port"
    | "stage"
    | "revive"
    | "switchTo"
    | "retire"
    | "discard"
    | "prune"
    | "hold"
    | "reissue"
    | "traffic"
    | "logs"
  >
>;

const POLL_MS = 25;
const RESUME_LIMIT_MS = 15_000;

export function targetVerbs(
  agent: AgentClient,
  doors: Pick<Doors, "clock" | "random">,
  { process }: { process?: LocalProcess | undefined } = {},
): TargetVerbs {
  return {
    async lock(owner, purpose, signal, { steal } = {}) {
      return await holdLease({ agent, doors, owner, purpose, steal, process, signal });
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
          await agent.send("service/resume", { token }, AbortSignal.timeout(RESUME_LIMIT_MS));
        },
      };
    },
    async reissue({ token }, signal) {
      await agent.send("certificate/reissue", { token }, signal);
    },
    async traffic(sinceMs, signal) {
      return await agent.send("traffic", { sinceMs }, signal);
    },
    async logs(request, signal) {
      return await agent.send("logs", request, signal);
    },
  };
}

/** Of an environment whose agent does not run. */
export const NOTHING_RUNS: Omit<TargetStatus, "releases"> = {
  live: undefined,
  warm: undefined,
  staged: undefined,
  lease: undefined,
  instances: [],
  schedules: [],
  address: undefined,
};

export function publicStatus(status: AgentStatus): TargetStatus {
  const { live, warm, staged, lease, releases, address, instances, schedules, stops } = status;
  return { live, warm, staged, lease, releases, address, instances, schedules, stops };
}

function onWire({ id, commit, directory, processes, variables }: ReleaseToRun): ReleaseOnWire {
  return { id, commit, directory, processes, variables: revealed(variables) };
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

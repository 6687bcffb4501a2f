import type { HostLook } from "../../agent/host/verbs.ts";
import { agentShipment } from "../../agent/shipment.ts";
import { NOTHING_RUNS, publicStatus, targetVerbs } from "../../agent/target-verbs.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Target, TargetRequest, TargetStatus } from "../../model/target.ts";
import { callHost } from "./host-calls.ts";
import { createLink } from "./link.ts";
import type { SshOptions } from "./options.ts";
import { expectNode, shipProgram } from "./program.ts";
import { stagedThrough } from "./staged-door.ts";
import { uploadRelease } from "./upload.ts";

/** Talks to the agent on a host. Opening connects to nobody: whatever needs the host does. */
export function openSshTarget(request: TargetRequest<SshOptions>): Target {
  const { launch, environment, directory, options, doors } = request;
  const folder = `${options.directory ?? `gonogo/${launch}`}/${environment}`;
  const link = createLink({
    ...options,
    hostKey: options.hostKey,
    directory: folder,
    node: options.node,
    doors,
  });
  const { agent } = link;
  const verbs = targetVerbs(agent, doors);
  const hostName = `${launch}.localhost`;
  let shipped: string | undefined;

  async function isRunning(signal: AbortSignal): Promise<boolean> {
    return (await (await link.open(signal)).look(signal))?.isRunning ?? false;
  }

  /** Whoever deploys now goes on with the program that was there when it began. */
  async function isBusy(signal: AbortSignal): Promise<boolean> {
    return (await isRunning(signal)) && (await agent.send("status", {}, signal)).lease !== undefined;
  }

  return {
    ...verbs,
    suppliesNothing: true,
    async prepare(signal) {
      const open = await link.open(signal);
      expectNode(open.connection);
      const shipment = await agentShipment();
      const isNewProgram = (shipped ?? open.connection.greeting.program) !== shipment.version;
      if (isNewProgram && (await isBusy(signal))) return;
      if (isNewProgram) await shipProgram(open.connection, shipment, signal);
      shipped = shipment.version;
      const differing = differingPorts(await open.look(signal), options);
      if (differing) throw differing;
      const launched = await callHost(open.connection, "launch", {
        body: {
          hostName,
          bindTo: options.listen,
          port: options.port,
          httpPort: options.httpPort,
          publicSide: { name: request.host ?? options.host, certificate: options.certificate },
          stage: request.stage,
          isNewProgram,
        },
        signal,
      });
      open.saw(launched);
    },
    async obstacle(signal) {
      return differingPorts(await (await link.open(signal)).look(signal), options);
    },
    async status(signal) {
      const open = await link.open(signal);
      const seen = await open.look(signal);
      if (!seen?.isRunning) return nothingRuns(seen);
      try {
        return publicStatus(await agent.send("status", {}, signal));
      } catch (thrown) {
        if (!(thrown instanceof OutsideError) || open.connection.lost.aborted) throw thrown;
        const now = await open.look(signal, { anew: true });
        if (now?.isRunning) throw thrown;
        return nothingRuns(now);
      }
    },
    async upload(_, { id, directory: code }, signal) {
      return await uploadRelease(link, { id, directory: code, doors, signal });
    },
    async stage(lease, release, signal) {
      const open = await link.open(signal);
      const { base } = open.connection.greeting;
      const there = { ...release, directory: `${base}/releases/${release.id}/code` };
      return await stagedThrough(open.connection, await verbs.stage(lease, there, signal), signal);
    },
    async revive(lease, id, signal) {
      const open = await link.open(signal);
      return await stagedThrough(open.connection, await verbs.revive(lease, id, signal), signal);
    },
    async trafficSpan(span, signal) {
      return (await isRunning(signal)) ? await agent.send("traffic/span", span, signal) : [];
    },
    async host(signal, asked = {}) {
      return (await isRunning(signal)) ? await agent.send("host", asked, signal) : undefined;
    },
    async stop({ owner, purge }, signal) {
      const open = await link.open(signal);
      const body = { owner, purge };
      if (await open.look(signal)) await callHost(open.connection, "end", { body, signal });
      open.saw(undefined);
      await link[Symbol.asyncDispose]();
      if (purge) await doors.files.remove(directory);
    },
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
}

function nothingRuns(look: HostLook | undefined): TargetStatus {
  return { ...NOTHING_RUNS, releases: look?.releases ?? [], seenAt: look?.seenAt };
}

/** The sockets of what runs stay as they are; somebody has to say when they may be closed. */
function differingPorts(look: HostLook | undefined, { port, httpPort }: SshOptions): UserError | undefined {
  if (!look?.isRunning || !look.ports) return undefined;
  const { https, http } = look.ports;
  if (https === port && http === httpPort) return undefined;
  return new UserError(
    `it listens on ${https} and ${http} over there, declared are ${port} and ${httpPort}`,
    {
      where: "ssh({ port, httpPort })",
      fix: "gonogo stop, then gonogo deploy: the ports of what runs are not changed under its users",
    },
  );
}

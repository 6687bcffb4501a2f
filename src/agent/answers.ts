import type { CertificateRenewal, HostUpkeep } from "../model/host.ts";
import { createMask } from "../model/masking.ts";
import type { Address } from "../model/subject.ts";
import type { Answers } from "./control.ts";
import type { Edge } from "./edge/edge.ts";
import type { RunningEnvironment } from "./environment.ts";
import { hostFiles } from "./host/files.ts";
import { hostStatus } from "./host/status.ts";
import type { Ground } from "./instances/instance.ts";
import type { Place } from "./instances/instance-plan.ts";
import { readLogs } from "./instances/logs.ts";
import { PROTOCOL } from "./protocol.ts";
import type { Services } from "./services.ts";

interface Surroundings {
  readonly place: Place;
  readonly ground: Ground;
  readonly edge: Edge;
  readonly environment: RunningEnvironment;
  readonly services: Services;
  publicAddress(): Address;
  /** How the machine is kept; absent where the application only visits. */
  readonly upkeep: (() => Promise<HostUpkeep>) | undefined;
  /** Who renews the certificate that is served. */
  renewal(): Promise<CertificateRenewal>;
  readonly startedAt: number;
  /** Serves a new certificate. */
  reissue(): Promise<void>;
  restart(): Promise<void>;
  end(options: { forget: boolean }): Promise<void>;
}

/** What the agent does for each request. */
export function createAnswers(given: Surroundings): Answers {
  const { place, ground, edge, environment, services } = given;
  const { lease } = environment;
  const liveCode = async (): Promise<string> => {
    const { live, staged } = environment.status();
    return (await environment.load(live ?? staged ?? ""))?.directory ?? place.stateDirectory;
  };
  return {
    status: () => {
      const status = environment.status();
      return {
        ...status,
        instances: [...services.status(), ...status.instances],
        address: given.publicAddress(),
        protocol: PROTOCOL,
        pid: process.pid,
        parentPid: process.ppid,
        startedAt: given.startedAt,
      };
    },
    "lease/acquire": async (sent) => done(lease.acquire(sent)),
    "lease/renew": async ({ token, step }) => done(lease.renew(token, step)),
    "lease/release": async ({ token }) => done(lease.release(token)),
    "service/supply": ({ service, anew }) => services.supply(service, { anew }),
    "service/hold": async ({ token, name }) => {
      lease.require(token);
      return await done(services.hold(name));
    },
    "service/resume": async ({ token }) => {
      lease.require(token);
      return await done(services.resume());
    },
    "certificate/reissue": async ({ token }) => {
      lease.require(token);
      return await done(given.reissue());
    },
    port: async ({ label }) => ({ port: await ground.ports.labelled(label) }),
    "release/stage": ({ token, release }) => environment.stage(token, release),
    "release/revive": ({ token, id }) => environment.revive(token, id),
    "release/staging": ({ id }) => environment.staging(id),
    "release/switch": ({ token, id }) => environment.switchTo(token, id),
    "release/retire": ({ token, id, afterMs }) => done(environment.retire(token, id, afterMs)),
    "release/discard": ({ token, id }) => done(environment.discard(token, id)),
    "release/prune": ({ token, keep }) => done(environment.prune(token, keep)),
    traffic: ({ sinceMs }) => edge.traffic(sinceMs),
    "traffic/span": ({ from, until }) => edge.trafficSpan(from, until),
    logs: async ({ process, release, lines }) => {
      const { live, staged } = environment.status();
      const isService = process !== undefined && services.names().includes(process);
      const id = release ?? (isService ? "" : (live ?? staged ?? ""));
      const variables = (await environment.load(id))?.variables ?? {};
      return await readLogs({
        stateDirectory: place.stateDirectory,
        release: id,
        process,
        lines,
        mask: createMask(variables),
      });
    },
    host: async ({ files }) => ({
      ...(await hostStatus({
        directory: place.stateDirectory,
        instances: environment.status().instances,
        now: ground.clock.now(),
      })),
      renewal: await given.renewal(),
      ...(given.upkeep && { upkeep: await given.upkeep() }),
      ...(files && { files: await hostFiles(files, await liveCode()) }),
    }),
    restart: () => afterwards(given.restart),
    stop: async ({ owner = "somebody" }) => {
      await lease.close(owner);
      return afterwards(() => given.end({ forget: true }));
    },
  };
}

async function done(work: Promise<void>): Promise<Record<string, never>> {
  await work;
  return {};
}

/** The answer goes out before what was asked for ends the agent that gives it. */
function afterwards(work: () => Promise<void>): Record<string, never> {
  setImmediate(() => void work());
  return {};
}

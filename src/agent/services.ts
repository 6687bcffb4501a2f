import { isDeepStrictEqual } from "node:util";
import { UserError } from "../model/errors.ts";
import { createMask } from "../model/masking.ts";
import type { Service } from "../model/process.ts";
import { quantity } from "../model/quantity.ts";
import type { InstanceStatus } from "../model/runtime.ts";
import { createInstance, type Ground, type Instance, type InstanceRecord } from "./instances/instance.ts";
import { type Place, planService } from "./instances/instance-plan.ts";
import { lastLines } from "./instances/log-file.ts";
import type { ServiceState } from "./protocol.ts";

/** What the target supplies itself: kept running outside any release. */
export interface Services {
  /** Starts it, or restarts it when it is declared otherwise now. `anew`: also when it fails. Idempotent. */
  supply(service: Service, options: { anew: boolean }): Promise<ServiceState>;
  /** Stops one that is supplied, as if it had failed for good. Throws UserError when there is none of this name. */
  hold(name: string): Promise<void>;
  /** Starts again what is held. */
  resume(): Promise<void>;
  status(): readonly InstanceStatus[];
  names(): readonly string[];
  stop(options: { forget: boolean }): Promise<void>;
}

const LOG_LINES = 50;
const FAILURES_TOLD = 2;

export async function openServices(
  place: Place,
  ground: Ground,
  records: ReadonlyMap<string, InstanceRecord>,
): Promise<Services> {
  const { state } = ground;
  const running = new Map<string, { readonly service: Service; readonly instance: Instance }>();
  const held = new Set<string>();

  function begin(service: Service): void {
    const instance = createInstance(planService(service, place, { onChange: () => undefined }), ground);
    running.set(service.name, { service, instance });
    instance.start(records.get(instance.plan.key));
  }

  async function stateOf({
    service,
    instance,
  }: {
    service: Service;
    instance: Instance;
  }): Promise<ServiceState> {
    const { state: now, lastExit } = instance.status();
    if (now === "ready") return { state: "ready" };
    if (instance.failures() <= FAILURES_TOLD) return { state: "starting" };
    const mask = createMask(service.env);
    const logLines = (await lastLines(instance.plan.logFile, LOG_LINES)).map((line) => mask(line));
    const how = lastExit?.signal ?? `code ${lastExit?.code ?? "unknown"}`;
    return {
      state: "failing",
      what: `${service.name} ended ${quantity(instance.failures(), "time")}, last with ${how}`,
      logLines,
    };
  }

  for (const service of (await state.list<Service>("services")).values()) begin(service);

  return {
    async supply(service, { anew }) {
      const known = running.get(service.name);
      if (known && isDeepStrictEqual(known.service, service)) {
        const now = await stateOf(known);
        if (now.state !== "failing" || !anew) return now;
      }
      if (known) await known.instance.stop();
      await state.write(`services/${service.name}`, service);
      begin(service);
      return { state: "starting" };
    },
    async hold(name) {
      const known = running.get(name);
      if (!known) throw new UserError(`this target supplies no ${name}, so it cannot stop it`);
      held.add(name);
      await known.instance.stop();
    },
    async resume() {
      for (const name of held) {
        const known = running.get(name);
        if (known) begin(known.service);
      }
      held.clear();
    },
    status: () => [...running.values()].map(({ instance }) => instance.status()),
    names: () => [...running.keys()],
    async stop({ forget }) {
      await Promise.all([...running.values()].map(({ instance }) => instance.stop()));
      if (forget) for (const name of running.keys()) await state.remove(`services/${name}`);
      running.clear();
    },
  };
}

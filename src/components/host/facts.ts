import type { SshdWidened } from "../../agent/host/sshd-settings.ts";
import { DoesNotApply, defineFact, NotObserved } from "../../model/fact.ts";
import type { HostStatus, HostUpkeep } from "../../model/host.ts";
import type { HostOptions } from "./options.ts";

export interface SeenUpkeep extends HostUpkeep {
  /** `widened` is left out by an agent of before. */
  readonly sshd: HostUpkeep["sshd"] & { readonly widened?: SshdWidened | undefined };
}

export interface HostSeen extends HostStatus {
  readonly upkeep?: SeenUpkeep;
  /** When it was looked at; milliseconds since 1970 UTC. */
  readonly at: number;
}

export const hostSeen = defineFact<HostSeen, HostOptions>({
  id: "host.status",
  access: "read",
  reach: "application",
  async collect({ subject, doors, signal }) {
    const { target, environment, runtime } = subject;
    if (!runtime || !target) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
    const status = await target.host(signal);
    if (!status) throw new DoesNotApply("the target does not let anybody look at its machine");
    return { ...status, at: doors.clock.now() };
  },
});

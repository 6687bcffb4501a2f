import type { HostStatus } from "../../model/host.ts";
import type { HostProbe } from "../../model/probe.ts";
import { formatSize } from "../../model/size.ts";
import { cannotTell, down, type ProbeGround, type Sighting, up } from "./sighting.ts";

/** Disk, memory or processors of the machine the agent is on. The value is the share in use, 0..1. */
export async function askHost({ what, most }: HostProbe, ground: ProbeGround): Promise<Sighting> {
  const host = await ground.host();
  if (!host) return cannotTell("the target does not let anybody look at its machine");
  const { share, told } = SEEN[what](host);
  const detail = `${Math.round(share * 100)} % in use, ${told}`;
  return share > most ? down(detail, { value: share }) : up(detail, { value: share });
}

const SEEN: Record<HostProbe["what"], (host: HostStatus) => { share: number; told: string }> = {
  disk: ({ disk: { usedBytes, freeBytes } }) => ({
    share: usedBytes / Math.max(1, usedBytes + freeBytes),
    told: `${formatSize(freeBytes)} free`,
  }),
  memory: ({ memory: { totalBytes, availableBytes } }) => ({
    share: 1 - availableBytes / Math.max(1, totalBytes),
    told: `${formatSize(availableBytes)} available`,
  }),
  // The load of a minute, not what is in use this instant: a probe must not take a build for an overload.
  cpu: ({ load: [, load5], cpus }) => ({
    share: load5 / Math.max(1, cpus),
    told: `load ${load5.toFixed(1)} on ${cpus} processors`,
  }),
};

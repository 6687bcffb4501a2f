import { messageOf, OutsideError } from "../../model/errors.ts";
import type { Probe } from "../../model/probe.ts";
import { askPostgres, askRedis } from "./database-probes.ts";
import { askFigure } from "./figure-probe.ts";
import { askHost } from "./host-probe.ts";
import { askHttp } from "./http-probe.ts";
import { isNear, placeOf } from "./place.ts";
import { cannotTell, down, type ProbeGround, type Sighting } from "./sighting.ts";
import { askDns, askTcp, askWebSocket } from "./socket-probes.ts";
import { askTls } from "./tls-probe.ts";

/** Asks one light question. Never rejects: whoever does not answer is down, a mistake of ours is unknown. */
export async function askProbe(probe: Probe, ground: ProbeGround): Promise<Sighting> {
  try {
    return await ask(probe, ground);
  } catch (thrown) {
    if (!(thrown instanceof OutsideError)) return cannotTell(messageOf(thrown));
    // A statement of ours that fails says nothing about the business; that the database is gone, its own probe says.
    if (probe.type === "figure") return cannotTell(thrown.message);
    return down(thrown.message);
  }
}

function ask(probe: Probe, ground: ProbeGround): Promise<Sighting> {
  switch (probe.type) {
    case "http":
      return askHttp(probe, ground);
    case "tcp":
      return askTcp(probe, ground);
    case "tls":
      return askTls(probe, ground);
    case "dns":
      return askDns(probe, ground);
    case "websocket":
      return askWebSocket(probe, ground);
    case "postgres":
      return askPostgres(probe, ground);
    case "redis":
      return askRedis(probe, ground);
    case "host":
      return askHost(probe, ground);
    case "figure":
      return askFigure(probe, ground);
  }
}

/** The host a probe goes to over the network; undefined when it stays on this machine. */
export function farHostOf(
  probe: Probe,
  ground: Pick<ProbeGround, "address" | "variables">,
): string | undefined {
  const host = hostOf(probe, ground);
  return host === undefined || isNear(host) ? undefined : host;
}

function hostOf(
  probe: Probe,
  { address, variables }: Pick<ProbeGround, "address" | "variables">,
): string | undefined {
  switch (probe.type) {
    case "http":
    case "websocket":
      return placeOf(probe.at, address).hostname;
    case "tcp":
      return probe.host;
    case "tls":
      return probe.host ?? placeOf("/", address).hostname;
    case "dns":
      return probe.name;
    case "postgres":
    case "redis":
    case "figure":
      return URL.parse(variables.values.get(probe.variable)?.value.reveal() ?? "")?.hostname;
    case "host":
      return undefined;
  }
}

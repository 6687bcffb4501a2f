import type { TlsProbe } from "../../model/probe.ts";
import { quantity } from "../../model/quantity.ts";
import { placeOf } from "./place.ts";
import { down, type ProbeGround, type Sighting, up } from "./sighting.ts";

const DAY_MS = 86_400_000;

/** A handshake of its own each time. The value is the days the certificate is still good for. */
export async function askTls(probe: TlsProbe, ground: ProbeGround): Promise<Sighting> {
  const { doors, address, signal } = ground;
  const own = probe.host === undefined ? placeOf("/", address) : undefined;
  const host = probe.host ?? own?.hostname ?? "";
  const port = probe.port ?? Number(own?.port || 443);
  const ca = address?.ca;
  const peer = await doors.sockets.handshake({ host, port, signal, ...(ca !== undefined && { ca }) });
  const value = Math.floor((peer.notAfter - doors.clock.now()) / DAY_MS);
  if (!peer.authorized) return down(`${host}: ${peer.authorizationError ?? "not trusted"}`, { value });
  const detail = `the certificate of ${host} is good for ${quantity(value, "day")}`;
  return value < probe.daysLeft ? down(detail, { value }) : up(detail, { value });
}

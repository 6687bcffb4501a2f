import type { DnsProbe, TcpProbe, WebSocketProbe } from "../../model/probe.ts";
import { hostAt, placeOf } from "./place.ts";
import { down, type ProbeGround, type Sighting, up } from "./sighting.ts";

export async function askTcp({ host, port }: TcpProbe, { doors, signal }: ProbeGround): Promise<Sighting> {
  const value = await doors.sockets.connect({ host, port, signal });
  return up(`${host}:${port} takes connections`, { value });
}

export async function askDns(probe: DnsProbe, { doors, signal }: ProbeGround): Promise<Sighting> {
  const { name, record, expect, server } = probe;
  const found = (
    await doors.dns.resolve(name, record, { signal, ...(server !== undefined && { server }) })
  ).map(({ value }) => value);
  const told = found.length === 0 ? "nothing" : found.join(", ");
  const isGood = found.length > 0 && (expect === undefined || found.includes(expect));
  const detail = `${record} of ${name} is ${told}`;
  return isGood ? up(detail) : down(expect === undefined ? detail : `${detail}, not ${expect}`);
}

export async function askWebSocket(probe: WebSocketProbe, ground: ProbeGround): Promise<Sighting> {
  const { doors, address, signal } = ground;
  const url = placeOf(probe.at, address);
  const ca = address?.ca;
  const host = hostAt(probe.host, url);
  const origin = host === undefined ? url.origin : `${url.protocol}//${host}`;
  const answer = await doors.sockets.webSocket({
    url: url.href.replace(/^http/, "ws"),
    headers: { origin, ...(host !== undefined && { host }) },
    signal,
    ...(ca !== undefined && { ca }),
  });
  if (answer.opened) return up(`${url.pathname} was upgraded`);
  return down(`${url.pathname} answered ${answer.status} instead of upgrading`);
}

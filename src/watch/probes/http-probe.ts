import type { HttpProbe } from "../../model/probe.ts";
import { hostAt, placeOf } from "./place.ts";
import { down, type ProbeGround, type Sighting, up } from "./sighting.ts";

const TIMEOUT_MS = 10_000;
const LIMITS = { "2xx": 300, "below 400": 400, "below 500": 500 } as const;

export async function askHttp(probe: HttpProbe, { http, address }: ProbeGround): Promise<Sighting> {
  const url = placeOf(probe.at, address);
  const host = hostAt(probe.host, url);
  const { status, tookMs, release } = await http.get({
    url,
    host,
    timeoutMs: probe.timeoutMs ?? TIMEOUT_MS,
    ca: address?.ca,
    fresh: probe.fresh ?? false,
  });
  const isGood = status >= 200 && status < LIMITS[probe.accept];
  const detail = `${host ?? ""}${url.pathname} answered ${status}`;
  return isGood ? up(detail, { value: tookMs, release }) : down(detail, { value: tookMs, release });
}

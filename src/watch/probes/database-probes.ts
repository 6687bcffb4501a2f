import type { PostgresProbe, RedisProbe } from "../../model/probe.ts";
import type { Secret } from "../../model/secret.ts";
import { cannotTell, down, type ProbeGround, type Sighting, up } from "./sighting.ts";

const TIMEOUT_MS = 5_000;

/** A connection of its own each time: one that is kept would not notice that no new one is taken any more. */
export async function askPostgres(probe: PostgresProbe, ground: ProbeGround): Promise<Sighting> {
  const { doors, signal } = ground;
  const url = secretOf(probe.variable, ground);
  if (!url) return cannotTell(`${probe.variable} is not set`);
  const from = doors.clock.monotonicMs();
  await using session = await doors.sql.open(url, { statementTimeoutMs: TIMEOUT_MS, signal });
  await session.query("select 1");
  return up("took a connection and answered", { value: doors.clock.monotonicMs() - from });
}

export async function askRedis(probe: RedisProbe, ground: ProbeGround): Promise<Sighting> {
  const { doors, signal } = ground;
  const url = secretOf(probe.variable, ground);
  if (!url) return cannotTell(`${probe.variable} is not set`);
  const from = doors.clock.monotonicMs();
  await using session = await doors.redis.open(url, { timeoutMs: TIMEOUT_MS, signal });
  const answer = await session.command("PING");
  const value = doors.clock.monotonicMs() - from;
  return answer === "PONG" ? up("took a connection and answered", { value }) : down("PING was not answered");
}

export function secretOf(name: string, { variables }: ProbeGround): Secret | undefined {
  return variables.values.get(name)?.value;
}

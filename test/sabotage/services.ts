import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import pg from "pg";
import type { StatusRecord } from "../../src/cli/records.ts";
import type { SoulSeer } from "./soulseer.ts";

/** What `gonogo launch` supplied to the copy, reached past the rights it gave the application. */

export async function asSuperuser(app: SoulSeer, sql: string): Promise<void> {
  const url = suppliedUrl(app, "DATABASE_URL");
  url.username = "gonogo";
  url.password = json<{ superuser: string }>(app, "db/passwords.json").superuser;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Changes lines of the file Redis was started with, and has it started anew. */
export async function reconfigureRedis(app: SoulSeer, lines: ReadonlyMap<string, string>): Promise<void> {
  const [file = ""] = json<{ args: string[] }>(app, "agent/services/cache.json").args;
  let text = readFileSync(file, "utf8");
  for (const [line, by] of lines) {
    if (!text.includes(line)) throw new Error(`the configuration of Redis does not hold: ${line}`);
    text = text.replace(line, by);
  }
  writeFileSync(file, text);
  const [pid] = await pidsOf(app, "cache");
  if (pid === undefined) throw new Error("Redis does not run");
  process.kill(pid, "SIGTERM");
  await untilAnother(app, pid);
}

async function untilAnother(app: SoulSeer, before: number): Promise<void> {
  for (;;) {
    const [pid] = await pidsOf(app, "cache");
    if (pid !== undefined && pid !== before && (await redisAnswers(app))) return;
    await delay(50);
  }
}

async function redisAnswers(app: SoulSeer): Promise<boolean> {
  return await inRedis(app, ["ping"]).then(
    () => true,
    () => false,
  );
}

/** As the application's own user. */
export async function inRedis(app: SoulSeer, command: readonly string[]): Promise<unknown> {
  const [name = "", ...args] = command;
  const client = new Redis(suppliedUrl(app, "REDIS_URL").href, {
    lazyConnect: true,
    retryStrategy: () => null,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await client.call(name, ...args);
  } finally {
    client.disconnect();
  }
}

export async function pidsOf(app: SoulSeer, process: string): Promise<number[]> {
  const { instances } = await app.run<StatusRecord>("status", "--env", "staging");
  return instances.filter((each) => each.process === process).flatMap(({ pid }) => pid ?? []);
}

function suppliedUrl(app: SoulSeer, name: string): URL {
  return new URL(json<Record<string, string>>(app, "provisioned.json")[name] ?? "");
}

function json<Value>(app: SoulSeer, file: string): Value {
  return JSON.parse(readFileSync(path.join(app.directory, ".gonogo/staging", file), "utf8")) as Value;
}

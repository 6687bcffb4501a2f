import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import pg from "pg";
import type { InstanceStatus } from "../../src/model/runtime.ts";
import { agentOf } from "../fixtures/agent-of.ts";
import type { ExampleCopy } from "./example-copy.ts";

/** What `gonogo launch` supplied to the copy, reached past the rights it gave the application. */

export async function asSuperuser(app: ExampleCopy, sql: string): Promise<void> {
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
export async function reconfigureRedis(app: ExampleCopy, lines: ReadonlyMap<string, string>): Promise<void> {
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

/** A new process that answers: while it stops, the old one still does. */
async function untilAnother(app: ExampleCopy, before: number): Promise<void> {
  await until(app, (now) =>
    now.some(({ process, pid }) => process === "cache" && pid !== undefined && pid !== before),
  );
  while (!(await inRedis(app, ["ping"]).catch(() => false))) await delay(50);
}

/** Kills every instance of a process and takes away what it starts from; nothing brings that back. */
export async function letDie(
  app: ExampleCopy,
  { dies, without }: { dies: string; without: string },
): Promise<void> {
  const { live, instances } = await agentOf(app).send("status", {});
  const own = instances.filter((each) => each.process === dies && each.release === live);
  rmSync(path.join(app.directory, ".gonogo/staging/releases", live ?? "", "code", without));
  for (const { pid } of own) if (pid !== undefined) process.kill(pid, "SIGKILL");
  await until(app, (now) =>
    now.filter((each) => each.process === dies).every(({ state }) => state !== "ready"),
  );
}

/** Polls the agent until it is as wanted. */
export async function until(
  app: ExampleCopy,
  isSo: (instances: readonly InstanceStatus[]) => boolean,
): Promise<void> {
  while (!isSo((await agentOf(app).send("status", {})).instances)) await delay(50);
}

export function hasRedis(app: ExampleCopy): boolean {
  return provisioned(app).REDIS_URL !== undefined;
}

/** As the application's own user. */
export async function inRedis(app: ExampleCopy, command: readonly string[]): Promise<unknown> {
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

export async function pidsOf(app: ExampleCopy, process: string): Promise<number[]> {
  const { instances } = await agentOf(app).send("status", {});
  return instances.filter((each) => each.process === process).flatMap(({ pid }) => pid ?? []);
}

function suppliedUrl(app: ExampleCopy, name: string): URL {
  return new URL(provisioned(app)[name] ?? "");
}

function provisioned(app: ExampleCopy): Readonly<Record<string, string>> {
  return json(app, "provisioned.json");
}

function json<Value>(app: ExampleCopy, file: string): Value {
  return JSON.parse(readFileSync(path.join(app.directory, ".gonogo/staging", file), "utf8")) as Value;
}

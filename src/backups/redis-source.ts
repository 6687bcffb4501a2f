import { join } from "node:path";
import type { RedisPart } from "../model/backup.ts";
import type { Doors } from "../model/doors.ts";
import { OutsideError, UserError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { writeObject } from "./objects.ts";
import type { SourceRequest } from "./source.ts";

/** The data of a Redis as the RDB file that it would give a replica. */
export async function backUpRedis(
  request: SourceRequest & {
    readonly component: string;
    readonly url: Secret;
    readonly as: string | undefined;
    readonly doors: Doors;
  },
): Promise<{ part: RedisPart; tools: Readonly<Record<string, string>> }> {
  const { component, url, directory, recipients, doors, signal, onBytes } = request;
  const program = await doors.shell.find("redis-cli");
  if (!program) {
    throw new UserError("there is no redis-cli on this machine, so Redis cannot be backed up", {
      fix: "apt-get install redis-tools",
    });
  }
  const takenAt = doors.clock.now();
  const { keys, serverVersion } = await about(url, doors, signal);
  const { args, env } = addressOf(url, request.as);
  const running = doors.shell.start({ file: program, args: [...args, "--rdb", "-"], env, signal });
  running.stdin.end();
  const name = `${component}.rdb.zst.age`;
  try {
    const written = await writeObject(running.stdout, {
      file: join(directory, name),
      recipients,
      doors,
      signal,
      onBytes,
    });
    const { code, stderr } = await running.ended;
    if (code !== 0 || written.plainBytes === 0) throw failure(`${code}: ${stderr.trim().split("\n").at(-1)}`);
    return {
      part: {
        kind: "redis",
        component,
        takenAt,
        serverVersion,
        keys,
        objects: [{ name, holds: "rdb", ...written }],
      },
      tools: { redis: serverVersion },
    };
  } finally {
    running.end();
  }
}

function failure(said: string): Error {
  const what = `redis-cli --rdb ended with ${said}`;
  return /NOPERM/.test(said)
    ? new UserError(what, {
        fix: "acl setuser ... +sync +psync +replconf: a backup is read as a replica reads",
      })
    : new OutsideError(what);
}

export async function redisBytes(url: Secret, doors: Doors, signal: AbortSignal): Promise<number> {
  await using session = await doors.redis.open(url, { signal });
  return Number(/used_memory:(\d+)/.exec(String(await session.command("INFO", "memory")))?.[1] ?? 0);
}

async function about(
  url: Secret,
  doors: Doors,
  signal: AbortSignal,
): Promise<{ keys: number; serverVersion: string }> {
  await using session = await doors.redis.open(url, { signal });
  const info = String(await session.command("INFO"));
  const keys = [...info.matchAll(/^db\d+:keys=(\d+)/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
  return { keys, serverVersion: /redis_version:(\S+)/.exec(info)?.[1] ?? "unknown" };
}

/** The password goes in the environment, where redis-cli looks for it. */
function addressOf(url: Secret, as: string | undefined): { args: string[]; env: Record<string, string> } {
  const { protocol, hostname, port, username, password } = new URL(url.reveal());
  const args = ["-h", hostname, "-p", port || "6379"];
  if (protocol === "rediss:") args.push("--tls");
  const user = as ?? decodeURIComponent(username);
  if (user) args.push("--user", user);
  return { args, env: password ? { REDISCLI_AUTH: decodeURIComponent(password) } : {} };
}

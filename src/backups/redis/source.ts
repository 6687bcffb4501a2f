import { join } from "node:path";
import type { RedisContents, RedisPart } from "../../model/backup.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { writeContents } from "../contents.ts";
import { writeObject } from "../objects.ts";
import type { SourceRequest } from "../source.ts";
import { between, lookAt, type RedisLook, sample, unchanged } from "./look.ts";

type RedisRequest = SourceRequest & {
  readonly component: string;
  readonly url: Secret;
  readonly as: string | undefined;
  readonly doors: Doors;
};

/** The data of a Redis as the RDB file that it would give a replica, and what was seen of it meanwhile. */
export async function backUpRedis(
  request: RedisRequest,
): Promise<{ part: RedisPart; tools: Readonly<Record<string, string>> }> {
  const { component, url, directory, recipients, doors, signal } = request;
  const takenAt = doors.clock.now();
  await using session = await doors.redis.open(url, { signal });
  const samples = await sample(session, (await lookAt(session)).lasting.keys());
  const before = await lookAt(session);
  const name = `${component}.rdb.zst.age`;
  const written = await readAsReplica(request, join(directory, name));
  const after = await lookAt(session);
  const contents: RedisContents = {
    databases: between(before, after),
    samples: await unchanged(session, samples),
  };
  const list = `${component}.contents.json.zst.age`;
  const to = { name: list, file: join(directory, list), recipients, doors, signal };
  return {
    part: {
      kind: "redis",
      component,
      takenAt,
      ...about(after),
      objects: [{ name, holds: "rdb", ...written }, await writeContents(contents, to)],
    },
    tools: { redis: after.version },
  };
}

async function readAsReplica(request: RedisRequest, file: string) {
  const { url, recipients, doors, signal, onBytes } = request;
  const program = await doors.shell.find("redis-cli");
  if (!program) {
    throw new UserError("there is no redis-cli on this machine, so Redis cannot be backed up", {
      fix: "apt-get install redis-tools",
    });
  }
  const { args, env } = addressOf(url, request.as);
  const running = doors.shell.start({ file: program, args: [...args, "--rdb", "-"], env, signal });
  running.stdin.end();
  try {
    const written = await writeObject(running.stdout, { file, recipients, doors, signal, onBytes });
    const { code, stderr } = await running.ended;
    if (code !== 0 || written.plainBytes === 0) throw failure(`${code}: ${stderr.trim().split("\n").at(-1)}`);
    return written;
  } finally {
    running.end();
  }
}

function about({ version, major, usedBytes }: RedisLook) {
  return { serverVersion: version, serverMajor: major, usedBytes };
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

/** The password goes in the environment, where redis-cli looks for it. */
function addressOf(url: Secret, as: string | undefined): { args: string[]; env: Record<string, string> } {
  const { protocol, hostname, port, username, password } = new URL(url.reveal());
  const args = ["-h", hostname, "-p", port || "6379"];
  if (protocol === "rediss:") args.push("--tls");
  const user = as ?? decodeURIComponent(username);
  if (user) args.push("--user", user);
  return { args, env: password ? { REDISCLI_AUTH: decodeURIComponent(password) } : {} };
}

import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Provisioned, ProvisionRequest } from "../../model/component.ts";
import type { Doors } from "../../model/doors.ts";
import { messageOf, UserError } from "../../model/errors.ts";
import { Secret } from "../../model/secret.ts";
import { parseSize } from "../../model/size.ts";
import { giveTo, serviceAccount, serviceHome } from "../../system/service-account.ts";
import type { RedisOptions } from "./options.ts";

const USER = "app";
/** Reads everything as a replica does, and nothing else; same password. */
export const BACKUP_USER = "backup";
const PASSWORD_BYTES = 24;
const STOP_GRACE_MS = 10_000;
const LOAD_LIMIT_MS = 60_000;
const ASK_AGAIN_MS = 100;
/** Users and their rights came with version 6. */
const OLDEST_MAJOR = 6;

/** A Redis of the project's own on a loopback port. Throws UserError when this machine has no redis-server. */
export async function provision(request: ProvisionRequest<RedisOptions>): Promise<Provisioned> {
  const { name, options, directory, doors } = request;
  const { program, version } = await findServer(doors);
  const account = await serviceAccount(doors, ["redis", "nobody"]);
  const home = await serviceHome({ directory, account, doors });
  const password = await passwordIn(directory, doors);
  const port = await request.port("redis");
  const settings = settingsFor(options, { port, password, home: home.directory });
  const file = join(home.directory, `redis-${hash(settings).slice(0, 8)}.conf`);
  await removeOlder(home.directory, file, doors);
  await doors.files.write(file, settings, { mode: 0o600 });
  await giveTo(doors, account, [file]);
  const url = new Secret(`redis://${USER}:${password.reveal()}@127.0.0.1:${port}/0`);
  const who = account ? `, run by ${account.name}` : "";
  return {
    service: {
      name,
      file: program,
      args: [file],
      env: { LC_ALL: "C.UTF-8" },
      cwd: home.directory,
      ...(account && { uid: account.uid, gid: account.gid }),
      port,
      stopSignal: "SIGTERM",
      stopGraceMs: STOP_GRACE_MS,
    },
    async settle(signal) {
      await untilLoaded(url, doors, signal);
      // The first snapshot would else come after an hour, and whether there are any could not be seen before.
      if (options.persistence?.includes("rdb"))
        await saveOnce(new Secret(url.reveal().replace(USER, BACKUP_USER)), doors, signal);
    },
    variables: { [options.variable]: url },
    directories: home.isOutside ? [home.directory] : [],
    told: `Redis ${version} from ${program} on port ${port}${who}, ${policyFor(options)}, data in ${home.directory}`,
  };
}

/** Throws UserError. */
export async function findServer(doors: Doors): Promise<{ program: string; version: string }> {
  const places = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];
  const program =
    (await doors.shell.find("redis-server", places)) ?? (await doors.shell.find("valkey-server", places));
  if (program === undefined) {
    throw new UserError("there is no redis-server on this machine", { fix: "apt-get install redis-server" });
  }
  const { stdout } = await doors.shell.run({ file: program, args: ["--version"], timeoutMs: 10_000 });
  const version = /v=(\d+(?:\.\d+)*)/.exec(stdout)?.[1];
  if (version === undefined || Number.parseInt(version, 10) < OLDEST_MAJOR) {
    throw new UserError(`${program} is version ${version ?? "unknown"}, at least ${OLDEST_MAJOR} is needed`, {
      fix: "apt-get install redis-server",
    });
  }
  return { program, version };
}

/** Made once and kept in a 0600 file. */
async function passwordIn(directory: string, { files, random }: Doors): Promise<Secret> {
  const file = join(directory, "password");
  const known = await files.read(file);
  if (known !== undefined && known.trim() !== "") return new Secret(known.trim());
  const made = random.hex(PASSWORD_BYTES);
  await files.write(file, made, { mode: 0o600 });
  return new Secret(made);
}

function policyFor({ use }: RedisOptions): string {
  return use === "cache" ? "allkeys-lru" : "noeviction";
}

/** The password stands in it as its SHA-256 only. */
function settingsFor(options: RedisOptions, at: { port: number; password: Secret; home: string }): string {
  const { use, maxMemory } = options;
  const persistence = options.persistence ?? (use === "cache" ? "none" : "aof");
  const rights = [
    "~*",
    "&*",
    "+@all",
    "-@dangerous",
    "-@admin",
    "+info",
    ...(use === "queue" ? [] : ["+flushdb"]),
  ];
  const lines = [
    `port ${at.port}`,
    "bind 127.0.0.1",
    "protected-mode yes",
    "daemonize no",
    `dir ${JSON.stringify(at.home)}`,
    `maxmemory ${parseSize(maxMemory)}`,
    `maxmemory-policy ${policyFor(options)}`,
    `appendonly ${persistence.includes("aof") ? "yes" : "no"}`,
    "appendfsync everysec",
    `save ${persistence.includes("rdb") ? "3600 1 300 100" : '""'}`,
    // Nobody replicates it; a backup is read as a replica reads, and need not wait for a second one.
    "repl-diskless-sync-delay 0",
    "user default off",
    `user ${USER} on #${hash(at.password.reveal())} ${rights.join(" ")}`,
    `user ${BACKUP_USER} on #${hash(at.password.reveal())} -@all +sync +psync +replconf +ping +info +bgsave`,
  ];
  return `${lines.join("\n")}\n`;
}

/** The name changes with the content, so that the agent sees a declaration that changed and starts it anew. */
async function removeOlder(home: string, kept: string, { files }: Doors): Promise<void> {
  const older = (await files.list(home)).filter((name) => /^redis-[0-9a-f]{8}\.conf$/.test(name));
  for (const name of older) {
    const path = join(home, name);
    if (path !== kept) await files.remove(path);
  }
}

/** It takes connections while it still reads its data, and answers LOADING until it has. */
async function untilLoaded(url: Secret, doors: Doors, signal: AbortSignal): Promise<void> {
  const deadline = doors.clock.monotonicMs() + LOAD_LIMIT_MS;
  for (;;) {
    try {
      await using session = await doors.redis.open(url, { signal });
      await session.command("PING");
      return;
    } catch (thrown) {
      const isLoading = /LOADING|refused the connection|closed the connection/.test(messageOf(thrown));
      if (!isLoading || doors.clock.monotonicMs() > deadline) throw thrown;
      await doors.clock.delay(ASK_AGAIN_MS, signal);
    }
  }
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function saveOnce(url: Secret, doors: Doors, signal: AbortSignal): Promise<void> {
  await using redis = await doors.redis.open(url, { signal });
  const info = String(await redis.command("INFO", "persistence"));
  if (/^rdb_saves:0\r?$/m.test(info)) await redis.command("BGSAVE", "SCHEDULE");
}

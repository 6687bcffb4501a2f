import { join } from "node:path";
import { findFreePort } from "../../agent/instances/free-port.ts";
import { findServer } from "../../components/redis/provision.ts";
import type { RedisPart } from "../../model/backup.ts";
import type { Doors, RunningProgram } from "../../model/doors.ts";
import { messageOf } from "../../model/errors.ts";
import { Secret } from "../../model/secret.ts";
import { giveTo, serviceAccount } from "../../system/service-account.ts";
import { objectHolding } from "../contents.ts";
import { BackupFault } from "../fault.ts";
import { endLeashed, startLeashed } from "../leashed.ts";
import { type ReadFrom, readObject } from "../objects.ts";
import { temporaryDirectory } from "../temporary.ts";

/** A Redis of one's own that has read a backup; it ends with this process, and its directory goes with it. */
export interface ScratchRedis extends AsyncDisposable {
  readonly url: Secret;
  readonly version: string;
}

const ASK_AGAIN_MS = 20;
const PASSWORD_BYTES = 18;
/** More than anybody numbers; an empty one costs nothing to speak of. */
const DATABASES = 1_024;

/** Throws UserError when there is no redis-server here, BackupFault when it cannot read the backup. */
export async function startScratchRedis(
  part: RedisPart,
  from: ReadFrom & { readonly doors: Doors },
): Promise<ScratchRedis> {
  const { doors, signal } = from;
  const { program, version } = await findServer(doors);
  const account = await serviceAccount(doors, ["redis", "nobody"]);
  const home = await temporaryDirectory("scratch", doors);
  let running: RunningProgram | undefined;
  const stop = async (): Promise<void> => {
    if (running) await endLeashed(running);
    await doors.files.remove(home);
  };
  try {
    const data = join(home, "dump.rdb");
    await readObject(objectHolding(part, "rdb"), from, await doors.files.writeStream(data, { mode: 0o600 }));
    const password = doors.random.hex(PASSWORD_BYTES);
    const port = await findFreePort(() => false);
    const configuration = join(home, "redis.conf");
    await doors.files.write(configuration, settings({ port, password, home }), { mode: 0o600 });
    await giveTo(doors, account, [home, data, configuration]);
    running = startLeashed(doors, { file: program, args: [configuration], home, account, signal });
    const url = new Secret(`redis://:${password}@127.0.0.1:${port}/0`);
    await untilLoaded(url, running, { doors, signal, part, version });
    return { url, version, [Symbol.asyncDispose]: stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

function settings({ port, password, home }: { port: number; password: string; home: string }): string {
  const lines = [
    `port ${port}`,
    "bind 127.0.0.1",
    `dir ${JSON.stringify(home)}`,
    "dbfilename dump.rdb",
    `databases ${DATABASES}`,
    'save ""',
    "appendonly no",
    `requirepass ${password}`,
  ];
  return `${lines.join("\n")}\n`;
}

async function untilLoaded(
  url: Secret,
  running: RunningProgram,
  at: { doors: Doors; signal: AbortSignal; part: RedisPart; version: string },
): Promise<void> {
  const { doors, signal, part, version } = at;
  const last: { said: string; isOver: boolean } = { said: "", isOver: false };
  running.stdout.on("data", (chunk: Buffer) => {
    last.said = (last.said + chunk.toString("utf8")).slice(-4_096);
  });
  const watched = running.ended.then(() => {
    last.isOver = true;
  });
  while (!last.isOver) {
    signal.throwIfAborted();
    try {
      await using session = await doors.redis.open(url, { signal });
      await session.command("PING");
      return;
    } catch (thrown) {
      if (!/LOADING|refused|closed/i.test(messageOf(thrown))) throw thrown;
    }
    await Promise.race([doors.clock.delay(ASK_AGAIN_MS, signal), watched]);
  }
  signal.throwIfAborted();
  if (/Can't handle RDB format version/.test(last.said)) {
    throw new BackupFault(
      "wrong version",
      `${part.component} is of Redis ${part.serverVersion}, and ${version} of this machine cannot read it`,
    );
  }
  const said =
    last.said
      .trim()
      .split("\n")
      .findLast((line) => / [#-] /.test(line)) ?? "it ended";
  throw new BackupFault(
    "cannot be restored",
    `${part.component}: redis-server: ${said.replace(/^.* [#-] /, "")}`,
  );
}

import type { Doors } from "../model/doors.ts";
import { openClock } from "./clock.ts";
import { openDns } from "./dns.ts";
import { openFiles } from "./files.ts";
import { openHttp } from "./http.ts";
import { openMail } from "./mail.ts";
import { openMailboxes } from "./mailbox.ts";
import { openRandom } from "./random.ts";
import { openRedis } from "./redis.ts";
import { openShell } from "./shell.ts";
import { openSockets } from "./sockets.ts";
import { openSql } from "./sql.ts";

/** The real doors. Disposing closes pooled connections and ends programs that still run. */
export function openDoors(): Doors & AsyncDisposable {
  const http = openHttp();
  const shell = openShell();
  return {
    clock: openClock(),
    http,
    sql: openSql(),
    redis: openRedis(),
    sockets: openSockets(),
    dns: openDns(),
    mail: openMail(),
    mailboxes: openMailboxes(),
    files: openFiles(),
    shell,
    random: openRandom(),
    environment: { value: (name) => process.env[name] },
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]();
      await shell[Symbol.asyncDispose]();
    },
  };
}

import { existsSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { basename, dirname, join } from "node:path";
import { messageOf, UserError } from "../model/errors.ts";
import { holderOfPort } from "./instances/listening-ports.ts";
import { agentDirectoryOf } from "./instances/process-table.ts";

const TRIES = 200;
const BACKLOG = 4_096;

/** A bound, listening socket to hand on to a parent. Close it in the same turn of the event loop: it would accept. */
export interface ListeningSocket {
  readonly port: number;
  readonly fd: number;
  readonly server: Server;
}

interface Wanted {
  readonly host: string;
  readonly port: number;
  /** The user named this port: no other one will do. */
  readonly isFixed: boolean;
  /** "port" or "httpPort": what the user would change. */
  readonly option: string;
  /** Of the target: "local", "ssh". */
  readonly kind: string;
}

/** Opens the wanted port or, when it is not fixed, the next free one. Throws UserError naming who holds it. */
export async function openListeningSocket(wanted: Wanted): Promise<ListeningSocket> {
  const { host, port, isFixed } = wanted;
  let refused: NodeJS.ErrnoException | undefined;
  for (let next = port; next < Math.min(65_536, port + (isFixed ? 1 : TRIES)); next++) {
    const opened = await listen(host, next);
    if (!(opened instanceof Error)) return { port: next, server: opened, fd: descriptorOf(opened) };
    refused = opened;
    if (refused.code !== "EADDRINUSE" && refused.code !== "EACCES") break;
  }
  throw explain(refused, wanted);
}

function listen(host: string, port: number): Promise<Server | NodeJS.ErrnoException> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", resolve);
    server.listen({ host, port, backlog: BACKLOG }, () => resolve(server));
  });
}

/** `spawn` takes a stream or a number, and Node 24 cannot pause a server as it does a stream. */
function descriptorOf(server: Server): number {
  const { fd } = (server as unknown as { readonly _handle: { readonly fd: number } })._handle;
  return fd;
}

function explain(
  refused: NodeJS.ErrnoException | undefined,
  { host, port, option, kind }: Wanted,
): UserError {
  const where = `${host}:${port}`;
  if (refused?.code === "EACCES") {
    return new UserError(`not allowed to listen on ${where}`, {
      fix:
        kind === "local"
          ? `choose a port from 1024 up: local({ ${option}: 8443 })`
          : allowLowPorts(Math.min(80, port)),
    });
  }
  if (refused?.code !== "EADDRINUSE")
    return new UserError(`cannot listen on ${where}: ${messageOf(refused)}`);
  const holder = holderOfPort(port);
  const other = `choose another port: ${kind}({ ${option}: ${port + 1} })`;
  const agent = holder && agentDirectoryOf(holder.pid);
  if (holder && agent !== undefined) return heldByAgent(agent, { port, where, other, pid: holder.pid });
  const by = holder ? ` by process ${holder.pid} (${holder.command})` : "";
  return new UserError(`port ${port} is taken${by}`, {
    where,
    fix: `end that process, or ${other}`,
  });
}

/** Of an agent whose directory was deleted nobody else ever hears. */
function heldByAgent(
  stateDirectory: string,
  { port, where, other, pid }: { port: number; where: string; other: string; pid: number },
): UserError {
  const directory = dirname(stateDirectory);
  const isGone = !existsSync(join(stateDirectory, "settings.json"));
  const what = `port ${port} is taken by the environment in ${directory}${isGone ? ", which was deleted" : ""}`;
  const ends = isGone
    ? `kill ${pid} ends it with all it runs`
    : `gonogo stop --env ${basename(directory)} in its project ends it`;
  return new UserError(what, { where, fix: `${ends}; or ${other}` });
}

/** The setting is the kernel's, one for the whole machine; sysctl.d keeps it over a restart. */
function allowLowPorts(port: number): string {
  const setting = `net.ipv4.ip_unprivileged_port_start=${port}`;
  return `let ordinary users listen there: echo ${setting} | sudo tee /etc/sysctl.d/50-gonogo.conf && sudo sysctl --system`;
}

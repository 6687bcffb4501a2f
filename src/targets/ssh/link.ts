import { type AgentClient, createClient, pause } from "../../agent/client.ts";
import type { HostLook } from "../../agent/host-verbs.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import { type Connection, type ConnectionRequest, connect } from "./connection.ts";
import { readAnswer } from "./host-calls.ts";

/** The way to a host's agent: opened when it is first needed, opened again when it broke. */
export interface Link extends AsyncDisposable {
  open(signal: AbortSignal): Promise<OpenLink>;
  readonly agent: AgentClient;
}

export interface OpenLink {
  readonly connection: Connection;
  /** As it was when somebody last looked. */
  look: HostLook | undefined;
  /** A socket on this machine that leads to the agent's. */
  socket(signal: AbortSignal): Promise<string>;
}

/** A connection that breaks is opened again for so long: less than the lease lives, or a deploy would be over. */
const PATIENCE_MS = 4_000;
const PAUSE_MS = 200;

export function createLink(request: ConnectionRequest): Link {
  const { doors } = request;
  const { clock } = doors;
  let current: Promise<OpenLink> | undefined;
  let isClosed = false;

  async function open(signal: AbortSignal): Promise<OpenLink> {
    if (isClosed) throw new OutsideError(`the connection to ${request.host} was closed`);
    const known = await current?.catch(() => undefined);
    if (known && !known.connection.lost.aborted) return known;
    const opening = openLink(request, signal);
    current = opening;
    await known?.connection[Symbol.asyncDispose]();
    return await opening;
  }

  const agent: AgentClient = {
    async send(name, body, signal = AbortSignal.timeout(60_000)) {
      const deadline = clock.monotonicMs() + PATIENCE_MS;
      for (;;) {
        try {
          const link = await open(signal);
          return await ask(link, { name, body, signal, doors });
        } catch (thrown) {
          signal.throwIfAborted();
          const mayPass = thrown instanceof OutsideError && thrown.retryable;
          if (!mayPass || clock.monotonicMs() > deadline) throw thrown;
        }
        await pause(PAUSE_MS, signal);
      }
    },
  };

  return {
    open,
    agent,
    async [Symbol.asyncDispose]() {
      isClosed = true;
      const known = await current?.catch(() => undefined);
      await known?.connection[Symbol.asyncDispose]();
    },
  };
}

async function openLink(request: ConnectionRequest, signal: AbortSignal): Promise<OpenLink> {
  const connection = await connect(request, signal);
  const said = connection.greeting.look;
  const link: OpenLink & { forwarded?: Promise<string> } = {
    connection,
    look: said === undefined ? undefined : readAnswer(said, { verb: "look", stderr: "" }),
    socket(until) {
      link.forwarded ??= tunnel(link, until).catch((thrown: unknown) => {
        delete link.forwarded;
        throw thrown;
      });
      return link.forwarded;
    },
  };
  return link;
}

async function tunnel({ connection, look }: OpenLink, signal: AbortSignal): Promise<string> {
  if (!look?.isRunning) {
    throw new UserError("nothing runs on the host", { fix: "gonogo deploy starts it" });
  }
  const socket = `${connection.folder}/agent.sock`;
  if (await connection.forward(socket, look.socketPath, signal)) return socket;
  throw new OutsideError(`${socket} could not be led to the agent's socket`);
}

async function ask(
  link: OpenLink,
  {
    name,
    body,
    signal,
    doors,
  }: {
    name: Parameters<AgentClient["send"]>[0];
    body: Parameters<AgentClient["send"]>[1];
    signal: AbortSignal;
    doors: Doors;
  },
): Promise<never> {
  const { connection } = link;
  const socketPath = await link.socket(signal);
  const client = createClient({ socketPath, clock: doors.clock });
  try {
    return (await client.send(name, body as never, AbortSignal.any([signal, connection.lost]))) as never;
  } catch (thrown) {
    signal.throwIfAborted();
    if (connection.lost.aborted) throw connection.lost.reason;
    if (thrown instanceof OutsideError) throw (await forbidden(connection)) ?? thrown;
    throw thrown;
  }
}

/** Tunnels are allowed on Debian and Ubuntu as they come; who hardens a machine may have closed them. */
export async function forbidden(connection: Connection): Promise<UserError | undefined> {
  if (!/administratively prohibited/.test(await connection.said())) return undefined;
  return new UserError("sshd over there lets nobody tunnel to a socket or port of its own machine", {
    fix: "in /etc/ssh/sshd_config: AllowTcpForwarding local and AllowStreamLocalForwarding local, at least for this user (Match User); then systemctl reload ssh",
  });
}

import { type AgentClient, createClient, pause } from "../../agent/client.ts";
import type { HostLook } from "../../agent/host/verbs.ts";
import type { Doors } from "../../model/doors.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import { type ConnectionRequest, connect, type SshConnection } from "./connection.ts";
import { callHost, readAnswer } from "./host-calls.ts";

/** The way to a host's agent: opened when it is first needed, opened again when it broke. */
export interface HostLink extends AsyncDisposable {
  open(signal: AbortSignal): Promise<OpenLink>;
  readonly agent: AgentClient;
}

export interface OpenLink {
  readonly connection: SshConnection;
  /** Asks anew unless it is known to run; undefined where nothing was ever deployed. */
  look(signal: AbortSignal, options?: { anew: boolean }): Promise<HostLook | undefined>;
  /** What somebody has just seen. */
  saw(look: HostLook | undefined): void;
  /** A socket on this machine that leads to the agent's. */
  socket(signal: AbortSignal): Promise<string>;
}

/** A connection that breaks is opened again for so long: less than the lease lives, or a deploy would be over. */
const PATIENCE_MS = 4_000;
const PAUSE_MS = 200;

export function createLink(request: ConnectionRequest): HostLink {
  const { doors } = request;
  const { clock } = doors;
  let current: Promise<OpenLink> | undefined;
  let isClosed = false;
  let awaySince: number | undefined;

  async function open(signal: AbortSignal): Promise<OpenLink> {
    for (;;) {
      if (isClosed) throw new OutsideError(`the connection to ${request.host} was closed`);
      const asked = current;
      const known = await asked?.catch(() => undefined);
      if (known && !known.connection.lost.aborted) return known;
      // Another request that waited for the same one opens it anew already.
      if (asked !== current) continue;
      const opening = openLink(request, signal);
      current = opening;
      await known?.connection[Symbol.asyncDispose]();
      return await opening;
    }
  }

  const agent: AgentClient = {
    async send(name, body, signal = AbortSignal.timeout(60_000)) {
      for (;;) {
        try {
          const link = await open(signal);
          const answer = await ask(link, { name, body, signal, doors });
          awaySince = undefined;
          return answer;
        } catch (thrown) {
          signal.throwIfAborted();
          const mayPass = thrown instanceof OutsideError && thrown.retryable;
          const now = clock.monotonicMs();
          // One outage is waited for once, however many requests it meets.
          awaySince ??= now;
          if (!mayPass || now > awaySince + PATIENCE_MS) throw thrown;
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
  let seen = said === undefined ? undefined : readAnswer(said, { verb: "look", stderr: "" });
  let isFresh = true;
  let socket: Promise<string> | undefined;
  const link: OpenLink = {
    connection,
    async look(until, { anew } = { anew: false }) {
      if (!anew && (seen?.isRunning || isFresh)) {
        isFresh = false;
        return seen;
      }
      link.saw(await lookAgain(connection, until));
      return seen;
    },
    saw(look) {
      seen = look;
      if (!look?.isRunning) socket = undefined;
    },
    socket(until) {
      socket ??= tunnel(link, until).catch((thrown: unknown) => {
        socket = undefined;
        throw thrown;
      });
      return socket;
    },
  };
  return link;
}

/** Somebody else may have deployed for the first time since this connection was opened. */
async function lookAgain(connection: SshConnection, signal: AbortSignal): Promise<HostLook | undefined> {
  const { base, node } = connection.greeting;
  if (node === undefined) return undefined;
  const { code } = await connection.run(`test -e ${base}/runtime/version`, { signal });
  return code === 0 ? await callHost(connection, "look", { signal }) : undefined;
}

async function tunnel({ connection, look }: OpenLink, signal: AbortSignal): Promise<string> {
  const seen = await look(signal);
  if (!seen?.isRunning) {
    throw new UserError("nothing runs on the host", { fix: "gonogo deploy starts it" });
  }
  const socket = `${connection.folder}/agent-${++tunnels}.sock`;
  if (await connection.forward(socket, seen.socketPath, signal)) return socket;
  throw new OutsideError(`${socket} could not be led to the agent's socket`);
}

let tunnels = 0;

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
    if (!(thrown instanceof OutsideError)) throw thrown;
    const seen = await link.look(signal, { anew: true });
    throw (await forbidden(connection, { runs: seen?.isRunning ?? false })) ?? thrown;
  }
}

/**
 * Tunnels are allowed on Debian and Ubuntu as they come; who hardens a machine may have closed them. Of a socket sshd
 * only says that it was not opened: forbidden, when the program at its other end runs.
 */
export async function forbidden(
  connection: SshConnection,
  { runs }: { runs: boolean } = { runs: false },
): Promise<UserError | undefined> {
  const said = await connection.said();
  const isRefused =
    /administratively prohibited/.test(said) || (runs && /connect failed: open failed/.test(said));
  if (!isRefused) return undefined;
  return new UserError("sshd over there opens no tunnel to a socket or port of its own machine", {
    fix: "in /etc/ssh/sshd_config: AllowTcpForwarding local and AllowStreamLocalForwarding local, at least for this user (Match User); then systemctl reload ssh",
  });
}

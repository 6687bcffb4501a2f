import { connect, type Socket } from "node:net";
import { type AnswerEvents, type AnswerParser, createAnswerParser } from "./answer-parser.ts";

/** Who gets the answer to the request that a connection carries now. */
export interface AnswerSink extends AnswerEvents {
  /** Everything that came with one read has been passed on. */
  onRead(): void;
  /** The connection takes bytes of the request again. */
  onDrain(): void;
  /** Nothing moved for as long as `patience` was set to. */
  onIdle(): void;
  /** The connection ended, or spoke nonsense, before the answer was complete. Comes last. */
  onBroken(cause: Error): void;
}

/** One connection to an upstream, carrying one request at a time. */
export interface UpstreamConnection {
  readonly socket: Socket;
  /** Undefined until it has carried a request. Monotonic milliseconds. */
  idleSince: number | undefined;
  keepAliveMs: number | undefined;
  begin(method: string, head: string, sink: AnswerSink): void;
  /** The request is complete: only then can the connection be used again after the answer. */
  sent(): void;
  patience(ms: number): void;
  /** Ends it without telling the sink. */
  destroy(): void;
  /** Gives the socket away: no sink, no reuse. */
  detach(): Socket;
}

interface Owner {
  /** The answer is complete and the connection can carry another request. */
  onFree(connection: UpstreamConnection): void;
  onGone(connection: UpstreamConnection): void;
}

/**
 * Opens a connection to a port of 127.0.0.1 within `timeoutMs` (a hung application's queue is full: it neither
 * accepts nor refuses). `ready` gets it, or why there is none; nothing was sent then.
 */
export function openConnection(
  { port, timeoutMs }: { readonly port: number; readonly timeoutMs: number },
  owner: Owner,
  ready: (cause: Error | undefined, connection: UpstreamConnection | undefined) => void,
): void {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const refused = (cause: Error): void => ready(cause, undefined);
  const late = (): void => void socket.destroy(new Error("not accepted in time"));
  socket.once("error", refused);
  socket.setTimeout(timeoutMs, late);
  socket.once("connect", () => {
    socket.off("error", refused).off("timeout", late);
    if (socket.localPort !== port) return ready(undefined, attach(socket, owner));
    // Nobody listens, and the system gave us the very port we asked for: TCP then connects to itself.
    socket.destroy();
    ready(new Error("connected to itself"), undefined);
  });
}

function attach(socket: Socket, owner: Owner): UpstreamConnection {
  let sink: AnswerSink | undefined;
  let parser: AnswerParser | undefined;
  let isSent = false;
  let isPersistent = false;
  let failure: Error | undefined;

  function onData(chunk: Buffer): void {
    // Bytes nobody asked for: an upstream that speaks first cannot be trusted with the next request.
    if (!sink || !parser) return void fail(new Error("unasked bytes"));
    const mine = sink;
    try {
      parser.push(chunk);
    } catch (thrown) {
      return void fail(thrown as Error);
    }
    if (sink !== mine) return;
    mine.onRead();
    if (parser?.done) settle();
  }

  function settle(): void {
    sink = undefined;
    parser = undefined;
    if (!isPersistent || !isSent || socket.destroyed) return void socket.destroy();
    owner.onFree(connection);
  }

  function fail(cause: Error): void {
    const mine = sink;
    sink = undefined;
    parser = undefined;
    socket.destroy();
    owner.onGone(connection);
    mine?.onBroken(cause);
  }

  function onEnd(): void {
    if (sink && parser?.end()) settle();
    else fail(new Error("connection ended"));
  }

  const onClose = (): void => fail(failure ?? new Error("connection closed"));

  const onError = (cause: Error): void => {
    failure = cause;
  };
  const onTimeout = (): void => (sink ? sink.onIdle() : fail(new Error("idle")));
  const onDrain = (): void => sink?.onDrain();
  socket.on("data", onData).on("end", onEnd).on("error", onError).on("close", onClose);
  socket.on("timeout", onTimeout).on("drain", onDrain);

  const connection: UpstreamConnection = {
    socket,
    idleSince: undefined,
    keepAliveMs: undefined,
    begin(method, head, to) {
      sink = to;
      isSent = false;
      isPersistent = false;
      parser = createAnswerParser(method, {
        onHead(answer) {
          isPersistent = answer.persistent;
          connection.keepAliveMs = answer.keepAliveMs;
          sink?.onHead(answer);
        },
        onBody: (chunk, last) => sink?.onBody(chunk, last),
        onSwitch: (answer, rest) => sink?.onSwitch(answer, rest),
      });
      // The last answer may have ended while its client was slow to read.
      socket.resume();
      socket.write(head, "latin1");
    },
    sent() {
      isSent = true;
    },
    patience(ms) {
      if (socket.timeout !== ms) socket.setTimeout(ms);
    },
    destroy() {
      sink = undefined;
      parser = undefined;
      socket.destroy();
    },
    detach() {
      sink = undefined;
      parser = undefined;
      socket.off("data", onData).off("end", onEnd).off("error", onError).off("close", onClose);
      socket.off("timeout", onTimeout).off("drain", onDrain);
      owner.onGone(connection);
      return socket;
    },
  };
  return connection;
}

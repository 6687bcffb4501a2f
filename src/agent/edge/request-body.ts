import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

export interface BodyStream {
  /** Goes on after the upstream's buffer emptied. */
  resume(): void;
  /** Sends no more of it; what still comes is read and dropped. */
  stop(): void;
  /** The client, not the upstream, is what is being waited for. */
  readonly isWaitingForClient: boolean;
}

/** Whether a request has a body to come. */
export function carriesBody(request: IncomingMessage): boolean {
  const { headers } = request;
  if (headers["transfer-encoding"] !== undefined) return true;
  return headers["content-length"] !== undefined && headers["content-length"] !== "0";
}

/** Streams a request's body to the upstream as it comes, with back-pressure, counting its bytes. */
export function streamBody(
  request: IncomingMessage,
  upstream: Socket,
  options: { readonly maxBytes: number; readonly onTooLarge: () => void; readonly onSent: () => void },
): BodyStream {
  const isChunked = request.headers["transfer-encoding"] !== undefined;
  let bytes = 0;
  let isDone = false;

  function onData(chunk: Buffer): void {
    bytes += chunk.length;
    if (bytes > options.maxBytes) {
      stop();
      options.onTooLarge();
    } else if (!send(chunk)) {
      request.pause();
    }
  }

  function send(chunk: Buffer): boolean {
    if (!isChunked) return upstream.write(chunk);
    upstream.cork();
    upstream.write(`${chunk.length.toString(16)}\r\n`, "latin1");
    upstream.write(chunk);
    const takesMore = upstream.write("\r\n", "latin1");
    upstream.uncork();
    return takesMore;
  }

  function onEnd(): void {
    isDone = true;
    if (isChunked) upstream.write("0\r\n\r\n", "latin1");
    options.onSent();
  }

  function stop(): void {
    isDone = true;
    request.off("data", onData).off("end", onEnd);
    request.resume();
  }

  request.on("data", onData).on("end", onEnd);
  return {
    resume: () => void request.resume(),
    stop,
    get isWaitingForClient() {
      return !isDone && !request.isPaused();
    },
  };
}

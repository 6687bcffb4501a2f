import type { Socket } from "node:net";
import { closeFrame, createFrameTracker } from "./web-socket-frames.ts";

export interface Tunnel {
  /** Says 1012 to the client at the next frame end, then lets both sides finish. */
  close(): void;
  cut(): void;
}

/** Codes of RFC 6455 section 7.4 and the IANA registry. */
const SERVICE_RESTART = 1012;
const CLOSING_MS = 5_000;

interface Ends {
  readonly client: Socket;
  readonly upstream: Socket;
  /** What the client sent behind its request. */
  readonly fromClient: Buffer;
  /** The 101 answer, then what the upstream sent behind it. */
  readonly answer: string;
  readonly fromUpstream: Buffer;
  readonly idleMs: number;
  readonly onClose: () => void;
}

/** Pipes an upgraded connection raw, both ways, with back-pressure. */
export function openTunnel({ answer, fromClient, fromUpstream, idleMs, ...ends }: Ends): Tunnel {
  const { client, upstream } = ends;
  const tunnel = pipe(client, upstream, ends.onClose);
  client.setTimeout(idleMs, tunnel.cut);
  upstream.setTimeout(0);
  client.setNoDelay(true);
  client.write(answer, "latin1");
  if (fromUpstream.length > 0) upstream.emit("data", fromUpstream);
  if (fromClient.length > 0) client.emit("data", fromClient);
  upstream.resume();
  client.resume();
  return tunnel;
}

function pipe(client: Socket, upstream: Socket, onClose: () => void): Tunnel {
  const frames = createFrameTracker();
  let state: "open" | "asked to close" | "closing" = "open";
  let isOver = false;

  function cut(): void {
    client.destroy();
    upstream.destroy();
  }

  function over(): void {
    cut();
    if (isOver) return;
    isOver = true;
    onClose();
  }

  function toClient(chunk: Buffer): void {
    if (state === "closing") return;
    if (state === "open") {
      frames.advance(chunk, false);
      if (!client.write(chunk)) upstream.pause();
      return;
    }
    const end = frames.advance(chunk, true);
    client.write(chunk.subarray(0, end));
    if (frames.atBoundary) sayClose();
  }

  function sayClose(): void {
    state = "closing";
    // The application began to close by itself: its own code stands.
    if (!frames.isClosing) client.write(closeFrame(SERVICE_RESTART, "service restart"));
    upstream.resume();
    setTimeout(cut, CLOSING_MS).unref();
  }

  function toUpstream(chunk: Buffer): void {
    if (!upstream.write(chunk)) client.pause();
  }

  function finish(this: Socket): void {
    (this === client ? upstream : client).end();
    setTimeout(cut, CLOSING_MS).unref();
  }

  client.on("data", toUpstream).on("drain", () => upstream.resume());
  client.on("end", finish).on("error", cut).on("close", over);
  upstream.on("data", toClient).on("drain", () => client.resume());
  upstream.on("end", finish).on("error", cut).on("close", finish);

  return {
    close() {
      if (state !== "open") return;
      state = "asked to close";
      if (frames.atBoundary) sayClose();
    },
    cut,
  };
}

import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { closeFrame, createFrameTracker } from "./web-socket-frames.ts";

export interface Tunnel {
  /** Says 1012 to the client at the next frame end, then lets both sides finish. */
  close(): void;
  cut(): void;
}

/** Codes of RFC 6455 section 7.4 and the IANA registry. */
const SERVICE_RESTART = 1012;
const CLOSING_MS = 5_000;

/** Pipes an upgraded connection raw, both ways, with back-pressure. */
export function openTunnel(ends: {
  readonly client: Socket;
  readonly upstream: Socket;
  /** What the client sent behind its request. */
  readonly fromClient: Buffer;
  /** The 101 answer, then what the upstream sent behind it. */
  readonly answer: string;
  readonly fromUpstream: Buffer;
  readonly idleMs: number;
  readonly onClose: () => void;
}): Tunnel {
  const { client, upstream } = ends;
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
    ends.onClose();
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

  function finish(other: Duplex): void {
    other.end();
    setTimeout(cut, CLOSING_MS).unref();
  }

  client.setTimeout(ends.idleMs, cut);
  upstream.setTimeout(0);
  client.setNoDelay(true);
  client.write(ends.answer, "latin1");
  if (ends.fromUpstream.length > 0) toClient(ends.fromUpstream);
  if (ends.fromClient.length > 0) toUpstream(ends.fromClient);
  client.on("data", toUpstream).on("drain", () => upstream.resume());
  client
    .on("end", () => finish(upstream))
    .on("error", cut)
    .on("close", over);
  upstream.on("data", toClient).on("drain", () => client.resume());
  upstream
    .on("end", () => finish(client))
    .on("error", cut)
    .on("close", () => finish(client));
  upstream.resume();
  client.resume();

  return {
    close() {
      if (state !== "open") return;
      state = "asked to close";
      if (frames.atBoundary) sayClose();
    },
    cut,
  };
}

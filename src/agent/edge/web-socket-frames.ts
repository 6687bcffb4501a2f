/** Follows one direction of a WebSocket to know where frames end (RFC 6455 section 5.2). */
export interface FrameTracker {
  /** Follows the chunk to its end, or only to the first frame end when `stop`. Returns how many bytes it followed. */
  advance(chunk: Buffer, stop: boolean): number;
  /** Between two frames. */
  readonly atBoundary: boolean;
  /** A close frame has begun: nothing may be said after it. */
  readonly isClosing: boolean;
}

const CLOSE = 8;

export function createFrameTracker(): FrameTracker {
  const header = Buffer.allocUnsafe(14);
  let have = 0;
  let left = 0;
  let isClosing = false;

  function headerLength(): number {
    if (have < 2) return 2;
    const second = header[1] as number;
    const short = second & 0x7f;
    return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0);
  }

  function payloadLength(): number {
    const short = (header[1] as number) & 0x7f;
    if (short < 126) return short;
    return short === 126 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
  }

  function advance(chunk: Buffer, stop: boolean): number {
    let at = 0;
    while (at < chunk.length) {
      if (left > 0) {
        const step = Math.min(left, chunk.length - at);
        left -= step;
        at += step;
      } else {
        header[have++] = chunk[at++] as number;
        if (have < headerLength()) continue;
        left = payloadLength();
        have = 0;
        if (((header[0] as number) & 0x0f) === CLOSE) isClosing = true;
      }
      if (stop && left === 0 && have === 0) return at;
    }
    return at;
  }

  return {
    advance,
    get atBoundary() {
      return have === 0 && left === 0;
    },
    get isClosing() {
      return isClosing;
    },
  };
}

/** An unmasked close frame, as a server sends it. */
export function closeFrame(code: number, reason: string): Buffer {
  const text = Buffer.from(reason, "utf8");
  return Buffer.concat([Buffer.from([0x80 | CLOSE, 2 + text.length, code >> 8, code & 0xff]), text]);
}

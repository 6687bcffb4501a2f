import { OutsideError } from "../model/errors.ts";

/** Reads one HTTP/1.1 answer (RFC 9112) from its bytes and finds where it ends. */
export interface AnswerReader {
  /** True once the answer is whole. Throws OutsideError when it is not HTTP or too long. */
  take(chunk: Buffer): boolean;
  /** The connection ended: true when that makes the answer whole. */
  end(): boolean;
  readonly status: number;
  readonly release: string | undefined;
  /** Whether another request may follow on the same connection. */
  readonly mayKeep: boolean;
}

const LONGEST_HEAD_BYTES = 65_536;

export function createAnswerReader(bodyLimitBytes: number): AnswerReader {
  let head = "";
  let status = 0;
  let release: string | undefined;
  let mayKeep = false;
  let body: BodyReader | undefined;

  function take(chunk: Buffer): boolean {
    if (body) return isWhole(chunk);
    head += chunk.toString("latin1");
    for (;;) {
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) {
        if (head.length > LONGEST_HEAD_BYTES) throw new OutsideError("the answer's head is too long");
        return false;
      }
      const rest = head.slice(end + 4);
      readHead(head.slice(0, end + 2));
      // 1xx: the answer itself is yet to come.
      if (status >= 100 && status < 200 && status !== 101) {
        head = rest;
        body = undefined;
        continue;
      }
      head = "";
      return isWhole(Buffer.from(rest, "latin1"));
    }
  }

  function isWhole(chunk: Buffer): boolean {
    const done = body?.take(chunk) ?? true;
    if ((body?.size ?? 0) > bodyLimitBytes) {
      mayKeep = false;
      return true;
    }
    if (done && body?.isBeyond) mayKeep = false;
    return done;
  }

  function readHead(text: string): void {
    const start = /^HTTP\/1\.([01]) (\d{3})(?: [^\r\n]*)?\r\n/.exec(text);
    if (!start) throw new OutsideError("answered with something that is not HTTP");
    status = Number(start[2]);
    release = headerOf(text, "x-gonogo-release");
    const connection = headerOf(text, "connection")?.toLowerCase() ?? "";
    mayKeep = start[1] === "1" ? !connection.includes("close") : connection.includes("keep-alive");
    const length = headerOf(text, "content-length");
    if (status === 204 || status === 304 || status === 101) body = fixedBody(0);
    else if (/\bchunked\s*$/i.test(headerOf(text, "transfer-encoding") ?? "")) body = chunkedBody();
    else if (length === undefined) body = endlessBody();
    else if (/^\d{1,15}$/.test(length)) body = fixedBody(Number(length));
    else throw new OutsideError("answered with a content-length that is not a number");
    if (length === undefined && body.untilEnd) mayKeep = false;
    if (status === 101) mayKeep = false;
  }

  return {
    take,
    end: () => body?.untilEnd ?? false,
    get status() {
      return status;
    },
    get release() {
      return release;
    },
    get mayKeep() {
      return mayKeep;
    },
  };
}

/** Of the first header of this name. `name` in lower case. */
function headerOf(head: string, name: string): string | undefined {
  const lower = head.toLowerCase();
  const at = lower.indexOf(`\r\n${name}:`);
  if (at < 0) return undefined;
  const from = at + name.length + 3;
  return head.slice(from, head.indexOf("\r\n", from)).trim();
}

interface BodyReader {
  take(chunk: Buffer): boolean;
  readonly size: number;
  /** Bytes came after its end: whoever sent them is out of step. */
  readonly isBeyond: boolean;
  readonly untilEnd: boolean;
}

function fixedBody(length: number): BodyReader {
  let size = 0;
  return {
    take(chunk) {
      size += chunk.length;
      return size >= length;
    },
    get size() {
      return size;
    },
    get isBeyond() {
      return size > length;
    },
    untilEnd: false,
  };
}

function endlessBody(): BodyReader {
  let size = 0;
  return {
    take(chunk) {
      size += chunk.length;
      return false;
    },
    get size() {
      return size;
    },
    isBeyond: false,
    untilEnd: true,
  };
}

const LONGEST_LINE_BYTES = 4_096;

/** RFC 9112 section 7.1. Trailers are read and thrown away. */
function chunkedBody(): BodyReader {
  let size = 0;
  let line = "";
  let left = 0;
  let isBeyond = false;
  let state: "size" | "data" | "data end" | "trailer" = "size";

  function onLine(text: string): boolean {
    if (state === "data end") state = "size";
    else if (state === "trailer") return text === "";
    else {
      const digits = /^([0-9a-f]{1,12})\s*(?:;.*)?$/i.exec(text);
      if (!digits) throw new OutsideError("answered with a broken chunk");
      left = Number.parseInt(digits[1] ?? "0", 16);
      state = left === 0 ? "trailer" : "data";
    }
    return false;
  }

  return {
    take(chunk) {
      size += chunk.length;
      let at = 0;
      while (at < chunk.length) {
        if (state === "data") {
          const step = Math.min(left, chunk.length - at);
          at += step;
          left -= step;
          if (left === 0) state = "data end";
          continue;
        }
        const end = chunk.indexOf(10, at);
        line += chunk.toString("latin1", at, end < 0 ? chunk.length : end);
        if (line.length > LONGEST_LINE_BYTES) throw new OutsideError("answered with a broken chunk");
        if (end < 0) return false;
        at = end + 1;
        const text = line.replace(/\r$/, "");
        line = "";
        if (!onLine(text)) continue;
        isBeyond = at < chunk.length;
        return true;
      }
      return false;
    },
    get size() {
      return size;
    },
    get isBeyond() {
      return isBeyond;
    },
    untilEnd: false,
  };
}

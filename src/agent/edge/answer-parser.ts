/** The head of an upstream's answer, without what concerns only the connection it came on. */
export interface AnswerHead {
  readonly status: number;
  readonly reason: string;
  /** End-to-end headers, names and values in turn, as sent. */
  readonly headers: readonly string[];
  /** "text/event-stream": lower case, without parameters; "" when not said. */
  readonly contentType: string;
  readonly encoded: boolean;
  /** The connection can carry another request after this answer. */
  readonly persistent: boolean;
  /** How long the upstream says it keeps an idle connection. */
  readonly keepAliveMs: number | undefined;
}

export interface AnswerEvents {
  onHead(head: AnswerHead): void;
  /** Comes with `last` exactly once for a complete answer; that chunk may be empty. */
  onBody(chunk: Buffer, last: boolean): void;
  /** 101: the bytes from here on are of another protocol. */
  onSwitch(head: AnswerHead, rest: Buffer): void;
}

export interface AnswerParser {
  /** Throws MalformedAnswer. */
  push(chunk: Buffer): void;
  /** The upstream ended the connection. True when that completes the answer. */
  end(): boolean;
  readonly done: boolean;
}

export class MalformedAnswer extends Error {
  override readonly name = "MalformedAnswer";
}

type State = "head" | "length" | "size" | "chunk" | "chunk end" | "trailer" | "until close" | "done";

const MAX_HEAD_BYTES = 64 * 1_024;
const MAX_LINE_BYTES = 8 * 1_024;
const EMPTY = Buffer.alloc(0);

/** Reads one HTTP/1.1 answer to a request of this method (RFC 9112 sections 4 to 7), however it is cut up. */
export function createAnswerParser(method: string, events: AnswerEvents): AnswerParser {
  let state: State = "head";
  let head: Buffer = EMPTY;
  let left = 0;
  let line = "";

  function push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0 && state === "head") rest = readHead(rest);
    while (rest.length > 0 && state !== "done") rest = readBody(rest);
    if (rest.length > 0) throw new MalformedAnswer("bytes after the answer");
  }

  function readHead(chunk: Buffer): Buffer {
    const bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    const end = bytes.indexOf("\r\n\r\n");
    if (end > MAX_HEAD_BYTES || (end === -1 && bytes.length > MAX_HEAD_BYTES)) {
      throw new MalformedAnswer("head too large");
    }
    if (end === -1) {
      head = bytes;
      return EMPTY;
    }
    head = EMPTY;
    const parsed = parseHead(bytes.toString("latin1", 0, end), method);
    const rest = bytes.subarray(end + 4);
    if (parsed.head.status === 101) {
      state = "done";
      events.onSwitch(parsed.head, rest);
      return EMPTY;
    }
    // Informational answers go before the real one; the edge itself answers Expect: 100-continue.
    if (parsed.head.status < 200) return rest;
    left = parsed.length;
    state = parsed.framing;
    events.onHead(parsed.head);
    if (state === "length" && left === 0) finish(EMPTY);
    return rest;
  }

  function readBody(chunk: Buffer): Buffer {
    if (state === "until close") {
      events.onBody(chunk, false);
      return EMPTY;
    }
    if (state === "length" || state === "chunk") {
      const part = chunk.length > left ? chunk.subarray(0, left) : chunk;
      left -= part.length;
      if (left === 0 && state === "length") finish(part);
      else events.onBody(part, false);
      if (left === 0 && state === "chunk") state = "chunk end";
      return chunk.subarray(part.length);
    }
    const end = chunk.indexOf(10);
    line += chunk.toString("latin1", 0, end === -1 ? chunk.length : end);
    if (line.length > MAX_LINE_BYTES) throw new MalformedAnswer("line too long");
    if (end === -1) return EMPTY;
    const complete = line;
    line = "";
    readLine(complete);
    return chunk.subarray(end + 1);
  }

  function readLine(complete: string): void {
    if (state === "size") {
      const size = /^([0-9a-f]{1,12})[ \t]*(?:;[^\r]*)?\r$/i.exec(complete)?.[1];
      if (size === undefined) throw new MalformedAnswer("chunk size");
      left = Number.parseInt(size, 16);
      state = left === 0 ? "trailer" : "chunk";
      return;
    }
    if (state === "chunk end") {
      if (complete !== "\r") throw new MalformedAnswer("chunk end");
      state = "size";
      return;
    }
    if (complete === "\r") finish(EMPTY);
  }

  function finish(chunk: Buffer): void {
    state = "done";
    events.onBody(chunk, true);
  }

  return {
    push,
    end() {
      if (state === "until close") finish(EMPTY);
      return state === "done";
    },
    get done() {
      return state === "done";
    },
  };
}

interface ParsedHead {
  readonly head: AnswerHead;
  readonly framing: "length" | "size" | "until close";
  readonly length: number;
}

function parseHead(text: string, method: string): ParsedHead {
  const lines = text.split("\r\n");
  const status = /^HTTP\/1\.([01]) (\d{3})(?: (.*))?$/.exec(lines[0] ?? "");
  if (!status) throw new MalformedAnswer("status line");
  const code = Number(status[2]);
  let length: string | undefined;
  let transfer: string | undefined;
  let connection = "";
  let keepAlive: string | undefined;
  let contentType = "";
  let encoded = false;
  let headers: string[] = [];
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] as string;
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    // A space before the colon and folded lines are how two parsers come to see two different answers.
    if (colon < 1 || /[\s]/.test(name)) throw new MalformedAnswer("header line");
    const value = line.slice(colon + 1).trim();
    switch (name.toLowerCase()) {
      case "connection":
        connection += `,${value.toLowerCase()}`;
        continue;
      case "keep-alive":
        keepAlive = value;
        continue;
      case "transfer-encoding":
        transfer = transfer === undefined ? value.toLowerCase() : `${transfer},${value.toLowerCase()}`;
        continue;
      case "proxy-connection":
      case "te":
      case "trailer":
      case "upgrade":
      case "x-gonogo-release":
        continue;
      case "content-length":
        if (!/^\d{1,15}$/.test(value) || (length !== undefined && length !== value)) {
          throw new MalformedAnswer("content-length");
        }
        if (length !== undefined) continue;
        length = value;
        break;
      case "content-type":
        contentType = (value.split(";", 1)[0] as string).trim().toLowerCase();
        break;
      case "content-encoding":
        encoded = true;
        break;
    }
    headers.push(name, value);
  }
  const options = connection === "" ? [] : connection.split(",").map((each) => each.trim());
  if (connection !== "") headers = withoutListed(headers, options);
  if (transfer !== undefined) headers = withoutListed(headers, ["content-length"], true);
  const framing = framingOf({ method, code, transfer, length });
  const closes = options.includes("close") || (status[1] === "0" && !options.includes("keep-alive"));
  return {
    head: {
      status: code,
      reason: status[3] ?? "",
      headers,
      contentType,
      encoded,
      persistent: !closes && framing !== "until close",
      keepAliveMs: keepAliveMs(keepAlive),
    },
    framing,
    length: framing === "length" && hasBody(method, code) ? Number(length ?? 0) : 0,
  };
}

function framingOf(answer: {
  method: string;
  code: number;
  transfer: string | undefined;
  length: string | undefined;
}): ParsedHead["framing"] {
  if (!hasBody(answer.method, answer.code)) return "length";
  if (answer.transfer !== undefined) {
    if (answer.transfer === "chunked") return "size";
    throw new MalformedAnswer("transfer-encoding");
  }
  return answer.length === undefined ? "until close" : "length";
}

function hasBody(method: string, code: number): boolean {
  return method !== "HEAD" && code >= 200 && code !== 204 && code !== 304;
}

/** Headers named by the Connection header end here (RFC 9110 section 7.6.1); framing never does by that way. */
function withoutListed(headers: string[], listed: readonly string[], framing = false): string[] {
  const drop = new Set(listed.filter((name) => framing || name !== "content-length"));
  return headers.filter((_, index) => !drop.has((headers[index - (index % 2)] as string).toLowerCase()));
}

function keepAliveMs(value: string | undefined): number | undefined {
  const seconds = /(?:^|[,\s])timeout\s*=\s*(\d{1,6})/i.exec(value ?? "")?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1_000;
}

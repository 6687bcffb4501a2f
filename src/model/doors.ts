import type { Readable, Writable } from "node:stream";
import type { Mailboxes } from "./mailbox.ts";
import type { Secret } from "./secret.ts";

/**
 * The doors to the outside, as shapes. Facts, the deploy and the commands use only these;
 * `src/system/` opens them for real, one file a door.
 */
export interface Doors {
  readonly clock: Clock;
  readonly http: Http;
  readonly sql: Sql;
  readonly redis: Redis;
  readonly sockets: Sockets;
  readonly dns: Dns;
  readonly mail: Mail;
  readonly mailboxes: Mailboxes;
  readonly files: Files;
  readonly shell: Shell;
  readonly random: Random;
  readonly environment: ProcessEnvironment;
}

/** The variables Gonogo itself was started with. */
export interface ProcessEnvironment {
  value(name: string): string | undefined;
}

export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Monotonic milliseconds, for durations. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. Never keeps the process alive alone. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  bytes(count: number): Uint8Array;
  /** Lower-case hexadecimal, `bytes` long before encoding. */
  hex(bytes: number): string;
}

export interface HttpRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs?: number;
  /** Reading stops here and `truncated` is set. Default 1 MiB. */
  readonly maxBodyBytes?: number;
  /** PEM of authorities trusted besides the system's (the local target's own). */
  readonly ca?: string;
  /** A connection of its own, not a pooled one. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
}
export interface HttpResponse {
  readonly url: string;
  readonly status: number;
  /** Raw header lines in order, names as sent: duplicates stay visible. */
  readonly headerLines: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly truncated: boolean;
  readonly tookMs: number;
}
/** HTTP/1.1 without following redirects. `*.localhost` is loopback (RFC 6761 section 6.3). Throws OutsideError. */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
}

export interface SqlSession extends AsyncDisposable {
  /** Rows of one statement; `params` are $1, $2, ... Throws OutsideError. */
  query<Row extends object = Record<string, unknown>>(
    text: string,
    params?: readonly unknown[],
  ): Promise<Row[]>;
}
export interface Sql {
  /** One connection. `readOnly` (default true) opens it with default_transaction_read_only. Throws OutsideError. */
  open(
    url: Secret,
    options?: { readOnly?: boolean; statementTimeoutMs?: number; signal?: AbortSignal },
  ): Promise<SqlSession>;
}

export interface RedisSession extends AsyncDisposable {
  command(name: string, ...args: readonly (string | number)[]): Promise<unknown>;
  /** For what need not be text; strings of the answer are bytes. */
  bytes(name: string, ...args: readonly (string | number | Uint8Array)[]): Promise<unknown>;
}
export interface Redis {
  open(url: Secret, options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<RedisSession>;
}

export interface TlsPeer {
  readonly protocol: string;
  readonly cipher: string;
  readonly authorized: boolean;
  readonly authorizationError: string | undefined;
  readonly subjectAltNames: readonly string[];
  readonly issuer: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly keyBits: number | undefined;
  readonly keyType: string | undefined;
  readonly signatureAlgorithm: string | undefined;
}
export interface WebSocketAnswer {
  readonly status: number;
  readonly opened: boolean;
  readonly firstMessage: string | undefined;
  readonly closeCode: number | undefined;
}
/** A WebSocket that stays open; disposing of it cuts it. */
export interface WebSocketTalk extends AsyncDisposable {
  send(text: string): void;
  /** The next message; undefined when none comes in this time, or when it is closed. Throws the signal's reason. */
  next(withinMs: number): Promise<string | undefined>;
  /** Undefined while it is open. */
  readonly closeCode: number | undefined;
}
/** Below HTTP: raw TCP, TLS handshakes, WebSocket upgrades. */
export interface Sockets {
  /** Milliseconds to connect. Throws OutsideError. */
  connect(address: { host: string; port: number; timeoutMs?: number; signal?: AbortSignal }): Promise<number>;
  handshake(address: {
    host: string;
    port: number;
    ca?: string;
    minVersion?: "TLSv1" | "TLSv1.2" | "TLSv1.3";
    maxVersion?: "TLSv1.1" | "TLSv1.2" | "TLSv1.3";
    timeoutMs?: number;
    signal?: AbortSignal;
  }): Promise<TlsPeer>;
  /** Sends bytes on a plain or TLS connection and returns what came back until close or time-out. */
  exchange(address: {
    host: string;
    port: number;
    tls?: boolean;
    ca?: string;
    /** Protocols offered in the TLS handshake (RFC 7301). */
    alpn?: readonly string[];
    send: string | Uint8Array;
    timeoutMs?: number;
    signal?: AbortSignal;
  }): Promise<Uint8Array>;
  webSocket(address: {
    url: string;
    headers?: Readonly<Record<string, string>>;
    ca?: string;
    waitForMessageMs?: number;
    timeoutMs?: number;
    signal?: AbortSignal;
  }): Promise<WebSocketAnswer>;
  /** Opens a WebSocket and keeps it; the status of the answer where it is refused. Throws OutsideError. */
  talk(address: {
    url: string;
    headers?: Readonly<Record<string, string>>;
    ca?: string;
    timeoutMs?: number;
    signal?: AbortSignal;
  }): Promise<WebSocketTalk | { readonly refused: number }>;
}

export type DnsType = "A" | "AAAA" | "CNAME" | "MX" | "NS" | "TXT" | "CAA";

export interface DnsRecord {
  /** An address, a name without the final dot, a text with its strings joined, or `issue "ca.example"` of a CAA. */
  readonly value: string;
  /** Known of addresses only. */
  readonly ttlSeconds?: number;
  /** Of a mail exchanger: the lowest is asked first. */
  readonly priority?: number;
}
/** The DNS (RFC 1035) as a resolver answers it. */
export interface Dns {
  /**
   * Empty when the name or the type does not exist. `server`: "9.9.9.9", "127.0.0.1:5353"; without it the
   * machine's own resolvers. Throws OutsideError when none answers.
   */
  resolve(
    name: string,
    type: DnsType,
    options?: { server?: string; timeoutMs?: number; signal?: AbortSignal },
  ): Promise<readonly DnsRecord[]>;
}

export interface MailMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** With angle brackets, as in RFC 5322 section 3.6.4. */
  readonly messageId: string;
  readonly inReplyTo?: string;
}
/** SMTP (RFC 5321) with STARTTLS where the server offers it. */
export interface Mail {
  /** `server`: "smtps://user:password@host:465" or "smtp://...". The server's answer. Throws OutsideError. */
  send(
    server: Secret,
    message: MailMessage,
    options?: { timeoutMs?: number; signal?: AbortSignal },
  ): Promise<string>;
}

export interface FileStatus {
  readonly sizeBytes: number;
  readonly modifiedAt: number;
  readonly isDirectory: boolean;
  /** Neither a directory nor a pipe, a socket or a device. */
  readonly isFile: boolean;
  readonly mode: number;
}

export interface Files {
  /** UTF-8 text; undefined when there is no such file. Throws UserError past `maxBytes` (default 10 MiB). */
  read(path: string, options?: { maxBytes?: number }): Promise<string | undefined>;
  readBytes(path: string, options?: { maxBytes?: number }): Promise<Uint8Array | undefined>;
  /** Temp file, fsync, rename: readers see the old text or the new. */
  write(path: string, text: string | Uint8Array, options?: { mode?: number }): Promise<void>;
  stat(path: string): Promise<FileStatus | undefined>;
  list(directory: string): Promise<string[]>;
  makeDirectory(path: string, options?: { mode?: number }): Promise<void>;
  remove(path: string): Promise<void>;
  /** Free bytes of the file system that holds the path. */
  freeBytes(path: string): Promise<number>;
  /** Bytes from `start` up to, not including, `end`. Throws UserError when there is no such file. */
  readStream(path: string, range?: { start?: number; end?: number }): Promise<Readable>;
  /** On the disk when the stream has finished. With `append` the bytes follow what is there. */
  writeStream(path: string, options?: { mode?: number; append?: boolean }): Promise<Writable>;
  /** Replaces what is at `to`; on the disk when it resolves. */
  rename(from: string, to: string): Promise<void>;
}

export interface ShellResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
  readonly timedOut: boolean;
}
/** A program under way. Whoever started it reads `stdout` to its end. */
export interface RunningProgram {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** `stderr` is the end of what it wrote there. Rejects with OutsideError when it cannot be started. */
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly stderr: string;
  }>;
  /** Ends its process group: `signal` now, SIGKILL two seconds later. */
  end(signal?: "SIGTERM" | "SIGINT"): void;
}

export interface Shell {
  /** Starts a program with its streams open; ended with its group when the signal aborts. */
  start(command: {
    file: string;
    args?: readonly string[];
    cwd?: string;
    env?: Readonly<Record<string, string>>;
    uid?: number;
    gid?: number;
    signal?: AbortSignal;
  }): RunningProgram;
  /**
   * Runs a program (`file` + `args`) or a shell line (`line`, with /bin/sh). Output past `maxOutputBytes`
   * (default 1 MiB) keeps its end. On abort or time-out the whole process group is ended. Secrets go in `env`
   * or `input`, never in arguments. Throws OutsideError only when the program cannot be started.
   */
  run(command: {
    file?: string;
    args?: readonly string[];
    line?: string;
    cwd?: string;
    /** Over this process's own; undefined takes a variable away. */
    env?: Readonly<Record<string, string | undefined>>;
    input?: string;
    timeoutMs?: number;
    maxOutputBytes?: number;
    uid?: number;
    gid?: number;
    onOutput?: (text: string) => void;
    signal?: AbortSignal;
  }): Promise<ShellResult>;
  /** Absolute path of a program on PATH or in `extra` directories; undefined when missing. */
  find(program: string, extra?: readonly string[]): Promise<string | undefined>;
}

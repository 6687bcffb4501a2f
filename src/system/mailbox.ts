import type { FetchMessageObject, ImapFlow, ImapFlowOptions } from "imapflow";
import { OutsideError } from "../model/errors.ts";
import type { Mailbox, Mailboxes, ReceivedMail } from "../model/mailbox.ts";
import type { Secret } from "../model/secret.ts";
import { isLoopbackAddress, isLoopbackName } from "./loopback-lookup.ts";
import { outsideFailure, withinTime } from "./outside-failure.ts";
import { redactionOf } from "./redaction.ts";

const DEFAULT_TIMEOUT_MS = 15_000;
const LOOKED_AT_BYTES = 65_536;
/** A mailbox that gets more mails than these while we wait is not one for probes. */
const LOOKED_AT_MAILS = 50;

export function openMailboxes(): Mailboxes {
  return { open };
}

interface OpenOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

async function open(server: Secret, options: OpenOptions = {}): Promise<Mailbox> {
  const url = URL.parse(server.reveal());
  if (!url || (url.protocol !== "imap:" && url.protocol !== "imaps:") || url.username === "") {
    throw new OutsideError("the mailbox's address is not of the form imaps://user:password@host:993");
  }
  const { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
  const { ImapFlow: Client } = await import("imapflow");
  const client = new Client(connectionOf(url, timeoutMs));
  let lastError: unknown;
  client.on("error", (error: Error) => {
    lastError = error;
  });
  const redact = redactionOf(server);
  const asked = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await withinTime({ host: url.host, timeoutMs, signal, onGiveUp: () => client.close() }, work);
    } catch (thrown) {
      throw mailboxFailure(thrown, lastError, url.host, redact);
    }
  };
  try {
    await asked(client.connect());
    const folders = await asked(foldersOf(client));
    return {
      junk: folders.filter(({ isJunk }) => isJunk).map(({ path }) => path),
      find: (word) => asked(findIn(client, folders, word)),
      remove: (mail) => asked(removeFrom(client, mail)),
      async [Symbol.asyncDispose]() {
        await asked(client.logout()).catch(() => client.close());
      },
    };
  } catch (thrown) {
    client.close();
    throw thrown;
  }
}

function connectionOf(url: URL, timeoutMs: number): ImapFlowOptions {
  const staysHere = isLoopbackName(url.hostname) || isLoopbackAddress(url.hostname);
  const secure = url.protocol === "imaps:";
  return {
    host: isLoopbackName(url.hostname) ? "127.0.0.1" : url.hostname,
    port: url.port === "" ? (secure ? 993 : 143) : Number(url.port),
    secure,
    // A password never leaves the machine in the clear: RFC 8314 section 3.
    ...(!secure && { doSTARTTLS: !staysHere }),
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    // Each question has a time-out of its own; between them the mailbox may wait for whoever sends.
    socketTimeout: 300_000,
  };
}

interface Folder {
  readonly path: string;
  readonly isJunk: boolean;
  /** Mails from this UID on came after the mailbox was opened. */
  readonly fromUid: number;
}

async function foldersOf(client: ImapFlow): Promise<Folder[]> {
  const folders: Folder[] = [];
  for (const { path, specialUse, flags } of await client.list()) {
    const isJunk = specialUse === "\\Junk";
    if (flags.has("\\Noselect") || (path.toUpperCase() !== "INBOX" && !isJunk)) continue;
    folders.push({ path, isJunk, fromUid: await nextUid(client, path) });
  }
  return folders;
}

async function nextUid(client: ImapFlow, path: string): Promise<number> {
  const status = await client.status(path, { uidNext: true });
  if (!status || status.uidNext === undefined) throw new OutsideError(`${path} does not tell its next UID`);
  return status.uidNext;
}

async function findIn(client: ImapFlow, folders: readonly Folder[], word: string): Promise<ReceivedMail[]> {
  const found: ReceivedMail[] = [];
  for (const { path, isJunk, fromUid } of folders) {
    const uidNext = await nextUid(client, path);
    if (uidNext <= fromUid) continue;
    const lock = await client.getMailboxLock(path);
    try {
      // A server tells what came into the folder that is open only when it is asked anything.
      await client.noop();
      const range = `${Math.max(fromUid, uidNext - LOOKED_AT_MAILS)}:${uidNext - 1}`;
      const source = { maxLength: LOOKED_AT_BYTES };
      const asked = { uid: true, flags: true, envelope: true, headers: true, source } as const;
      for await (const mail of client.fetch(range, asked, { uid: true })) {
        if (holds(mail, word)) found.push(receivedOf(mail, { path, isJunk }));
      }
    } finally {
      lock.release();
    }
  }
  return found;
}

function holds({ envelope, source }: FetchMessageObject, word: string): boolean {
  const recipients = [...(envelope?.to ?? []), ...(envelope?.cc ?? [])].map(({ address }) => address);
  return [envelope?.subject, ...recipients, readable(source)].some(
    (text) => text?.toLowerCase().includes(word.toLowerCase()) ?? false,
  );
}

/** A mail as it came, without soft line breaks, and with what was sent as base64: RFC 2045 section 6. */
function readable(source: Buffer | undefined): string {
  const raw = source?.toString("latin1") ?? "";
  const blocks = raw.match(/(?:^[A-Za-z0-9+/]{2,}={0,2}\r?$\n?)+/gm) ?? [];
  const plain = blocks.map((each) => Buffer.from(each, "base64").toString("latin1"));
  return [raw, raw.replaceAll(/=\r?\n/g, ""), ...plain].join("\n");
}

function receivedOf(mail: FetchMessageObject, folder: Pick<Folder, "path" | "isJunk">): ReceivedMail {
  const flags = [...(mail.flags ?? [])].map((flag) => flag.toLowerCase());
  return {
    folder: folder.path,
    uid: mail.uid,
    isJunk: folder.isJunk || (flags.includes("$junk") && !flags.includes("$notjunk")),
    from: (mail.envelope?.from ?? []).map(({ address }) => address?.toLowerCase() ?? ""),
    headerLines: headerLinesOf(mail.headers?.toString("utf8") ?? ""),
  };
}

/** A header line goes on where the next one begins with white space: RFC 5322 section 2.2.3. */
function headerLinesOf(text: string): [string, string][] {
  const lines = text.replaceAll(/\r?\n(?=[ \t])/g, "").split(/\r?\n/);
  return lines.flatMap((line): [string, string][] => {
    const [, name, value] = /^([^:\s]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value.trim()]];
  });
}

async function removeFrom(client: ImapFlow, { folder, uid }: ReceivedMail): Promise<void> {
  const lock = await client.getMailboxLock(folder);
  try {
    await client.messageDelete(String(uid), { uid: true });
  } finally {
    lock.release();
  }
}

function mailboxFailure(
  thrown: unknown,
  before: unknown,
  host: string,
  redact: (text: string) => string,
): OutsideError {
  const { authenticationFailed, responseText } = thrown as {
    authenticationFailed?: boolean;
    responseText?: string;
  };
  if (authenticationFailed) {
    return new OutsideError(`${host} refuses the mailbox's user and password`, { host });
  }
  if (responseText !== undefined) return new OutsideError(`${host}: ${redact(responseText)}`, { host });
  // "Connection not available" hides why; the event before it tells.
  const isVague = (thrown as { code?: string }).code === "NoConnection";
  return outsideFailure(isVague ? (before ?? thrown) : thrown, host, redact);
}

import type { Secret } from "./secret.ts";

/** A mail as the server that received it keeps it. */
export interface ReceivedMail {
  readonly folder: string;
  readonly uid: number;
  /** The server keeps the folder for junk, or has flagged the mail as such ($Junk). */
  readonly isJunk: boolean;
  /** Addresses of its From, lower case. */
  readonly from: readonly string[];
  /** Header lines in order, unfolded. */
  readonly headerLines: readonly (readonly [name: string, value: string])[];
}

/** The inbox of a mailbox and its folder for junk, from the moment it was opened. */
export interface Mailbox extends AsyncDisposable {
  /** Paths of the folders for junk; empty where the server has none. */
  readonly junk: readonly string[];
  /** Mails that came since and hold the word in their subject, recipient or first 64 KiB. Throws OutsideError. */
  find(word: string): Promise<readonly ReceivedMail[]>;
  remove(mail: ReceivedMail): Promise<void>;
}

/** IMAP4rev1 (RFC 3501). */
export interface Mailboxes {
  /** `server`: "imaps://user:password@host:993", or "imap://..." which demands STARTTLS beyond loopback. Throws OutsideError. */
  open(server: Secret, options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<Mailbox>;
}

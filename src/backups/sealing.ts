import { Transform, type TransformCallback } from "node:stream";
import { Decrypter, Encrypter } from "age-encryption";
import type { Random } from "../model/doors.ts";
import { messageOf, UserError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { NONCE_BYTES, openPayload, type Payload, payloadKey, sealPayload } from "./age-payload.ts";
import { BackupFault } from "./fault.ts";

/** What an empty payload comes to: its nonce and the tag of no bytes. */
const EMPTY_PAYLOAD_BYTES = 32;
const MAX_HEADER_BYTES = 65_536;
const HEADER_END = /\n--- [A-Za-z0-9+/]+\n/;

/** Seals to age recipients ("age1..."). Throws UserError naming the one that is none. */
export async function sealTo(recipients: readonly string[], random: Random): Promise<Transform> {
  if (recipients.length === 0) {
    throw new UserError("a backup is encrypted, and nobody is named who could open it", {
      fix: 'backups: { recipients: ["age1..."] }; age-keygen makes a pair of keys',
    });
  }
  const encrypter = new Encrypter();
  let fileKey: Uint8Array = new Uint8Array();
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = Uint8Array.from(key);
      return [];
    },
  });
  for (const recipient of recipients) addRecipient(encrypter, recipient);
  const empty = await encrypter.encrypt(new Uint8Array());
  const nonce = random.bytes(NONCE_BYTES);
  const payload = sealPayload(payloadKey(fileKey, nonce));
  const sealed = new Transform({
    transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback) {
      for (const each of payload.add(chunk)) this.push(each);
      done();
    },
    flush(done: TransformCallback) {
      done(null, payload.end());
    },
  });
  sealed.push(empty.subarray(0, empty.length - EMPTY_PAYLOAD_BYTES));
  sealed.push(nonce);
  return sealed;
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (thrown) {
    const isPrivate = recipient.toUpperCase().startsWith("AGE-SECRET-KEY-");
    throw new UserError(
      isPrivate
        ? "a recipient is a private key: everybody who reads the declaration could open every backup"
        : `${recipient} is not an age recipient: ${messageOf(thrown)}`,
      { fix: 'the public key that age-keygen prints, "age1..."' },
    );
  }
}

/** Opens what was sealed to one of these identities. Errors the stream with BackupFault. */
export function openWith(identities: readonly Secret[]): Transform {
  const decrypter = new Decrypter();
  for (const identity of identities) addIdentity(decrypter, identity);
  let head: Buffer = Buffer.alloc(0);
  let payload: Payload | undefined;
  /** What follows the header once it is there whole. */
  const begin = async (chunk: Buffer): Promise<Buffer> => {
    head = Buffer.concat([head, chunk]);
    const end = headerEnd(head);
    if (end === undefined || head.length < end + NONCE_BYTES) {
      if (head.length > MAX_HEADER_BYTES)
        throw new BackupFault("corrupt", "it does not begin as an age file");
      return Buffer.alloc(0);
    }
    const fileKey = await fileKeyOf(decrypter, head.subarray(0, end));
    payload = openPayload(payloadKey(fileKey, head.subarray(end, end + NONCE_BYTES)));
    return head.subarray(end + NONCE_BYTES);
  };
  return new Transform({
    transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback) {
      const add = (bytes: Buffer): void => {
        for (const each of payload?.add(bytes) ?? []) this.push(each);
      };
      if (payload) attempt(() => add(chunk), done);
      else begin(chunk).then((rest) => attempt(() => add(rest), done), done);
    },
    flush(done: TransformCallback) {
      attempt(() => {
        if (!payload) throw new BackupFault("truncated", "it ends before its key");
        this.push(payload.end());
      }, done);
    },
  });
}

function attempt(work: () => void, done: TransformCallback): void {
  let failure: Error | null = null;
  try {
    work();
  } catch (thrown) {
    failure = thrown as Error;
  }
  done(failure);
}

function addIdentity(decrypter: Decrypter, identity: Secret): void {
  try {
    decrypter.addIdentity(identity.reveal().trim());
  } catch {
    throw new UserError("the identity is not an age identity", {
      fix: "the private key that age-keygen writes, AGE-SECRET-KEY-1...",
    });
  }
}

function headerEnd(head: Buffer): number | undefined {
  const found = HEADER_END.exec(head.subarray(0, MAX_HEADER_BYTES).toString("latin1"));
  return found ? found.index + found[0].length : undefined;
}

async function fileKeyOf(decrypter: Decrypter, header: Buffer): Promise<Uint8Array> {
  try {
    return await decrypter.decryptHeader(new Uint8Array(header));
  } catch (thrown) {
    if (/no identity matched/.test(messageOf(thrown)))
      throw new BackupFault("wrong key", "none of the given identities can open it", thrown);
    throw new BackupFault("corrupt", `its header is damaged: ${messageOf(thrown)}`, thrown);
  }
}

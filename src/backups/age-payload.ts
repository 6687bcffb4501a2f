import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { BackupFault } from "./fault.ts";

// The payload of the age format, version 1 (age-encryption.org/v1, "Payload"): chunks of 64 KiB, each sealed with
// ChaCha20-Poly1305 under a nonce of an 11-byte counter and a flag that marks the last. age's own JavaScript does the
// same in JavaScript arithmetic at a tenth of the speed; keys and recipients stay with it.

const CHUNK_BYTES = 65_536;
const TAG_BYTES = 16;
const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;
export const NONCE_BYTES = 16;
const CIPHER = "chacha20-poly1305";

/** The key of one payload, from the file's key and the 16 bytes that stand before the payload. */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Buffer {
  return Buffer.from(hkdfSync("sha256", fileKey, nonce, "payload", 32));
}

export function sealPayload(key: Buffer): Payload {
  const seal = (nonce: Buffer, chunk: Buffer): Buffer => {
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    const sealed = cipher.update(chunk);
    cipher.final();
    return Buffer.concat([sealed, cipher.getAuthTag()]);
  };
  return inChunks(CHUNK_BYTES, seal);
}

/** Throws BackupFault "corrupt" where a byte was changed and "truncated" where the end is missing. */
export function openPayload(key: Buffer): Payload {
  const open = (nonce: Buffer, sealed: Buffer): Buffer => {
    if (sealed.length < TAG_BYTES) throw new BackupFault("truncated", "it ends in the middle of a chunk");
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    const end = sealed.length - TAG_BYTES;
    decipher.setAuthTag(sealed.subarray(end));
    try {
      const plain = decipher.update(sealed.subarray(0, end));
      decipher.final();
      return plain;
    } catch (thrown) {
      // A chunk that would be right if more followed is whole: what is missing is the rest.
      const isLast = nonce[NONCE_LAST] === 1;
      if (isLast && (sealed.length < SEALED_BYTES || isWhole(key, nonce, sealed)))
        throw new BackupFault("truncated", "its end is missing, or damaged", thrown);
      throw new BackupFault("corrupt", "a byte of it was changed", thrown);
    }
  };
  return inChunks(SEALED_BYTES, open);
}

const NONCE_LAST = 11;

function isWhole(key: Buffer, nonce: Buffer, sealed: Buffer): boolean {
  const unmarked = Buffer.from(nonce);
  unmarked[NONCE_LAST] = 0;
  const decipher = createDecipheriv(CIPHER, key, unmarked, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
    decipher.final();
    return true;
  } catch {
    return false;
  }
}

/** Takes bytes as they come and gives what is ready. */
export interface Payload {
  add(bytes: Buffer): Buffer[];
  /** The last chunk: which one it is shows only when nothing more comes. */
  end(): Buffer;
}

function inChunks(size: number, change: (nonce: Buffer, chunk: Buffer) => Buffer): Payload {
  let counter = 0;
  // Filled again and again: a cipher copies what it is given, and a gigabyte of small buffers would wait for collection.
  const pending = Buffer.allocUnsafe(size);
  let filled = 0;
  const take = (isLast: boolean): Buffer => {
    const nonce = Buffer.alloc(12);
    nonce.writeUIntBE(counter++, 5, 6);
    nonce[NONCE_LAST] = isLast ? 1 : 0;
    const chunk = pending.subarray(0, filled);
    filled = 0;
    return change(nonce, chunk);
  };
  return {
    add(bytes) {
      const ready: Buffer[] = [];
      for (let at = 0; at < bytes.length; ) {
        // Full, and more to come: so it is not the last.
        if (filled === size) ready.push(take(false));
        const copied = bytes.copy(pending, filled, at);
        filled += copied;
        at += copied;
      }
      return ready;
    },
    end: () => take(true),
  };
}

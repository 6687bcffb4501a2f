import { createHmac } from "node:crypto";
import { inspect } from "node:util";

/** The texts by name, for the program that needs them as its environment. */
export function revealed(secrets: Iterable<readonly [string, Secret]>): Record<string, string> {
  return Object.fromEntries([...secrets].map(([name, secret]) => [name, secret.reveal()]));
}

/**
 * A value that must never be shown: printing, logging, JSON and inspection all give its fingerprint.
 * `reveal()` is the only way to the text; grep for it to see every place a secret leaves its box.
 */
export class Secret {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  reveal(): string {
    return this.#text;
  }
  get length(): number {
    return this.#text.length;
  }
  /** Twelve hexadecimal digits of HMAC-SHA256 under the store's own salt; equal texts give equal prints. */
  fingerprint(salt: string): string {
    return createHmac("sha256", salt).update(this.#text).digest("hex").slice(0, 12);
  }
  toString(): string {
    return `[secret, ${this.#text.length} characters]`;
  }
  toJSON(): string {
    return this.toString();
  }
  [inspect.custom](): string {
    return this.toString();
  }
}

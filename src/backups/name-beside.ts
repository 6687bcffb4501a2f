import { createHash } from "node:crypto";
import { UserError } from "../model/errors.ts";

/** NAMEDATALEN - 1 of PostgreSQL, in bytes; what is longer it cuts off with a notice only, times and ids at the end first. */
const MOST_BYTES = 63;
/** Behind the name of a database that is being made. */
export const HALF_MADE = "_half_made";

/**
 * Of a database beside the live one: its name and what this one is for, at most 53 bytes, so that one half made has
 * room for saying so. A long name loses its end for some letters of its hash: two long ones stay two.
 */
export function nameBeside(live: string, suffix: string): string {
  const room = MOST_BYTES - HALF_MADE.length - Buffer.byteLength(suffix);
  if (Buffer.byteLength(live) <= room) return `${live}${suffix}`;
  const mark = `_${createHash("sha256").update(live).digest("hex").slice(0, 6)}`;
  return `${cut(live, room - mark.length)}${mark}${suffix}`;
}

export function halfMadeName(name: string): string {
  return `${cut(name, MOST_BYTES - HALF_MADE.length)}${HALF_MADE}`;
}

/** Throws UserError on a name that Postgres would make another of. */
export function expectName(name: string): void {
  const bytes = Buffer.byteLength(name);
  if (bytes > MOST_BYTES) {
    throw new UserError(
      `a database cannot be called ${name}: it has ${bytes} bytes, ${MOST_BYTES} are the most`,
      {
        fix: "choose a shorter name",
      },
    );
  }
}

/** Whole characters only. */
function cut(text: string, bytes: number): string {
  let kept = "";
  let size = 0;
  for (const each of text) {
    size += Buffer.byteLength(each);
    if (size > bytes) break;
    kept += each;
  }
  return kept;
}

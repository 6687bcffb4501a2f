import { randomInt } from "node:crypto";

/** Without I, O, 0 and 1, which people read for each other. */
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** Six signs that somebody can say on the phone: a thousand million rooms. */
export function newRoomCode(): string {
  return Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}

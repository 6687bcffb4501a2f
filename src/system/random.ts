import { randomBytes } from "node:crypto";
import type { Random } from "../model/doors.ts";

export function openRandom(): Random {
  return {
    bytes: (count) => new Uint8Array(randomBytes(count)),
    hex: (bytes) => randomBytes(bytes).toString("hex"),
  };
}

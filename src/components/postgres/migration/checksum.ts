import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** Whether a kept checksum is that of this text; undefined when it is of a kind we do not know. */
export function isChecksumOf(kept: string, text: string): boolean | undefined {
  if (/^-?\d{1,10}$/.test(kept)) return Number(kept) === flywayChecksum(text);
  const algorithm = { 64: "sha256", 40: "sha1", 32: "md5" }[kept.length];
  if (algorithm === undefined || !/^[0-9a-f]+$/i.test(kept)) return undefined;
  // A checkout may have turned line ends over; runners that care forgive that.
  const texts = [text, text.replaceAll("\r\n", "\n"), text.replace(/\r?\n/g, "\r\n")];
  return texts.some((each) => createHash(algorithm).update(each).digest("hex") === kept.toLowerCase());
}

/** CRC-32 of the lines without their ends, as a signed number (Flyway 9, ChecksumCalculator). */
export function flywayChecksum(text: string): number {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return crc32(lines.join("")) | 0;
}

/** What an image is by its first bytes, whatever it is called; undefined for what no browser draws. */
export function imageKind(bytes: Uint8Array): string | undefined {
  const hex = Buffer.from(bytes.subarray(0, 12)).toString("hex");
  if (hex.startsWith("89504e470d0a1a0a")) return pngSize(bytes) && "png";
  if (hex.startsWith("00000100")) return bytes.length > 22 ? "ico" : undefined;
  if (hex.startsWith("ffd8ff")) return "jpeg";
  if (/^474946383[79]61/.test(hex)) return "gif";
  if (/^52494646.{8}57454250/.test(hex)) return "webp";
  if (/^.{8}66747970/.test(hex)) return "avif";
  const start = new TextDecoder().decode(bytes.subarray(0, 2_048));
  return /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*|<!doctype svg[^>]*>\s*)*<svg[\s>]/i.test(start)
    ? "svg"
    : undefined;
}

/** Width and height in dots as a PNG's first chunk says; undefined for anything else. */
export function pngSize(bytes: Uint8Array): [width: number, height: number] | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 33 || view.toString("latin1", 12, 16) !== "IHDR") return undefined;
  return [view.readUInt32BE(16), view.readUInt32BE(20)];
}

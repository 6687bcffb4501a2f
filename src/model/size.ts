const UNIT_BYTES = { B: 1, KB: 1_024, MB: 1_048_576, GB: 1_073_741_824 } as const;
type Unit = keyof typeof UNIT_BYTES;

/** An amount of bytes as people write it in a declaration: "512KB", "10MB", "2GB" (powers of 1,024). */
export type Size = `${number}${Unit}`;

/** Bytes of a size; undefined when the text is not one. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)$/.exec(text.trim());
  if (!match) return undefined;
  return Math.round(Number(match[1]) * UNIT_BYTES[match[2] as Unit]);
}

/** Bytes of a size that a schema has let through. */
export function bytesOf(text: string): number {
  const bytes = parseSize(text);
  if (bytes === undefined) throw new Error(`not a size: ${text}`);
  return bytes;
}

/** An amount of bytes for people: "512 B", "4.0 MB". */
export function formatSize(bytes: number): string {
  if (bytes < UNIT_BYTES.KB) return `${bytes} B`;
  if (bytes < UNIT_BYTES.MB) return `${(bytes / UNIT_BYTES.KB).toFixed(1)} KB`;
  if (bytes < UNIT_BYTES.GB) return `${(bytes / UNIT_BYTES.MB).toFixed(1)} MB`;
  return `${(bytes / UNIT_BYTES.GB).toFixed(1)} GB`;
}

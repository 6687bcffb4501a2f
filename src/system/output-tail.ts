/** Keeps the last `maxBytes` of a stream: the end of an output is where the reason stands. */
export function createOutputTail(maxBytes: number): { add(chunk: Buffer): void; text(): string } {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    add(chunk) {
      chunks.push(chunk);
      size += chunk.length;
      for (let first = chunks[0]; first && size - first.length >= maxBytes; first = chunks[0]) {
        chunks.shift();
        size -= first.length;
      }
    },
    text: () =>
      Buffer.concat(chunks)
        .subarray(Math.max(0, size - maxBytes))
        .toString("utf8"),
  };
}

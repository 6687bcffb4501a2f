/**
 * Ends an event stream between two events: half an event would be lost, for the client drops what has no blank line
 * behind it. What is compressed cannot be looked into and ends behind any chunk.
 */
export function streamEvents(
  encoded: boolean,
  finish: () => void,
): { passed(chunk: Buffer): void; end(): void } {
  let tail = "";
  let isAsked = false;

  function endAtBoundary(): void {
    if (isAsked && (encoded || tail === "" || /(?:\n\n|\r\r|\r\n\r\n)$/.test(tail))) finish();
  }

  return {
    passed(chunk) {
      if (!encoded) tail = (tail + chunk.toString("latin1", Math.max(0, chunk.length - 4))).slice(-4);
      endAtBoundary();
    },
    end() {
      isAsked = true;
      endAtBoundary();
    },
  };
}

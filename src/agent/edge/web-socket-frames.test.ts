import fc from "fast-check";
import { expect, test } from "vitest";
import { closeFrame, createFrameTracker } from "./web-socket-frames.ts";

/** A frame as a server writes it, unmasked. */
function frame(size: number, opcode = 2): Buffer {
  const header = Buffer.alloc(size < 126 ? 2 : size < 65_536 ? 4 : 10);
  header[0] = 0x80 | opcode;
  if (size < 126) header[1] = size;
  else if (size < 65_536) header.writeUIntBE((0x80 | opcode) * 2 ** 24 + 126 * 2 ** 16 + size, 0, 4);
  else header.writeBigUInt64BE(BigInt(size), 2);
  if (size >= 65_536) header[1] = 127;
  return Buffer.concat([header, Buffer.alloc(size, 0x88)]);
}

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 100_000])(
  "a frame of %i bytes ends where it ends",
  (size) => {
    const whole = frame(size);
    const tracker = createFrameTracker();
    expect(tracker.advance(Buffer.concat([whole, frame(3)]), true)).toBe(whole.length);
    expect(tracker.atBoundary).toBe(true);
  },
);

test("boundaries are found however the stream is cut up", () => {
  const frames = [0, 5, 126, 300, 70_000].map((size) => frame(size));
  const stream = Buffer.concat(frames);
  const ends = new Set(
    frames.map((_, index) => frames.slice(0, index + 1).reduce((sum, each) => sum + each.length, 0)),
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(stream.length), { maxLength: 30 }), (cuts) => {
      const tracker = createFrameTracker();
      let at = 0;
      for (const cut of [...cuts.toSorted((a, b) => a - b), stream.length]) {
        expect(tracker.advance(stream.subarray(at, cut), false)).toBe(cut - at);
        at = cut;
        expect(tracker.atBoundary).toBe(at === 0 || ends.has(at));
      }
    }),
    { numRuns: 60 },
  );
});

test("a close frame of the application is noticed", () => {
  const tracker = createFrameTracker();
  tracker.advance(frame(10), false);
  expect(tracker.isClosing).toBe(false);
  tracker.advance(closeFrame(4_001, "mine"), false);
  expect(tracker.isClosing).toBe(true);
  expect(tracker.atBoundary).toBe(true);
});

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const COLLECT_EVERY_BYTES = 4 * 1_048_576;
/** Who streams as much goes on for long enough to be made small once: that takes a tenth of a second. */
const SHRINK_AFTER_BYTES = 64 * 1_048_576;

type Collect = (
  options: { readonly type: "minor" } | { readonly type: "major"; readonly flavor: "last-resort" },
) => void;
let collect: Collect | undefined;
let passed = 0;
let collected = 0;

/**
 * To be told of bytes that a stream has passed on. V8 sees a buffer as the few bytes of its handle and looks for dead
 * ones only when some 64 MB have come together; asked every 4 MB, which takes less than a millisecond, a process that
 * streams gigabytes stays as small as one that streams none. Half of its heap is room that reading modules took and
 * nothing takes again: that is given back once.
 */
export function bytesPassed(bytes: number): void {
  passed += bytes;
  if (passed < COLLECT_EVERY_BYTES) return;
  collect ??= findCollector();
  const before = collected;
  collected += passed;
  passed = 0;
  const isTime = before < SHRINK_AFTER_BYTES && collected >= SHRINK_AFTER_BYTES;
  collect(isTime ? { type: "major", flavor: "last-resort" } : { type: "minor" });
}

function findCollector(): Collect {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as Collect;
}

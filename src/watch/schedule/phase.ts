/** Where in its interval something is due: the same for ever, and spread evenly over many ids. Milliseconds. */
export function phaseOf(id: string, everyMs: number): number {
  return Math.floor((hash(id) / 0x1_0000_0000) * everyMs);
}

/** FNV-1a, then mixed: ids that differ in their last digit only must not end up side by side. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/**
 * When it is due first, from now in milliseconds. At its own phase; but when its last answer is older than its
 * interval (it was never asked, or nobody watched), soon: within the interval, and within `soonMs` of a long one.
 */
export function firstDelay(request: {
  readonly id: string;
  readonly everyMs: number;
  readonly lastAt: number | undefined;
  readonly now: number;
  readonly soonMs: number;
}): number {
  const { id, everyMs, lastAt, now, soonMs } = request;
  const untilPhase = (phaseOf(id, everyMs) - (now % everyMs) + everyMs) % everyMs;
  const dueIn = lastAt === undefined ? 0 : lastAt + everyMs - now;
  if (dueIn > 0) return everyMs <= soonMs ? untilPhase : Math.min(untilPhase, dueIn);
  return Math.min(untilPhase, phaseOf(id, Math.min(everyMs, soonMs)));
}

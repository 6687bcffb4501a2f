import type { Traffic } from "../model/target.ts";
import { percent } from "./percent.ts";

/** What users were answered by the new release, and by the one before it while that was live. */
export interface TrafficFigures {
  readonly now: Traffic | undefined;
  readonly old: Traffic | undefined;
}

export type Percentile = "p50" | "p95" | "p99";

/** Fewer requests than this say nothing about a rate. */
const MINIMUM_FOR_RATE = 20;
const MINIMUM_FOR_LATENCY = 50;

/** More than this share failed, and more than twice what failed before; undefined: it did not, or nobody can tell. */
export function failsAbove(share: number, { now, old }: TrafficFigures): string | undefined {
  if (!now || now.requests < MINIMUM_FOR_RATE) return undefined;
  const rate = now.failed / now.requests;
  const oldRate = old && old.requests >= MINIMUM_FOR_RATE ? old.failed / old.requests : 0;
  if (rate <= share || rate <= 2 * oldRate) return undefined;
  return `${percent(rate)} of ${now.requests} requests failed`;
}

/** The percentile is above the limit, and a fifth above what it was before; undefined: it is not, or nobody can tell. */
export function slowerThan(
  limitMs: number,
  of: Percentile,
  { now, old }: TrafficFigures,
): string | undefined {
  const ms = now?.[`${of}Ms`];
  if (!now || ms === undefined || now.requests < MINIMUM_FOR_LATENCY || ms <= limitMs) return undefined;
  const before = old?.[`${of}Ms`];
  if (before !== undefined && ms <= 1.2 * before) return undefined;
  return `${of} is ${Math.round(ms)} ms`;
}

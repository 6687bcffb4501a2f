import type { Monitor, Reading } from "../../model/monitor.ts";

/** Readings of one environment: single ones for hours, sums of minutes for days, of hours for months, of days for years. */
export interface MeasurementStore extends AsyncDisposable {
  /** Names what is asked now; figures of what is asked no more are kept until they are too old. */
  declare(monitors: readonly Monitor[]): Promise<void>;
  /** Keeps them all or throws: whoever then hands the same ones in again has each kept once. What was kept is there after a power cut of a second or more later. */
  append(readings: readonly Reading[]): Promise<void>;
  /**
   * Why what follows from readings that were kept (sums, the newest of each monitor) could not be written. It waits in
   * memory, each append tries again, and asking for it tells the truth all the same. Undefined: nothing waits for that.
   */
  upkeepTrouble(): string | undefined;
  /** The newest reading of each monitor that ever had one. */
  latest(): Promise<readonly Reading[]>;
  /** Oldest first. */
  readings(query: SpanQuery): Promise<readonly Reading[]>;
  /** Sums a step long, oldest first, the one that runs included. */
  sums(query: SpanQuery & { readonly step: Resolution }): Promise<readonly Sum[]>;
  /** Removes what is older than its kind is kept for. */
  dropOld(now: number): Promise<void>;
  sizeBytes(): Promise<number>;
}

export type Resolution = "minute" | "hour" | "day";

export interface SpanQuery {
  readonly monitor: string;
  /** Milliseconds since 1970 UTC: from `from` up to, not including, `until`. */
  readonly from: number;
  readonly until: number;
}

/** What a monitor's readings of one minute, hour or day (UTC) came to. */
export interface Sum {
  /** Its beginning. */
  readonly at: number;
  readonly up: number;
  readonly down: number;
  readonly unknown: number;
  /** Of the values, where readings had any; undefined when none had. */
  readonly total: number | undefined;
  readonly mean: number | undefined;
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** Release of its last reading that knew one. */
  readonly release: string | undefined;
}

export const STEP_MS: Readonly<Record<Resolution, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

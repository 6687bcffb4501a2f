const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long each kind is kept. */
export const KEPT_MS = {
  reading: 6 * HOUR_MS,
  minute: 4 * DAY_MS,
  hour: 92 * DAY_MS,
  day: 5 * 366 * DAY_MS,
} as const;

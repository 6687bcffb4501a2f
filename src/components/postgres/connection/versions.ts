/** Last day of fixes by major version: https://www.postgresql.org/support/versioning/ */
const MAINTAINED_UNTIL: Readonly<Record<number, string>> = {
  12: "2024-11-21",
  13: "2025-11-13",
  14: "2026-11-12",
  15: "2027-11-11",
  16: "2028-11-09",
  17: "2029-11-08",
  18: "2030-11-14",
};

/** The day maintenance ended, when it has; undefined for versions newer than this table. */
export function endOfLife(majorVersion: number, now: number): string | undefined {
  const until = majorVersion < 12 ? "2023-11-09" : MAINTAINED_UNTIL[majorVersion];
  return until !== undefined && now > Date.parse(until) ? until : undefined;
}

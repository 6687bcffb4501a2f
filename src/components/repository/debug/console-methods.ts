/** What of a console's methods writes something. */
export const CONSOLE_METHODS = [
  "log",
  "debug",
  "info",
  "warn",
  "error",
  "dir",
  "dirxml",
  "table",
  "trace",
  "group",
  "groupCollapsed",
  "count",
  "time",
  "timeEnd",
  "timeLog",
] as const;
export type ConsoleMethod = (typeof CONSOLE_METHODS)[number];

/** Held by the one watcher of an environment; `directory` is the environment's own. */
export function lockFileOf(directory: string): string {
  return `${directory}/watch-lock.db`;
}

/** The directory with the files of measurements, by period. */
export function measurementsOf(directory: string): string {
  return `${directory}/measurements`;
}

/** What load the application has to bear, as `gonogo drill load` sends it. */
export interface LoadPlan {
  /** So many people at once, each waiting for an answer and a second before they ask again. */
  readonly users: number | undefined;
  /** So many requests a second, whatever comes back. */
  readonly arrivals: number | undefined;
  readonly forMs: number;
  /** Asked with GET, in turn. */
  readonly paths: readonly string[];
}

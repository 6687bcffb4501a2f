/** What the declaration asks of people's answers. Times in milliseconds. */
export interface PeoplePolicy {
  /** Every sign-off needs somebody else than who did the work. */
  readonly approverDiffers: boolean;
  /** "cto" to the names of those who may sign as that. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly longestSignOffMs: number;
  readonly longestWaiverMs: number;
}

const DAY_MS = 86_400_000;

export const DEFAULT_PEOPLE_POLICY: PeoplePolicy = {
  approverDiffers: false,
  roles: {},
  longestSignOffMs: 365 * DAY_MS,
  longestWaiverMs: 90 * DAY_MS,
};

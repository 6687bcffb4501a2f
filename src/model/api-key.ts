/** What a key permits: looking, or also acknowledging and silencing. */
export const KEY_SCOPES = ["read", "write"] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** A key of the API as it is kept: the key itself was shown once and is not. Times in milliseconds since 1970 UTC. */
export interface ApiKey {
  /** "ci": chosen by whoever made it; unique among those that are not revoked. */
  readonly name: string;
  readonly scope: KeyScope;
  readonly madeBy: string;
  readonly madeAt: number;
  readonly lastUsedAt: number | undefined;
  readonly revokedAt: number | undefined;
}

import type { Deploy } from "../model/deploy.ts";
import type { DeployRow, ReleaseRow } from "./tables.ts";

/** The newest releases and deploys of an environment, newest first, as they are in the store. */
export interface KnownRows {
  readonly releases: readonly ReleaseRow[];
  readonly deploys: readonly DeployRow[];
}

/** A deploy or rollback that was done while the store was away. */
export interface TakenIn {
  /** As it is in the store now. */
  readonly deploy: Deploy;
  /** The number it had meanwhile. */
  readonly was: string;
}

/** In `meta` of the file that stands in for a store: a name of its own, and the last deploy that the server had. */
export const AWAY = { name: "away", after: "away-after" } as const;

import type { Reading } from "./monitor.ts";
import type { Promises } from "./promise.ts";

/** What is to be seen of an environment's watching, for those who judge. Times in milliseconds since 1970 UTC. */
export interface WatchSeen {
  readonly at: number;
  /** Who watches now; undefined: nobody. */
  readonly watcher: { readonly who: string; readonly since: number } | undefined;
  /** The newest reading of each monitor, whenever it was. */
  readonly latest: readonly Reading[];
  readonly promises: Promises;
  /** Channels of the first route that takes an incident of this severity; none: nobody is told. */
  readonly toldOf: Readonly<Record<"P0" | "P1", readonly string[]>>;
}

import type { Reading } from "./monitor.ts";
import type { Promises } from "./promise.ts";
import type { StatusComponent } from "./status-page.ts";

/** What the process that watches knows of it without reading what it wrote. */
export type OwnSight = Pick<WatchSeen, "watcher" | "latest">;

/** What is to be seen of an environment's watching, for those who judge. Times in milliseconds since 1970 UTC. */
export interface WatchSeen {
  readonly at: number;
  /** Who watches now; undefined: nobody. */
  readonly watcher: { readonly who: string; readonly since: number } | undefined;
  /** The newest reading of each monitor, whenever it was. */
  readonly latest: readonly Reading[];
  readonly promises: Promises;
  /** Where everybody looks, without "/status", and what it shows; undefined: no address is declared. */
  readonly statusPage?: { readonly url: string; readonly shown: readonly StatusComponent[] };
  /** Channels of the first route that takes an incident of this severity; none: nobody is told. */
  readonly toldOf: Readonly<Record<"P0" | "P1", readonly string[]>>;
}

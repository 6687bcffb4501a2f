import { WATCHER_TABLE } from "./watch-lock-row.ts";

/** What only a store on a server has. */
export const SERVER_TABLES: readonly string[] = [WATCHER_TABLE];

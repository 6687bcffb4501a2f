import { LEASE_TABLES } from "./lease-tables.ts";
import { MEASUREMENT_TABLES } from "./measurement-tables.ts";
import { WATCHER_TABLE } from "./watch-lock-row.ts";

/** What only a store on a server has. */
export const SERVER_TABLES: readonly string[] = [WATCHER_TABLE, ...MEASUREMENT_TABLES, ...LEASE_TABLES];

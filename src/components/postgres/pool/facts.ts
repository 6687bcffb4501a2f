import { catalogFact } from "../connection/facts.ts";

/** Connections the server, the database and the application's role allow, and those in use. */
export interface Capacity {
  readonly maxConnections: number;
  /** Kept back for superusers and, from version 16, for pg_use_reserved_connections. */
  readonly reserved: number;
  /** -1: no limit of its own. */
  readonly databaseLimit: number;
  /** Connections of clients to any database of the server. */
  readonly used: number;
  readonly usedInDatabase: number;
}

export const capacity = catalogFact<Capacity>({
  id: "postgres.capacity",
  who: "application",
  reach: "environment",
  text: `
    select current_setting('max_connections')::int as "maxConnections",
           current_setting('superuser_reserved_connections')::int
             + coalesce(current_setting('reserved_connections', true), '0')::int as reserved,
           (select datconnlimit from pg_database where datname = current_database()) as "databaseLimit",
           (select sum(numbackends)::int from pg_stat_database) as used,
           (select numbackends from pg_stat_database where datname = current_database()) as "usedInDatabase"`,
});

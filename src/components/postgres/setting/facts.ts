import { defineFact, type Fact, Undeclared } from "../../../model/fact.ts";
import { reached } from "../connection/facts.ts";
import type { PostgresOptions } from "../options.ts";

export interface Extension {
  readonly name: string;
  /** Null: not installed in this database. */
  readonly installed: string | null;
  /** What the server could install; null: it has no files of it. */
  readonly available: string | null;
}

/** The declared extensions, each as this database has it. */
export const extensions: Fact<readonly Extension[], PostgresOptions> = defineFact({
  id: "postgres.extensions",
  access: "read",
  reach: "schema",
  collect: async (context) => {
    const wanted = context.subject.options.extensions.map(({ name }) => name);
    if (wanted.length === 0) throw new Undeclared("no extension is declared: postgres({ extensions })");
    const { reader } = await reached(context, "application");
    return reader.query<Extension>(EXTENSIONS, [wanted]);
  },
});

const EXTENSIONS = `
  select wanted.name,
         e.extversion::text as installed,
         a.default_version::text as available
  from unnest($1::text[]) with ordinality as wanted(name, position)
  left join pg_extension e on e.extname = wanted.name
  left join pg_available_extensions a on a.name = wanted.name
  order by wanted.position`;

export interface DatabaseSize {
  readonly database: string;
  readonly bytes: number;
}

export const databaseSize: Fact<DatabaseSize, PostgresOptions> = defineFact({
  id: "postgres.database-size",
  access: "read",
  reach: "environment",
  collect: async (context) => {
    if (context.subject.options.maxSize === undefined)
      throw new Undeclared('no limit is declared: postgres({ maxSize: "10GB" })');
    const { reader, database } = await reached(context, "application");
    const [row] = await reader.query<{ bytes: number }>(
      "select pg_database_size(current_database())::float8 as bytes",
    );
    return { database, bytes: row?.bytes ?? Number.NaN };
  },
});

export interface TimeZone {
  readonly database: string;
  /** Of a session as the application opens it, and as migrations do. */
  readonly sessions: readonly { readonly user: string; readonly zone: string; readonly offset: string }[];
  /** Columns that keep a time without its zone: "booking.starts_at". */
  readonly withoutZone: readonly string[];
}

export const timeZone: Fact<TimeZone, PostgresOptions> = defineFact({
  id: "postgres.time-zone",
  access: "read",
  reach: "schema",
  collect: async (context) => {
    const { timeZone: declared, schemas } = context.subject.options;
    if (declared === undefined)
      throw new Undeclared('no time zone is declared: postgres({ timeZone: "UTC" })');
    const found = [await reached(context, "application"), await reached(context, "owner")];
    const sessions = [];
    for (const { reader, user } of new Set(found)) {
      const [row] = await reader.query<{ zone: string; offset: string }>(SESSION_ZONE);
      sessions.push({ user, zone: row?.zone ?? "", offset: row?.offset ?? "" });
    }
    const columns = await found[1]?.reader.query<{ name: string }>(WITHOUT_ZONE, [schemas]);
    return {
      database: found[0]?.database ?? "",
      sessions,
      withoutZone: (columns ?? []).map(({ name }) => name),
    };
  },
});

/** Its offset in winter and in summer: a name says little, London is at UTC for half a year. */
const SESSION_ZONE = `
  select current_setting('TimeZone') as zone,
         concat_ws(' and ',
           to_char(timestamptz '2024-01-15 12:00:00+00', 'TZH:TZM'),
           nullif(to_char(timestamptz '2024-07-15 12:00:00+00', 'TZH:TZM'),
                  to_char(timestamptz '2024-01-15 12:00:00+00', 'TZH:TZM'))) as "offset"`;

const WITHOUT_ZONE = `
  select c.oid::regclass || '.' || quote_ident(a.attname) as name
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any($1::text[]) and c.relkind in ('r', 'p') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped and a.atttypid = 'timestamp'::regtype
  order by 1`;

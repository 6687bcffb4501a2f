import { OutsideError } from "../../../model/errors.ts";
import { defineFact, type Fact } from "../../../model/fact.ts";
import { catalogFact, reached } from "../connection/facts.ts";
import type { PostgresOptions } from "../options.ts";

/** What a role may do besides its grants. */
export interface Role {
  readonly name: string;
  readonly isSuperuser: boolean;
  readonly createsDatabases: boolean;
  readonly createsRoles: boolean;
  readonly bypassesRls: boolean;
  readonly replicates: boolean;
  /** -1: no limit of its own. */
  readonly connectionLimit: number;
  /** Predefined roles that reach the server's files and programs. */
  readonly reaches: readonly string[];
  /** Tables in the declared schemas that are its own: it may drop them and turn off their rules. */
  readonly owns: readonly string[];
}

/** The login role, and the role requests run as where it is another. */
export const roles: Fact<readonly Role[], PostgresOptions> = defineFact({
  id: "postgres.roles",
  access: "read",
  reach: "environment",
  collect: async (context) => {
    const { reader, user } = await reached(context, "application");
    const wanted = context.subject.options.appRole;
    const rows = await reader.query<Role>(ROLES, [
      [user, ...(wanted === undefined ? [] : [wanted])],
      context.subject.options.schemas,
    ]);
    if (wanted !== undefined && !rows.some((row) => row.name === wanted)) {
      throw new OutsideError(`there is no role "${wanted}", which the declaration names as appRole`);
    }
    return rows;
  },
});

const ROLES = `
  select r.rolname::text as name,
         r.rolsuper as "isSuperuser",
         r.rolcreatedb as "createsDatabases",
         r.rolcreaterole as "createsRoles",
         r.rolbypassrls as "bypassesRls",
         r.rolreplication as replicates,
         r.rolconnlimit as "connectionLimit",
         array(
           select p.rolname::text from pg_roles p
           where p.rolname in ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
             and not r.rolsuper and pg_has_role(r.oid, p.oid, 'member')
           order by 1
         ) as reaches,
         array(
           select c.oid::regclass::text from pg_class c
           join pg_namespace n on n.oid = c.relnamespace
           where c.relowner = r.oid and c.relkind in ('r', 'p') and n.nspname = any($2::text[])
           order by 1 limit 100
         ) as owns
  from pg_roles r
  where r.rolname = any($1::text[])
  order by 1`;

export interface PublicSchema {
  readonly schema: string;
}

/** Declared schemas in which every role of the server may create objects. */
export const publicCreate = catalogFact<PublicSchema>({
  id: "postgres.public-create",
  who: "owner",
  reach: "environment",
  text: `
    select n.nspname::text as schema
    from pg_namespace n
    where n.nspname = any($1::text[])
      and exists (
        select 1 from aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
        where a.grantee = 0 and a.privilege_type = 'CREATE'
      )
    order by 1`,
  params: ({ schemas }) => [[...new Set(["public", ...schemas])]],
});

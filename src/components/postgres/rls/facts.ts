import { defineFact, type Fact } from "../../../model/fact.ts";
import { catalogFact, reached } from "../connection/facts.ts";
import type { PostgresOptions } from "../options.ts";

export interface Policy {
  readonly schema: string;
  readonly table: string;
  readonly policy: string;
  readonly isPermissive: boolean;
  readonly command: "ALL" | "SELECT" | "INSERT" | "UPDATE" | "DELETE";
  /** Roles it is for; "public" is everybody. */
  readonly roles: readonly string[];
  /** Whether every one of its roles passes row level security anyway: the table's owner, or bypassrls. */
  readonly isForPassersOnly: boolean;
  readonly using: string | null;
  readonly check: string | null;
}

export const policies = catalogFact<Policy>({
  id: "postgres.policies",
  who: "owner",
  reach: "schema",
  text: `
    select n.nspname::text as schema,
           c.relname::text as "table",
           p.polname::text as policy,
           p.polpermissive as "isPermissive",
           case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE'
                         when 'd' then 'DELETE' else 'ALL' end as command,
           case when p.polroles = '{0}' then array['public']
                else array(select r.rolname::text from pg_roles r where r.oid = any(p.polroles) order by 1) end as roles,
           p.polroles <> '{0}' and not exists (
             select 1 from pg_roles r
             where r.oid = any(p.polroles) and not (r.rolsuper or r.rolbypassrls or r.oid = c.relowner)
           ) as "isForPassersOnly",
           pg_get_expr(p.polqual, p.polrelid) as using,
           pg_get_expr(p.polwithcheck, p.polrelid) as "check"
    from pg_policy p
    join pg_class c on c.oid = p.polrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any($1::text[])
    order by 1, 2, 3`,
  params: ({ schemas }) => [schemas],
});

export interface ExposedView {
  readonly schema: string;
  readonly view: string;
  readonly isMaterialized: boolean;
  /** Protected tables it reads, however deep. */
  readonly reads: readonly string[];
}

/** Views that read protected tables with their owner's rights, which the application may select from. */
export const exposedViews: Fact<readonly ExposedView[], PostgresOptions> = defineFact({
  id: "postgres.exposed-views",
  access: "read",
  reach: "schema",
  collect: async (context) => {
    const { user } = await reached(context, "application");
    const { reader } = await reached(context, "owner");
    const { schemas, appRole } = context.subject.options;
    return reader.query<ExposedView>(EXPOSED_VIEWS, [schemas, appRole ?? user]);
  },
});

const EXPOSED_VIEWS = `
  with recursive reads(view, relation) as (
    select r.ev_class, d.refobjid
    from pg_rewrite r
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
      and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class
    union
    select reads.view, d.refobjid
    from reads
    join pg_rewrite r on r.ev_class = reads.relation
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
      and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class
  )
  select n.nspname::text as schema,
         v.relname::text as view,
         v.relkind = 'm' as "isMaterialized",
         array_agg(distinct t.oid::regclass::text) as reads
  from pg_class v
  join pg_namespace n on n.oid = v.relnamespace
  join reads on reads.view = v.oid
  join pg_class t on t.oid = reads.relation and t.relrowsecurity
  where v.relkind in ('v', 'm')
    and n.nspname = any($1::text[])
    and has_table_privilege($2::text, v.oid, 'select')
    and not coalesce(v.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)
  group by v.oid, 1, 2, 3
  order by 1, 2`;

export interface DefinerFunction {
  readonly schema: string;
  /** "grant_credit(bigint, numeric)" */
  readonly signature: string;
  readonly pinsSearchPath: boolean;
  readonly publicMayCall: boolean;
}

/** Functions that run with their owner's rights. */
export const definerFunctions = catalogFact<DefinerFunction>({
  id: "postgres.definer-functions",
  who: "owner",
  reach: "schema",
  text: `
    select n.nspname::text as schema,
           quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')' as signature,
           exists (select 1 from unnest(p.proconfig) setting where setting like 'search_path=%') as "pinsSearchPath",
           p.prorettype <> 'trigger'::regtype and exists (
             select 1 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
             where a.grantee = 0 and a.privilege_type = 'EXECUTE'
           ) as "publicMayCall"
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname = any($1::text[])
      and not exists (
        select 1 from pg_depend d
        where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
      )
    order by 1, 2`,
  params: ({ schemas }) => [schemas],
});

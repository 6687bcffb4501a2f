import type { SqlSession } from "../../model/doors.ts";
import { notOfExtension, OWN_SCHEMAS } from "./own-schemas.ts";

/** What holds for rows besides their values: constraints, indexes, triggers, policies; and functions and views. */
export interface Rule {
  /** "constraint public.wallet.wallet_pkey": what it is, where, and its own name; quoted where SQL needs it. */
  readonly name: string;
  readonly kind: "constraint" | "index" | "trigger" | "policy" | "row level security" | "function" | "view";
  /** What it is on, or is itself: "public.wallet". */
  readonly relation: string;
  /** "wallet_pkey"; empty where the relation is the rule. */
  readonly own: string;
  /** As the server tells it. */
  readonly definition: string;
}

export async function readRules(session: SqlSession): Promise<Rule[]> {
  return session.query<Rule>(
    `select kind || ' ' || pg_catalog.concat_ws('.', relation, nullif(own, '')) as name, * from (${RULES}) as rule`,
  );
}

const relation = "pg_catalog.format('%I.%I', n.nspname, c.relname)";
const owned = (id: string): string => `${OWN_SCHEMAS} and ${notOfExtension("pg_catalog.pg_class", id)}`;
const using = (keyword: string, expression: string): string =>
  `case when ${expression} is null then '' else ' ${keyword} (' || pg_catalog.pg_get_expr(${expression}, p.polrelid) || ')' end`;

/** Not-null constraints (contype n) exist as such only from PostgreSQL 18 on. */
const RULES = `
  select 'constraint' as kind, ${relation} as relation, pg_catalog.quote_ident(o.conname) as own,
         pg_catalog.pg_get_constraintdef(o.oid) as definition
  from pg_catalog.pg_constraint o join pg_catalog.pg_class c on c.oid = o.conrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace where o.contype <> 'n' and ${owned("c.oid")}
  union all
  select 'index', ${relation}, '', pg_catalog.pg_get_indexdef(c.oid)
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_index i on i.indexrelid = c.oid
  where c.relkind in ('i', 'I') and i.indisvalid and ${owned("i.indrelid")}
  union all
  select 'trigger', ${relation}, pg_catalog.quote_ident(t.tgname), pg_catalog.pg_get_triggerdef(t.oid)
  from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and ${owned("c.oid")}
  union all
  select 'policy', ${relation}, pg_catalog.quote_ident(p.polname),
         case when p.polpermissive then 'as permissive' else 'as restrictive' end ||
         case p.polcmd when 'r' then ' for select' when 'a' then ' for insert' when 'w' then ' for update'
                       when 'd' then ' for delete' else ' for all' end ||
         ${using("using", "p.polqual")} || ${using("with check", "p.polwithcheck")}
  from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace where ${owned("c.oid")}
  union all
  select 'row level security', ${relation}, '', c.relforcerowsecurity::text
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relrowsecurity and ${owned("c.oid")}
  union all
  select 'function', pg_catalog.format('%I.%I(%s)', n.nspname, f.proname, pg_catalog.pg_get_function_identity_arguments(f.oid)), '', pg_catalog.md5(f.prosrc)
  from pg_catalog.pg_proc f join pg_catalog.pg_namespace n on n.oid = f.pronamespace
  where ${OWN_SCHEMAS} and ${notOfExtension("pg_catalog.pg_proc", "f.oid")}
  union all
  select 'view', ${relation}, '', ''
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm') and ${owned("c.oid")}`;

/** Rules about the schema itself, as SQL that returns what breaks them. Read from the catalogue: it hides nothing. */
const ours = "c.relkind = 'r' and c.relnamespace = 'public'::regnamespace";

export const floats = `
  select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
  where ${ours} and a.atttypid in ('real'::regtype, 'double precision'::regtype, 'money'::regtype)`;

export const withoutUniqueKey = `
  select 1 where not exists (
    select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = 'public.ledger_entry'::regclass and i.indisunique and i.indisvalid
      and i.indnkeyatts = 1 and i.indpred is null and a.attname = 'idempotency_key' and a.attnotnull)`;

export const timeless = `
  select c.relname from pg_class c
  where ${ours} and not exists (
    select 1 from pg_attribute a
    where a.attrelid = c.oid and a.atttypid = 'timestamptz'::regtype and a.attnotnull and a.atthasdef)`;

export const passwords = `
  select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
  where ${ours} and a.attname ~ '(password|passwd|pin_hash)'`;

/** Not of the system, and not of an extension: pg_dump leaves those to "create extension". */
export const OWN_SCHEMAS = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'`;

export const notOfExtension = (kind: string, id: string): string =>
  `not exists (select 1 from pg_catalog.pg_depend d where d.classid = '${kind}'::pg_catalog.regclass and d.objid = ${id} and d.deptype = 'e')`;

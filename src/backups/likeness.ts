import { quoteIdentifier, quoteLiteral } from "../components/postgres/identifiers.ts";
import { setAgain } from "../components/postgres/kept-setting.ts";
import type { SqlSession } from "../model/doors.ts";
import { messageOf, OutsideError, UserError } from "../model/errors.ts";

/**
 * Makes an empty database like another: same owner, encoding, sort order, grants, and settings, also those of single
 * roles. The limit of connections is left for the exchange: a restore opens several.
 */
export async function createLike(session: SqlSession, like: string, name: string): Promise<void> {
  const look = await lookOf(session, like);
  const { owner, encoding } = look;
  await session.query(
    `create database ${quoteIdentifier(name)} owner ${quoteIdentifier(owner)} template template0 encoding ${quoteLiteral(encoding)} ${localeOf(look)}`,
  );
  if (look.hasGrants) await grantLike(session, { like, name, owner });
  await setLike(session, like, name);
}

/** What a database is made with. */
export interface Look {
  readonly owner: string;
  readonly encoding: string;
  readonly collate: string;
  readonly ctype: string;
  /** "c", "i" (ICU), "b" (built in); null before PostgreSQL 15, as the next two are. */
  readonly provider: string | null;
  readonly locale: string | null;
  /** Of ICU, from PostgreSQL 16 on. */
  readonly rules: string | null;
  /** False: as the server gives them to every new database. */
  readonly hasGrants: boolean;
}

async function lookOf(session: SqlSession, database: string): Promise<Look> {
  // As JSON, a column that a version does not have is null: ICU's locale was renamed in 17 (pg_dump's dumpDatabase).
  const [found] = await session.query<Look>(
    `select pg_get_userbyid(datdba)::text as owner, pg_encoding_to_char(encoding)::text as encoding,
            datcollate::text as collate, datctype::text as ctype, datacl is not null as "hasGrants",
            to_jsonb(d) ->> 'datlocprovider' as provider, to_jsonb(d) ->> 'daticurules' as rules,
            coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') as locale
     from pg_database d where datname = $1`,
    [database],
  );
  if (!found) throw new OutsideError(`the database ${database} is not there`);
  return found;
}

/** As pg_dump writes it for the version that said so. */
export function localeOf({
  collate,
  ctype,
  provider,
  locale,
  rules,
}: Omit<Look, "owner" | "encoding" | "hasGrants">): string {
  const parts = [`lc_collate ${quoteLiteral(collate)} lc_ctype ${quoteLiteral(ctype)}`];
  if (provider === "i") parts.push("locale_provider icu");
  if (provider === "b") parts.push("locale_provider builtin");
  if (provider === "c") parts.push("locale_provider libc");
  if (locale !== null)
    parts.push(`${provider === "b" ? "builtin_locale" : "icu_locale"} ${quoteLiteral(locale)}`);
  if (rules !== null) parts.push(`icu_rules ${quoteLiteral(rules)}`);
  return parts.join(" ");
}

async function grantLike(
  session: SqlSession,
  { like, name, owner }: { like: string; name: string; owner: string },
): Promise<void> {
  const grants = await session.query<{ statement: string }>(
    `select format('grant %s on database %I to %s', a.privilege_type, $2::text,
                   case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
            || case when a.is_grantable then ' with grant option' else '' end as statement
     from pg_database d, aclexplode(d.datacl) a where d.datname = $1`,
    [like, name],
  );
  // What everybody and the owner have of a new one may have been taken from them.
  await session.query(
    `revoke all on database ${quoteIdentifier(name)} from public, ${quoteIdentifier(owner)}`,
  );
  for (const { statement } of grants) await session.query(statement);
}

async function setLike(session: SqlSession, like: string, name: string): Promise<void> {
  const settings = await session.query<{ role: string | null; kept: string }>(
    `select case when s.setrole <> 0 then pg_get_userbyid(s.setrole)::text end as role, c as kept
     from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase, unnest(s.setconfig) c
     where d.datname = $1`,
    [like],
  );
  for (const { role, kept } of settings) {
    if (role === null) await session.query(`alter database ${quoteIdentifier(name)} ${setAgain(kept)}`);
    else await setFor(session, { role, like, name, kept });
  }
}

/** An owner who is no superuser may set nothing for other roles; left out, it would be lost with the exchange. */
async function setFor(
  session: SqlSession,
  { role, like, name, kept }: { role: string; like: string; name: string; kept: string },
): Promise<void> {
  const whose = `alter role ${quoteIdentifier(role)} in database`;
  try {
    await session.query(`${whose} ${quoteIdentifier(name)} ${setAgain(kept)}`);
  } catch (thrown) {
    const database = quoteIdentifier(like);
    throw new UserError(
      `what is set in ${like} for ${role} cannot be set in a database beside it: ${messageOf(thrown)}`,
      {
        fix: `as a superuser: ${whose} ${database} reset all; when it is restored: ${whose} ${database} ${setAgain(kept)}`,
        cause: thrown,
      },
    );
  }
}
